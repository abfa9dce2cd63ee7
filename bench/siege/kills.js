/**
 * Collectors and their database are killed at random under mixed load, valid and hostile. What was acknowledged is stored
 * once, and counted once; what is stored is counted.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';

const SHOP = fileURLToPath(new URL('shop.js', import.meta.url));
const DATABASE = fileURLToPath(new URL('database.js', import.meta.url));
const SECRET = 'a-secret-of-32-characters-000000';
const READ_KEY = 'a-read-key-of-20-characters';
const COLLECTORS = 2;
const WORKERS = 8;
const LONG = '一'.repeat(2_020);

/** @param {{ seconds: number, random?: () => number, say?: (line: string) => void }} options */
export async function kills({ seconds, random = Math.random, say = () => {} }) {
  const path = await mkdtemp(join(tmpdir(), 'liveinsight-kills-'));
  const databasePort = await freePort();
  const endpoint = `http://127.0.0.1:${databasePort}`;
  const between = (low, high) => low + random() * (high - low);
  const database = restartable(() => start(DATABASE, { DATABASE_PATH: path, PORT: String(databasePort) }));
  await database.start();
  await createTables({ endpoint });
  const shops = [];
  for (let at = 0; at < COLLECTORS; at += 1) {
    const PORT = String(await freePort());
    const shop = restartable(() => start(SHOP, shopEnvironment(endpoint, PORT)));
    await shop.start();
    shops.push({ url: `http://127.0.0.1:${PORT}`, ...shop });
  }
  const acknowledged = new Set();
  const count = { kills: 0, databaseKills: 0, requests: 0, unanswered: 0 };
  let over = false;

  async function post(body) {
    const { url } = shops[Math.floor(random() * shops.length)];
    count.requests += 1;
    try {
      const response = await fetch(`${url}/api/events`, {
        method: 'POST',
        body,
        signal: AbortSignal.timeout(15_000),
      });
      return { status: response.status, reply: await response.json() };
    } catch {
      count.unanswered += 1;
      return { status: 0 };
    }
  }

  /** Like the tracker: sends the same batch again until it gets a response. */
  async function deliver(worker, number) {
    const ids = Array.from({ length: 1 + (number % 5) }, (_, at) => `e${worker}-${number}-${at}`);
    const events = ids.map((event_id, at) => ({
      event_id,
      event_type: at === 0 ? 'page_view' : 'click',
      page_url:
        number % 4 === 0 ? `https://shop.example/${event_id}${LONG}` : `https://shop.example/p${number % 7}`,
      ...(at === 0 ? { view: 1 } : {}),
    }));
    const body = JSON.stringify({
      batch: ids[0],
      visitor_id: `v${worker}`,
      session: { session_id: `s${worker}-${number % 9}` },
      events,
    });
    for (;;) {
      // Now and then two at once: the second is a copy.
      const [{ status, reply }] = await Promise.all(random() < 0.1 ? [post(body), post(body)] : [post(body)]);
      if (status === 200 && reply.data.rejected.length === 0 && !reply.data.retry) break;
      await wait(between(50, 300));
    }
    for (const id of ids) acknowledged.add(id);
  }

  async function work(worker) {
    for (let number = 0; !over; number += 1) {
      if (random() < 0.1) await post('{"events":[{"event_type":"page_vi');
      await deliver(worker, number);
    }
  }

  async function killShops() {
    while (!over) {
      await wait(between(500, 2_500));
      const shop = shops[Math.floor(random() * shops.length)];
      await shop.kill();
      count.kills += 1;
      await wait(between(0, 500));
      await shop.start();
    }
  }

  async function killDatabase() {
    while (!over) {
      await wait(between(2_000, 6_000));
      await database.kill();
      count.databaseKills += 1;
      await wait(between(100, 1_000));
      await database.start();
    }
  }

  try {
    const working = [
      ...Array.from({ length: WORKERS }, (_, worker) => work(worker)),
      killShops(),
      killDatabase(),
    ];
    await wait(seconds * 1_000);
    over = true;
    await Promise.all(working);
    const ended = shops.filter((shop) => shop.endedByItself()).length;
    const stored = await storedEvents(endpoint);
    const counted = await countedEvents(endpoint);
    say(JSON.stringify({ ...count, acknowledged: acknowledged.size, stored: stored.size, counted }));
    return { ...count, acknowledged, stored, counted, ended };
  } finally {
    over = true;
    for (const shop of shops) await shop.kill();
    await database.kill();
    await rm(path, { recursive: true, force: true });
  }
}

/** How often each event is in the log. */
async function storedEvents(endpoint) {
  const store = dynamoStore({ endpoint });
  const times = new Map();
  for (const day of days()) {
    let after;
    do {
      const query = {
        site: 'shop',
        day,
        shard: 0,
        from: 0,
        to: Date.now() + 60_000,
        limit: 500,
        ...(after ? { after } : {}),
      };
      const page = await store.arrivals(query);
      for (const { events } of page.batches) {
        for (const { event_id } of events) times.set(event_id, (times.get(event_id) ?? 0) + 1);
      }
      after = page.next;
    } while (after !== undefined);
  }
  await store.close();
  return times;
}

/** Once all of it is rolled up, by the clock of a later day. */
async function countedEvents(endpoint) {
  const aheadMs = 30 * 3_600_000;
  const store = dynamoStore({ endpoint });
  const later = { ...store, now: () => Date.now() + aheadMs };
  const collector = createCollector({
    store: later,
    secret: SECRET,
    sites: [{ id: 'shop' }],
    readKeys: [READ_KEY],
    rollUpEverySeconds: 0,
  });
  await collector.rollUp();
  const [first, last] = [days()[0], days().at(-1)];
  const to = new Date(Date.parse(last) + 86_400_000).toISOString();
  const response = await collector.fetch(
    new Request(`http://shop.example/api/stats?from=${first}&to=${to}&interval=day`, {
      headers: { 'x-api-key': READ_KEY },
    }),
  );
  const { data } = await response.json();
  await collector.close();
  return data.totals.events;
}

const days = () => [-1, 0].map((back) => new Date(Date.now() + back * 86_400_000).toISOString().slice(0, 10));

const shopEnvironment = (endpoint, PORT) => ({
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'kills',
  AWS_SECRET_ACCESS_KEY: 'kills',
  LIVEINSIGHT_SECRET: SECRET,
  LIVEINSIGHT_READ_KEYS: READ_KEY,
  ROLL_UP_EVERY_SECONDS: '1',
  PORT,
});

async function start(script, environment) {
  const child = fork(script, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, ...environment },
  });
  const said = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  return { child, isUp: typeof said[0] === 'object' && said[0] !== null };
}

/** A process that is killed and started again. */
function restartable(startProcess) {
  let child;
  let isKilled = false;
  let ended = false;
  return {
    async start() {
      for (let isUp = false; !isUp; ) {
        isKilled = false;
        ({ child, isUp } = await startProcess());
        // Where the database is away just now, the shop cannot make its tables and ends.
        if (!isUp) await wait(200);
      }
      child.once('exit', () => {
        if (!isKilled) ended = true;
      });
    },
    async kill() {
      isKilled = true;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    endedByItself: () => ended,
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
