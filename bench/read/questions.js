// Questions that rollups do not answer, beside DuckDB over a Parquet file of the same events, in one run. Answers are compared row by row.
// npm run questions -w @liveinsight/bench [-- --sessions 10000] [--data folder]
import { openDuckDb } from './duckdb.js';
import { table } from './measure.js';
import { QUESTIONS } from './seven.js';
import { ask, batchesOfSite, createSite, DAYS, openSite, SITE } from './site.js';

const DAY_MS = 86_400_000;
const RUNS = 6;
const MB = 1_048_576;

const flag = (/** @type {string} */ name) => {
  const index = process.argv.indexOf(name);
  return index > 0 ? process.argv[index + 1] : undefined;
};
const site = await openSite({ sessions: Number(flag('--sessions') ?? 100_000), folder: flag('--data') });
/** Days that are closed, and so stored by column. */
const to = Math.floor(site.now / DAY_MS) * DAY_MS;
const from = to - (DAYS - 1) * DAY_MS;
const range = `received_at >= ${from} AND received_at < ${to}`;
const { store, units } = inMemory(site.store);
const duck = await openDuckDb(site.path, () => batchesOfSite(site));

const rows = [];
let isEqual = true;
for (const question of QUESTIONS) {
  const url = `${question.path}&site=${SITE}&from=${from}&to=${to}`;
  const own = await timeOwn(url);
  const theirs = await timeDuck(question.sql(range));
  const differences = compare(question.toRows(own.data), theirs.rows);
  isEqual &&= differences.length === 0;
  if (differences.length > 0)
    console.log(`${question.name}: ${differences.length} rows differ, as ${differences[0]}`);
  rows.push([
    question.name,
    own.first.toFixed(0),
    own.cached.toFixed(0),
    theirs.ms.toFixed(0),
    (own.first / theirs.ms).toFixed(2),
    own.readUnits.toFixed(0),
    own.megabytes.toFixed(0),
    differences.length === 0 ? `${theirs.rows.length} rows equal` : 'DIFFERS',
  ]);
}
console.log(
  `${site.written.events} events of ${site.sessions} sessions; ${DAYS - 1} closed days; median of ${RUNS - 1} runs, both warm\n`,
);
console.log(
  table(
    [
      'question',
      'ms, first in a process',
      'cached',
      'DuckDB, one thread',
      'of it',
      'read units',
      'MB over idle',
      'answer',
    ],
    rows,
  ),
);
await site.close();
if (!isEqual) process.exitCode = 1;

/** Each run in a collector that has read nothing; what the database answers is in memory. @param {string} url */
async function timeOwn(url) {
  const times = [];
  let [readUnits, megabytes, body] = [0, 0, ''];
  for (let run = 0; run < RUNS; run += 1) {
    const collector = createSite(store);
    units.read = 0;
    const memory = watchMemory();
    const start = performance.now();
    body = await ask(collector, url);
    times.push(performance.now() - start);
    megabytes = Math.max(megabytes, memory());
    readUnits = units.read;
    await collector.close();
  }
  const collector = createSite(store);
  const cached = [];
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    await ask(collector, url);
    cached.push(performance.now() - start);
  }
  await collector.close();
  return { first: median(times), cached: median(cached), readUnits, megabytes, data: JSON.parse(body).data };
}

/** @param {string[]} statements */
async function timeDuck(statements) {
  const times = [];
  /** @type {unknown[][]} */
  let found = [];
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    found = [];
    for (const sql of statements) found.push(...(await duck(sql)));
    times.push(performance.now() - start);
  }
  return { ms: median(times), rows: found };
}

/** What differs, in words: a row that is there twice, and that no row is there, too. @param {unknown[][]} own @param {unknown[][]} theirs */
function compare(own, theirs) {
  if (theirs.length === 0) return ['no rows: nothing was compared'];
  const keys = (/** @type {unknown[][]} */ list) => list.map((row) => row.map(String).join(' | '));
  const [left, right] = [keys(own), keys(theirs)];
  return [
    ...without(left, right).map((row) => `only here: ${row}`),
    ...without(right, left).map((row) => `only there: ${row}`),
  ];
}

/** @param {string[]} rows @param {string[]} others each takes away one of its kind */
function without(rows, others) {
  const rest = new Map();
  for (const row of others) rest.set(row, (rest.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = rest.get(row) ?? 0;
    rest.set(row, count - 1);
    return count <= 0;
  });
}

/** The first call is dropped. @param {number[]} times */
function median(times) {
  const sorted = times.slice(1).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** What the process takes at most from now on, over what it takes now. */
function watchMemory() {
  globalThis.gc?.();
  const idle = process.memoryUsage.rss();
  let most = idle;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 2);
  return () => {
    clearInterval(timer);
    look();
    return (most - idle) / MB;
  };
}

/** Of a state, its name alone: to write down its bytes for each call takes longer than some of the questions. @param {any} argument */
function toName(argument) {
  if (argument?.body === undefined) return argument;
  const { site, shard, kind, start } = argument;
  return { site, shard, kind, start };
}

/** The store, with what it was asked for before in memory: the embedded database takes longer than the questions. @param {any} real */
function inMemory(real) {
  const now = real.now();
  const known = new Map();
  const counted = { read: 0 };
  const remember =
    (/** @type {string} */ name) =>
    async (/** @type {any[]} */ ...args) => {
      const key = `${name} ${JSON.stringify(args.map(toName))}`;
      if (!known.has(key)) known.set(key, await real[name](...args));
      const reply = known.get(key);
      counted.read += reply?.readUnits ?? 0;
      return reply;
    };
  const names = ['rollups', 'newest', 'segmentParts', 'arrivals', 'markedDays'];
  return {
    // At one time: a later one would ask for a little more of the log each time.
    store: { ...real, now: () => now, ...Object.fromEntries(names.map((name) => [name, remember(name)])) },
    units: counted,
  };
}
