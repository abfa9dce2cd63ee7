// How fresh statistics are on a busy site, and what that costs: one collector takes in batches of one shard and is asked
// every 2 seconds; another one, as a function is, is asked every 10 seconds.
// npm run fresh -w @liveinsight/bench [-- --seconds 600 --rate 200 --database dynoxide|dynalite|sqlite]
import { setTimeout } from 'node:timers/promises';
import { createCollector } from '@liveinsight/collector';
import { table } from '../read/measure.js';
import { startDatabase } from './database.js';
import { meter } from './meter.js';

const option = (/** @type {string} */ name, /** @type {number} */ usual) => {
  const flag = process.argv.indexOf(name);
  return flag > 0 ? Number(process.argv[flag + 1]) : usual;
};
const SECONDS = option('--seconds', 600);
const RATE = option('--rate', 200);
/** The same for the function, a quarter as many. */
const FUNCTION_RATE = RATE / 4;
const FUNCTION_SECONDS = Math.min(SECONDS, 120);
const QUIET_SECONDS = 10;
const PER_BATCH = 3;
const ASK_EVERY_MS = 2_000;
const FUNCTION_ASKS_EVERY_MS = 10_000;
const KEY = 'a read key for the benchmark';
const LIMITS = { freshMs: 3_000, answerMs: 60, readUnits: 180, functionBehindMs: 60_000 };

const flag = process.argv.indexOf('--database');
const database = await startDatabase(flag > 0 ? String(process.argv[flag + 1]) : 'dynoxide');
const open = (/** @type {number} */ rollUpEverySeconds) => {
  const metered = meter(database.open());
  const collector = createCollector({
    store: metered.store,
    secret: 'a secret for the benchmark',
    sites: [{ id: 'shop' }],
    readKeys: [KEY],
    rollUpEverySeconds,
    sessionEventsPerMinute: 1_000_000,
  });
  return { collector, units: metered.units };
};
const server = open(60);
const lambda = open(0);

/** When each event was acknowledged, in order. @type {number[]} */
const acknowledged = [];
let sent = 0;

/** @param {number} seconds @param {number} rate */
async function send(seconds, rate) {
  const start = performance.now();
  /** @type {Promise<void>[]} */
  const waiting = [];
  for (let batch = 0; batch < seconds * rate; batch += 1) {
    const wait = start + (batch * 1_000) / rate - performance.now();
    if (wait > 1) await setTimeout(wait);
    waiting.push(sendBatch());
  }
  await Promise.all(waiting);
  return (seconds * rate * 1_000) / (performance.now() - start);
}

async function sendBatch() {
  const number = sent++;
  const body = JSON.stringify({
    v: 1,
    site: 'shop',
    batch: `b${number}`,
    session: { session_id: `s${number % 5_000}`, entry_page: '/' },
    visitor_id: `v${number % 5_000}`,
    events: Array.from({ length: PER_BATCH }, (_, at) => ({
      event_id: `e${number}-${at}`,
      event_type: 'page_view',
      view: at + 1,
      page_url: `https://shop.example/products/${(number * 7 + at) % 400}`,
    })),
  });
  const reply = await server.collector.fetch(new Request('http://c/api/events', { method: 'POST', body }));
  const { data } = await reply.json();
  const now = performance.now();
  for (let event = 0; event < data.accepted; event += 1) acknowledged.push(now);
}

/** @param {ReturnType<typeof open>} from */
async function ask({ collector, units }) {
  const start = performance.now();
  const request = new Request('http://c/api/stats?site=shop&from=24h', {
    headers: { authorization: `Bearer ${KEY}` },
  });
  const { data } = await (await collector.fetch(request)).json();
  return {
    events: data.totals.events,
    ms: performance.now() - start,
    /** All so far, those of reads between questions too. */
    units: units(),
    behindMs: Date.now() - Date.parse(data.as_of),
  };
}

/**
 * @param {ReturnType<typeof open>} from
 * @param {number} everyMs
 * @param {Promise<unknown>} until
 */
async function askEvery(from, everyMs, until) {
  let isOver = false;
  void until.then(() => {
    isOver = true;
  });
  /** From acknowledged to seen, in ms, of each event. @type {number[]} */
  const fresh = [];
  /** @type {Awaited<ReturnType<typeof ask>>[]} */
  const answers = [];
  let seen = acknowledged.length;
  for (let next = performance.now(); !isOver; next += everyMs) {
    await setTimeout(Math.max(0, next - performance.now()));
    const answer = await ask(from);
    answers.push(answer);
    const now = performance.now();
    for (; seen < Math.min(answer.events, acknowledged.length); seen += 1)
      fresh.push(now - (acknowledged[seen] ?? now));
  }
  return { fresh, answers };
}

/** @param {number[]} values @param {number} share */
const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? Number.NaN;

await send(QUIET_SECONDS, RATE);
const quietUnits = server.units();
const sending = send(SECONDS, RATE);
const { fresh, answers } = await askEvery(server, ASK_EVERY_MS, sending);
const rate = await sending;
await setTimeout(ASK_EVERY_MS);
const last = await ask(server);
// The first answers of a function that has just begun read all that is not stored yet.
const sendingToFunction = send(FUNCTION_SECONDS, FUNCTION_RATE);
const warm = await askEvery(lambda, FUNCTION_ASKS_EVERY_MS, sendingToFunction);
await Promise.all([server.collector.close(), lambda.collector.close()]);
await database.close();

// Begun cold: the question that finds everything unread, and the one after.
const steady = answers.slice(2);
const warmed = warm.answers.slice(Math.ceil(warm.answers.length / 2));
const rows = [
  [
    'events in the statistics after all were acknowledged',
    last.events,
    acknowledged.length - FUNCTION_SECONDS * FUNCTION_RATE * PER_BATCH,
    'all',
  ],
  ['read units before anybody asked', quietUnits, 0, 'none'],
  ['an acknowledged event is in the statistics, ms (p95)', quantile(fresh, 0.95), LIMITS.freshMs, 'at most'],
  [
    'an answer, ms (median)',
    quantile(
      steady.map(({ ms }) => ms),
      0.5,
    ),
    LIMITS.answerMs,
    'at most',
  ],
  [
    'an answer, ms (p95)',
    quantile(
      steady.map(({ ms }) => ms),
      0.95,
    ),
    Number.NaN,
    '',
  ],
  [
    'from one answer to the next, read units (mean)',
    (steady.at(-1).units - steady[0].units) / (steady.length - 1),
    LIMITS.readUnits,
    'at most',
  ],
  ['as_of behind, ms (most)', Math.max(...steady.map(({ behindMs }) => behindMs)), Number.NaN, ''],
  [
    'a warm function: as_of behind, ms (most)',
    Math.max(...warmed.map(({ behindMs }) => behindMs)),
    LIMITS.functionBehindMs,
    'at most',
  ],
];
console.log(
  `${database.name}: ${Math.round(rate)} batches of ${PER_BATCH} events a second for ${SECONDS} s; ${FUNCTION_RATE} for ${FUNCTION_SECONDS} s beside the function\n`,
);
console.log(
  table(
    ['', 'measured', 'limit'],
    rows.map(([what, value, limit, kind]) => {
      const [number, bound] = [Number(value), Number(limit)];
      const isMet = kind === 'at most' ? number <= bound : number === bound;
      if (kind !== '' && !isMet) process.exitCode = 1;
      return [String(what), number.toFixed(0), kind === '' ? '' : `${bound}: ${isMet ? 'met' : 'MISSED'}`];
    }),
  ),
);
