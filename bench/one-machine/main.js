// What a machine of one's own takes: the collector on SQLite beside a bare `node:http` server and beside dynalite, the server on one
// core and this on another. CPU is that of the server's process, µs an event; ratios are to the bare server in the same run.
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureFlush } from './flush.js';
import { createClient, READ_KEY } from './load.js';
import { measureMillion } from './million.js';

const SCALE = Number(process.argv[2] ?? 1);
const SINGLES = 20_000 * SCALE;
const TENS = 5_000 * SCALE;
/** Of ten events each: 1,000,000 for ten million. */
const SESSIONS = Number(process.argv[3] ?? 100_000);
const script = fileURLToPath(new URL('server.js', import.meta.url));
const pin = (pid, core) => spawnSync('taskset', ['-a', '-p', '-c', String(core), String(pid)]);
pin(process.pid, 1);

async function withServer(kind, work) {
  const path = mkdtempSync(join(tmpdir(), 'liveinsight-one-machine-'));
  const child = fork(script, [kind, path]);
  pin(child.pid, 0);
  const [{ port }] = await once(child, 'message');
  const usage = async () => {
    child.send('usage');
    return (await once(child, 'message'))[0];
  };
  try {
    return await work({ port, usage, path });
  } finally {
    const ended = once(child, 'exit');
    child.send('close');
    await ended;
    rmSync(path, { recursive: true });
  }
}

/** Without the write-ahead log, which is used again and again. */
const DATA = /^(?!.*-(wal|shm)$)/;
const sizeOf = (path, name) =>
  readdirSync(path)
    .filter((file) => name.test(file))
    .reduce((sum, file) => sum + statSync(join(path, file)).size, 0);

/** CPU µs an event, and events a second. */
async function saturate({ port, usage }, connections, requests, events) {
  const client = createClient(port, connections);
  await client.saturate(Math.ceil(requests / 10), events);
  const [before, from] = [await usage(), performance.now()];
  await client.saturate(requests, events);
  const seconds = (performance.now() - from) / 1_000;
  const { cpu } = await usage();
  client.close();
  return { cpu: (cpu - before.cpu) / (requests * events), perSecond: (requests * events) / seconds };
}

async function ask(port) {
  const query = 'site=shop&from=30d&source=search.example&breakdown=page';
  const response = await fetch(`http://127.0.0.1:${port}/api/stats?${query}`, {
    headers: { authorization: `Bearer ${READ_KEY}` },
  });
  await response.arrayBuffer();
}

async function pace({ port, usage }, seconds, isAsked) {
  const client = createClient(port, 64);
  let asking = isAsked;
  const questions = (async () => {
    while (asking) await ask(port);
  })();
  const times = await client.atRate(500, seconds);
  asking = false;
  await questions;
  client.close();
  const at = (part) => times[Math.floor(times.length * part)];
  return { p50: at(0.5), p99: at(0.99), rss: (await usage()).rss };
}

const measure = (kind) =>
  withServer(kind, async (server) => {
    const result = {};
    const isStore = kind !== 'bare';
    const before = isStore ? sizeOf(server.path, DATA) : 0;
    result.four = await saturate(server, 4, SINGLES, 1);
    result.thirtyTwo = await saturate(server, 32, SINGLES, 1);
    const singles = isStore ? sizeOf(server.path, DATA) : 0;
    result.tens = await saturate(server, 4, TENS, 10);
    if (!isStore) return result;
    result.singleBytes = (singles - before) / (2.2 * SINGLES);
    result.tenBytes = (sizeOf(server.path, DATA) - singles) / (11 * TENS);
    result.rss = (await server.usage()).rss;
    if (kind.startsWith('sqlite')) {
      result.alone = await pace(server, 5, false);
      result.asked = await pace(server, 5, true);
      result.log = sizeOf(server.path, /-wal$/);
    }
    return result;
  });

