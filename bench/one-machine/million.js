// The million events of bench/read on SQLite: written, rolled up, asked, and found again by a start after kill -9.
// As a program: node million.js import|open <folder> <sessions>
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { batchesOf } from '../read/history.js';
import { ask, createSite, DAYS, SITE } from '../read/site.js';
import { writeAll } from '../read/write.js';

const program = fileURLToPath(import.meta.url);
const OVERVIEW = `/api/stats?from=30d&interval=day&breakdown=page,source,country,device,entry_page`;
const MB = 1_024 * 1_024;
/** Batches under way at once, which share flushes. */
const WRITERS = 200;

/** @param {string} path @param {RegExp} name */
const sizeOf = (path, name) =>
  readdirSync(path)
    .filter((file) => name.test(file))
    .reduce((sum, file) => sum + statSync(join(path, file)).size, 0);

/** @template Result @param {() => Promise<Result>} work */
async function time(work) {
  const start = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - start) / 1_000 };
}

/** @param {string} path @param {number} sessions */
async function runImport(path, sessions) {
  const store = sqliteStore({ path });
  const collector = createSite(store);
  let log = 0;
  const watch = setInterval(() => {
    log = Math.max(log, sizeOf(path, /-wal$/));
  }, 50);
  const batches = batchesOf({ site: SITE, sessions, days: DAYS, now: Date.now() });
  const written = await time(() => writeAll(store, batches, WRITERS));
  const rolledUp = await time(() => collector.rollUp());
  clearInterval(watch);
  const questions = [];
  for (let index = 0; index < 6; index += 1)
    questions.push((await time(() => ask(collector, OVERVIEW))).seconds);
  process.send?.({
    events: written.result.events,
    import: written.seconds,
    rollUp: rolledUp.seconds,
    cold: questions[0] * 1_000,
    warm: Math.min(...questions.slice(1)) * 1_000,
    log,
    rss: process.memoryUsage.rss(),
  });
  // Until it is killed.
  for (const batch of batchesOf({ site: 'other', sessions: 1e6, days: DAYS, now: Date.now() }))
    await store.append(batch);
}

/** @param {string} path */
async function runOpen(path) {
  const opened = await time(async () => {
    const store = sqliteStore({ path });
    await store.ping();
    return store;
  });
  process.send?.({ seconds: opened.seconds });
  await opened.result.close();
  process.disconnect?.();
}

/** @param {{ sessions: number, pin: (pid: number | undefined) => void }} options sessions of ten events each */
export async function measureMillion({ sessions, pin }) {
  const path = mkdtempSync(join(tmpdir(), 'liveinsight-million-'));
  try {
    const importing = fork(program, ['import', path, String(sessions)]);
    pin(importing.pid);
    const ended = once(importing, 'exit');
    const [result] = await once(importing, 'message');
    await new Promise((resolve) => setTimeout(resolve, 500));
    importing.kill('SIGKILL');
    await ended;
    const opening = fork(program, ['open', path]);
    pin(opening.pid);
    const [start] = await once(opening, 'message');
    await once(opening, 'exit');
    return {
      ...result,
      start: start.seconds,
      bytes: sizeOf(path, /\.db$/) / result.events,
      mb: result.rss / MB,
    };
  } finally {
    rmSync(path, { recursive: true });
  }
}

const [role, path = '', sessions = '100000'] = process.argv[1] === program ? process.argv.slice(2) : [];
if (role === 'import') await runImport(path, Number(sessions));
if (role === 'open') await runOpen(path);
