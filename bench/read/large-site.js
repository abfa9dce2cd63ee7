// A site of 100 million events a month: what a filtered question of 30 days reads, how long it takes, and whether its numbers
// are as near to the truth as it says. Some days are made as the collector stores them, and stand for all 30.
// npm run large-site -w @liveinsight/bench [-- --days 2] [--questions 100] [--events 100000000]
import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { countSlices, createChunkBuilder, encodeSegment, sliceChunk } from '@liveinsight/collector/columns';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { batchesWithProperties } from '../columns/history.js';
import { table } from './measure.js';
import { ask, createSite, SITE } from './site.js';

const DAYS = 30;
const DAY_MS = 86_400_000;
/** As days are stored that are more than is held in memory: `MAX_COLUMN_DAY_EVENTS` and `PIECE_SLICE_EVENTS` of the collector. */
const PIECE_EVENTS = 250_000;
const SLICE_EVENTS = 16_000;
const EVENTS_A_SESSION = 10;
/** Of a day's numbers beside its columns, and of an item's keys. */
const STATE_BYTES = 20_000;
const KEY_BYTES = 100;
/** Where reads may be a moment late. */
const ITEM_BYTES = 4_096;
const UNITS_AN_ITEM = 0.5;
/** Questions asked for each that is to be answered. */
const MOST_TRIED = 3;
const LIMITS = { megabytes: 64, within: 95, seconds: 1.5 };

const flag = (/** @type {string} */ name, /** @type {number} */ fallback) => {
  const index = process.argv.indexOf(name);
  return index > 0 ? Number(process.argv[index + 1]) : fallback;
};
const made = flag('--days', 2);
const count = flag('--questions', 100);
const month = flag('--events', 100_000_000);

const hash = (/** @type {string} */ id) =>
  createHmac('sha256', 'a key for the benchmark').update(id).digest().readBigUInt64BE();
const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const pieces = Math.max(1, Math.ceil(month / DAYS / PIECE_EVENTS));
const sessions = Math.round(month / DAYS / pieces / EVENTS_A_SESSION);
const batches = [...batchesWithProperties({ site: SITE, sessions, days: 1, now: today })];

/** @typedef {{ refs: any[], parts: Map<string, Uint8Array>, events: number }} StoredDay */
/** @type {StoredDay[]} */
const days = [];
for (let day = 0; day < made; day += 1) days.push(await makeDay(day));
const events = days.reduce((sum, day) => sum + day.events, 0);
const bytes = days.reduce((sum, { parts }) => sum + sumLengths(parts.values()), 0);
const perDay = events / made;
console.log(
  `${(perDay / 1e6).toFixed(2)} million events a day in ${days[0]?.refs.length} segments, ${(bytes / events).toFixed(2)} bytes an event; ${made} days stand for ${DAYS}: ${((perDay * DAYS) / 1e6).toFixed(0)} million events, ${((bytes / made / 2 ** 20) * DAYS).toFixed(0)} MB\n`,
);

const read = { units: 0, bytes: 0 };
const collector = createSite(createStore());
/** Some are about too few visitors for a sample to say anything. */
const questions = listQuestions(MOST_TRIED * count);
const times = [];
const within = new Map();
let [mostBytes, mostUnits, share, answered] = [0, 0, 0, 0];
for (const [index, question] of questions.entries()) {
  if (answered === count) break;
  Object.assign(read, { units: 0, bytes: 0 });
  const url = `/api/stats?site=${SITE}&from=${today - DAYS * DAY_MS}&to=${today}&interval=day&breakdown=device&${question.query}`;
  const start = performance.now();
  const { data } = JSON.parse(await ask(collector, url));
  times.push(performance.now() - start);
  if (index === 0) [mostBytes, mostUnits] = [read.bytes, read.units];
  share = data.sample?.share ?? 1;
  if (data.standard_errors === null) continue;
  answered += 1;
  for (const [name, truth] of Object.entries(question.truth)) {
    const error = data.standard_errors?.[name] ?? 0;
    const isWithin = Math.abs(data.totals[name] - truth) <= 2 * error;
    within.set(name, (within.get(name) ?? 0) + (isWithin ? 1 : 0));
  }
}
await collector.close();

const [first = 0, ...later] = times;
const median = later.sort((a, b) => a - b)[later.length >> 1] ?? first;
console.log(
  table(
    ['a filtered question of 30 days', 'found', 'limit'],
    [
      [
        'MB read, first in a process',
        (mostBytes / 2 ** 20).toFixed(1),
        verdict(mostBytes / 2 ** 20, LIMITS.megabytes),
      ],
      ['read units, first in a process', mostUnits.toFixed(0), ''],
      ['of all visitors', `${(100 * share).toFixed(1)} %`, ''],
      ['s, first in a process', (first / 1000).toFixed(2), verdict(first / 1000, LIMITS.seconds)],
      ['s, median of the others', (median / 1000).toFixed(2), verdict(median / 1000, LIMITS.seconds)],
      ['questions answered', String(answered), ''],
      ['said to be about too few visitors', String(times.length - answered), ''],
      ...[...within].map(([name, times]) => [
        `${name}: within twice the stated error, of 100`,
        ((100 * times) / answered).toFixed(0),
        `at least ${LIMITS.within}`,
      ]),
    ],
  ),
);
if ([...within.values()].some((times) => (100 * times) / answered < LIMITS.within)) process.exitCode = 1;
if (mostBytes / 2 ** 20 > LIMITS.megabytes) process.exitCode = 1;