const flush = measureFlush();
const bare = await measure('bare');
const sqlite = await measure('sqlite');
const single = await measure('sqlite-single');
const dynalite = await measure('dynalite');
const of = (name) => [bare, sqlite, dynalite].map((result) => result[name]);
const row = (name, cells) =>
  console.log(`${name.padEnd(54)} ${cells.map((cell) => cell.padStart(16)).join(' ')}`);
const cpu = (name, key) =>
  row(
    name,
    of(key).map((value) => `${value.cpu.toFixed(1)} µs (${(value.cpu / bare[key].cpu).toFixed(1)}×)`),
  );
const MB = 1_024 * 1_024;

row('', ['bare node:http', 'SQLite', 'dynalite']);
cpu('CPU an event, singles at 4 connections (aim: 7×)', 'four');
cpu('CPU an event, singles at 32 connections (aim: 4×)', 'thirtyTwo');
cpu('CPU an event, tens at 4 connections (aim: 8×)', 'tens');
row(
  'events a second, singles at 4 connections',
  of('four').map(({ perSecond }) => perSecond.toFixed(0)),
);
row(
  'events a second, singles at 32 connections',
  of('thirtyTwo').map(({ perSecond }) => perSecond.toFixed(0)),
);
row(
  'events a second, tens at 4 connections',
  of('tens').map(({ perSecond }) => perSecond.toFixed(0)),
);
row(
  'disk, bytes an event, singles (aim: 300)',
  ['', sqlite, dynalite].map((result) => (result ? result.singleBytes.toFixed(0) : '')),
);
row(
  'disk, bytes an event, tens (aim: 90)',
  ['', sqlite, dynalite].map((result) => (result ? result.tenBytes.toFixed(0) : '')),
);
row(
  'resident after it (aim: 200 MB)',
  ['', sqlite, dynalite].map((result) => (result ? `${(result.rss / MB).toFixed(0)} MB` : '')),
);
const times = ({ p50, p99 }) => `${p50.toFixed(1)}, ${p99.toFixed(1)} ms`;
const timesOver = ({ p99 }, base) => `${(p99 / base).toFixed(1)}×`;
row('one flush of this disk: p50, p99', ['', times(flush)]);
row('what 4 connections can have stored a second, one flush each', ['', (4_000 / flush.p50).toFixed(0)]);
row('500 requests a second: p50, p99 (aim: 5 ms)', ['', times(sqlite.alone)]);
row('  p99 over that of a flush', ['', timesOver(sqlite.alone, flush.p99)]);
row('  while 30 days are asked for (aim: 10 ms)', ['', times(sqlite.asked)]);
row('  p99 over that alone', ['', timesOver(sqlite.asked, sqlite.alone.p99)]);
row('  the same without a thread for questions', ['', times(single.asked)]);
row('  p99 over that alone', ['', timesOver(single.asked, single.alone.p99)]);
row('resident at 500 a second (aim: 115 MB)', ['', `${(sqlite.alone.rss / MB).toFixed(0)} MB`]);
row('write-ahead log (aim: 8 MB)', ['', `${(sqlite.log / MB).toFixed(1)} MB`]);

const million = await measureMillion({ sessions: SESSIONS, pin: (pid) => pin(pid, 0) });
row(`${million.events} events over 30 days: import (aim: 25 s)`, ['', `${million.import.toFixed(1)} s`]);
row('  rolled up (aim: 12 s)', ['', `${million.rollUp.toFixed(1)} s`]);
row('  disk, bytes an event, rolled up (aim: 115)', ['', million.bytes.toFixed(0)]);
row('  overview of 30 days, cold, warm (aim: 15 ms)', [
  '',
  `${million.cold.toFixed(0)}, ${million.warm.toFixed(1)} ms`,
]);
row('  write-ahead log, at most (aim: 8 MB)', ['', `${(million.log / MB).toFixed(1)} MB`]);
row('  resident after it', ['', `${million.mb.toFixed(0)} MB`]);
row('  start after kill -9 (aim: 3 s at ten million)', ['', `${million.start.toFixed(2)} s`]);
