/** Besieges the README's Express app as strangers can, beside a well-behaved visitor, and says what became of both. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createTables } from '@liveinsight/collector/dynamodb';
import { attacks } from './attacks.js';
import { startClockProxy } from './clock-proxy.js';
import { startVisitor } from './visitor.js';

const READ_KEY = 'a-read-key-of-20-characters';
const SHOP = fileURLToPath(new URL('shop.js', import.meta.url));
const DATABASE = fileURLToPath(new URL('database.js', import.meta.url));
const HOUR_MS = 3_600_000;
const POLLS = 600;

/**
 * @param {{ share: number, heapMb?: number, rollUpEverySeconds?: number, say?: (line: string) => void }} options
 *   `share` of the attacks in full: 1 is all of them
 */
export async function siege({ share, heapMb = 512, rollUpEverySeconds = 60, say }) {
  // A process of its own, as everywhere: what it takes to answer must not keep this one from measuring.
  const database = fork(DATABASE, {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ endpoint }] = await once(database, 'message');
  const clock = await startClockProxy(endpoint);
  await createTables({ endpoint });
  const shop = await startShop({
    endpoint: clock.endpoint,
    heapMb,
    rollUpEverySeconds,
    isLoud: say !== undefined,
  });
  try {
    const visitor = startVisitor(shop.url);
    let accepted = 0;
    for (const { name, run } of attacks(share)) {
      const started = performance.now();
      accepted += await run(shop.url, clock);
      const seconds = ((performance.now() - started) / 1_000).toFixed(1);
      const p99 = Math.round(visitor.lap());
      say?.(`${name}: ${seconds} s, p99 ${p99} ms, ${Math.round(shop.peakRss() / 1e6)} MB at most`);
    }
    // All hours are over, and a round has come to all of them.
    clock.jump(4 * HOUR_MS);
    const rolledUp = await settled(shop.url, clock);
    say?.(`rolling it up and asking for it: p99 ${Math.round(visitor.lap())} ms`);
    const visited = await visitor.stop();
    const { page, other, events } = await counted(shop.url, clock);
    return {
      ...visited,
      accepted,
      rolledUp,
      page,
      other,
      events,
      peakRss: shop.peakRss(),
      died: shop.died(),
    };
  } finally {
    shop.kill();
    clock.close();
    database.kill('SIGKILL');
  }
}

async function startShop({ endpoint, heapMb, rollUpEverySeconds, isLoud }) {
  const child = fork(SHOP, {
    execArgv: [`--max-old-space-size=${heapMb}`],
    stdio: ['ignore', 'ignore', isLoud ? 'inherit' : 'ignore', 'ipc'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'siege',
      AWS_SECRET_ACCESS_KEY: 'siege',
      LIVEINSIGHT_SECRET: 'a-secret-of-32-characters-000000',
      LIVEINSIGHT_READ_KEYS: READ_KEY,
      ROLL_UP_EVERY_SECONDS: String(rollUpEverySeconds),
      PORT: '0',
    },
  });
  let peakRss = 0;
  let died;
  child.on('message', ({ rss = 0 }) => {
    peakRss = Math.max(peakRss, rss);
  });
  child.once('exit', (code, signal) => {
    died = signal ?? code;
  });
  const [{ port }] = await once(child, 'message');
  return {
    url: `http://127.0.0.1:${port}`,
    peakRss: () => peakRss,
    died: () => died,
    kill: () => child.kill('SIGKILL'),
  };
}

async function stats(url, clock, query) {
  const to = Math.ceil(clock.now() / HOUR_MS) * HOUR_MS;
  const from = to - 8 * 24 * HOUR_MS;
  const response = await fetch(
    `${url}/api/stats?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}&${query}`,
    {
      headers: { authorization: `Bearer ${READ_KEY}` },
    },
  );
  if (!response.ok) throw new Error(`stats: ${response.status} ${await response.text()}`);
  return (await response.json()).data;
}

/** Whether everything that arrived is counted: polls until it is, for at most 10 minutes. */
async function settled(url, clock) {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const { as_of } = await stats(url, clock, 'interval=day&breakdown=page');
    if (Date.parse(as_of) > clock.now() - HOUR_MS) return true;
    await wait(1_000);
  }
  return false;
}

/** A page that has one view in an hour, as thousands of others have, may be among those that are counted as `(other)`. */
async function counted(url, clock) {
  const { totals, breakdowns } = await stats(url, clock, 'interval=day&breakdown=page');
  const row = breakdowns.page.find(({ value }) => value === '/well-behaved');
  const other = breakdowns.page.find(({ value }) => value === '(other)');
  return { page: row?.page_views ?? 0, other: other?.events ?? 0, events: totals.events };
}