/** In pieces as its log is read, each in slices by visitor. Visitors come back on other days. @param {number} day */
async function makeDay(day) {
  /** @type {StoredDay} */
  const stored = { refs: [], parts: new Map(), events: 0 };
  const to = today;
  for (let piece = 0; piece < pieces; piece += 1) {
    const builder = createChunkBuilder({ hash, from: to - DAY_MS, to });
    for (const batch of batches)
      builder.add({
        ...batch,
        session_id: `${day} ${piece} ${batch.session_id}`,
        visitor_id: `${piece} ${batch.visitor_id}`,
        received_at: Math.min(batch.received_at, to - 1),
      });
    const chunk = builder.build();
    stored.events += chunk.events;
    for (const { chunk: part, slice } of sliceChunk(chunk, countSlices(chunk.events, SLICE_EVENTS))) {
      const ref = { id: `1#${day}.${piece}.${slice.index}`, groups: /** @type {any} */ ({}), slice };
      for (const { group, index, bytes } of await encodeSegment(part)) {
        const found = ref.groups[group] ?? { parts: 0, bytes: 0 };
        ref.groups[group] = { parts: found.parts + 1, bytes: found.bytes + bytes.length };
        stored.parts.set(`${ref.id} ${group} ${index}`, bytes);
      }
      stored.refs.push(ref);
    }
  }
  return stored;
}

/** Filters that are about all of a session, and what is true of them in all days. @param {number} count */
function listQuestions(count) {
  const names = ['source', 'country', 'browser', 'os', 'device', 'entry_page'];
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  return Array.from({ length: count }, () => {
    const batch = batches[Math.floor(next() * batches.length)] ?? batches[0];
    const first = Math.floor(next() * names.length);
    const fields = [
      names[first],
      names[(first + 1 + Math.floor(next() * (names.length - 1))) % names.length],
    ];
    const wanted = fields.filter((name) => name !== undefined && batch?.[name] !== undefined);
    const passing = batches.filter((one) => wanted.every((name) => one[name] === batch?.[name]));
    const views = passing.flatMap((one) => one.events).filter(({ event_type }) => event_type === 'page_view');
    const times = pieces * DAYS;
    return {
      query: wanted.map((name) => `${name}=${encodeURIComponent(String(batch?.[name]))}`).join('&'),
      truth: {
        events: times * passing.reduce((sum, one) => sum + one.events.length, 0),
        page_views: times * views.length,
        sessions: times * views.filter(({ view }) => view === 1).length,
        visitors: pieces * new Set(passing.map(({ visitor_id }) => visitor_id)).size,
      },
    };
  });
}

/** Answers for 30 closed days, each by one that was made. */
function createStore() {
  const real = dynamoStore({ endpoint: 'http://localhost:1' });
  const dayOf = (/** @type {number} */ start) => days[Math.round(start / DAY_MS) % days.length];
  const starts = Array.from({ length: DAYS }, (_, day) => today - (DAYS - day) * DAY_MS);
  const expires_at = Math.ceil(today / 1000) + 365 * 86_400;
  return /** @type {any} */ ({
    ...real,
    now: () => today + 3_600_000,
    newest: async () => undefined,
    markedDays: async () => [],
    arrivals: async () => ({ batches: [], readUnits: UNITS_AN_ITEM }),
    async rollups(/** @type {any} */ { site, shard, kind, from, to }) {
      const states = (kind === 'day' ? starts : [])
        .filter((start) => start >= from && start < to)
        .map((start) => {
          const through = start + DAY_MS;
          const segments = dayOf(start)?.refs ?? [];
          const columns = { through, events: perDay, expires_at, apart: true, segments };
          return {
            site,
            shard,
            kind,
            start,
            through,
            version: 1,
            body: new Uint8Array(STATE_BYTES),
            columns,
          };
        });
      const readUnits = states.length * toUnits(STATE_BYTES + 75 * (days[0]?.refs.length ?? 0));
      read.units += readUnits;
      return { states, readUnits };
    },
    async segmentParts(/** @type {any} */ key, /** @type {any[]} */ names) {
      const parts = names.map(({ segment, group, index }) => {
        const part = dayOf(key.start)?.parts.get(`${segment} ${group} ${index}`);
        return part && moveTo(part, key.start);
      });
      read.bytes += sumLengths(parts);
      const readUnits = parts.reduce((sum, part) => sum + toUnits(part?.length ?? 0), 0);
      read.units += readUnits;
      return { parts, readUnits };
    },
  });
}

/** @param {number} bytes */
function toUnits(bytes) {
  return Math.ceil((bytes + KEY_BYTES) / ITEM_BYTES) * UNITS_AN_ITEM;
}

/** @param {Iterable<Uint8Array | undefined>} parts */
function sumLengths(parts) {
  let sum = 0;
  for (const part of parts) sum += part?.length ?? 0;
  return sum;
}

/** The same part of another day: arrivals in it count from the day's start, which its header has. @param {Uint8Array} part @param {number} start */
function moveTo(part, start) {
  const bytes = Buffer.from(part);
  bytes.writeDoubleLE(start, 16);
  bytes.writeDoubleLE(start + DAY_MS, 24);
  bytes.writeUInt32LE(crc32(bytes.subarray(8), crc32(bytes.subarray(0, 4))), 4);
  return bytes;
}

/** @param {number} found @param {number} limit */
function verdict(found, limit) {
  return `${limit}: ${found <= limit ? 'met' : 'MISSED'}`;
}
