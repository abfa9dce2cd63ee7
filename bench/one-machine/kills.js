// A server on SQLite that is killed at random under load of single events, tens and questions, and started again on the same folder.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { batch, READ_KEY } from './load.js';

const SENDERS = 6;
const MAX_LIFE_MS = 3_000;
const MIN_KILLS = 2;
const script = fileURLToPath(new URL('server.js', import.meta.url));
const DAY_MS = 86_400_000;

/** @param {string} path */
async function start(path) {
  const child = fork(script, ['sqlite', path], { env: { ...process.env, ROLL_UP_EVERY_SECONDS: '1' } });
  const [{ port }] = await once(child, 'message');
  return { child, port, exit: once(child, 'exit') };
}

/** @param {number} port @param {string} query */
async function countEvents(port, query) {
  const response = await fetch(`http://127.0.0.1:${port}/api/stats?site=shop&from=48h&${query}`, {
    headers: { authorization: `Bearer ${READ_KEY}` },
  });
  const { data } = await response.json();
  return data?.totals?.events;
}

/** How often each event is stored. @param {string} path */
async function readStored(path) {
  const store = sqliteStore({ path });
  const stored = new Map();
  for (const time of [Date.now() - DAY_MS, Date.now()]) {
    let after;
    do {
      const page = await store.arrivals({
        ...{ site: 'shop', shard: 0, day: new Date(time).toISOString().slice(0, 10), limit: 1_000 },
        ...{ from: 0, to: Number.MAX_SAFE_INTEGER, ...(after === undefined ? {} : { after }) },
      });
      for (const { event_id } of page.batches.flatMap(({ events }) => events))
        stored.set(event_id, (stored.get(event_id) ?? 0) + 1);
      after = page.next;
    } while (after !== undefined);
  }
  await store.close();
  return stored;
}

/** @param {{ seconds: number, say?: (line: string) => void }} options */
export async function kills({ seconds, say = () => {} }) {
  const path = mkdtempSync(join(tmpdir(), 'liveinsight-kills-'));
  const acknowledged = new Set();
  let server = await start(path);
  let killed = 0;
  const until = performance.now() + seconds * 1_000;
  // On a slow machine, a start takes seconds.
  const isOver = () => performance.now() >= until && killed >= MIN_KILLS;
  let endedItself = 0;
  let questions = 0;

  /** Sends a batch until it is stored, as trackers do. @param {number} events */
  async function send(events) {
    const sent = batch(events);
    for (;;) {
      const url = `http://127.0.0.1:${server.port}/api/events`;
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(sent) }).catch(
        () => undefined,
      );
      await response?.arrayBuffer().catch(() => {});
      if (response?.status === 200) break;
      await wait(20);
    }
    for (const { event_id } of sent.events) acknowledged.add(event_id);
  }

  const senders = Array.from({ length: SENDERS }, async (_, index) => {
    while (!isOver()) await send(index % 3 === 0 ? 10 : 1);
  });
  const asker = (async () => {
    while (!isOver()) {
      const events = await countEvents(server.port, 'source=search.example').catch(() => undefined);
      if (events === undefined) await wait(20);
      else questions += 1;
    }
  })();
  while (!isOver()) {
    await wait(Math.random() * MAX_LIFE_MS);
    if (server.child.exitCode !== null) endedItself += 1;
    server.child.kill('SIGKILL');
    await server.exit;
    killed += 1;
    server = await start(path);
    if (killed % 20 === 0)
      say(`${killed} kills, ${acknowledged.size} events acknowledged, ${questions} questions`);
  }
  await Promise.all([...senders, asker]);
  const counted = await countEvents(server.port, '');
  const countedBySource = await countEvents(server.port, 'source=search.example');
  server.child.send('close');
  await server.exit;
  const stored = await readStored(path);
  rmSync(path, { recursive: true });
  return { acknowledged, stored, counted, countedBySource, killed, endedItself, questions };
}
