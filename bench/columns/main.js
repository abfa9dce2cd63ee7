// What events take by column: bytes by group, and the time and memory to make a day's columns and to read them.
// npm run columns -w @liveinsight/bench [-- --sessions 10000]
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  createChunkBuilder,
  encodeSegment,
  GROUPS,
  openSegment,
  withNeeds,
} from '@liveinsight/collector/columns';
import { table } from '../read/measure.js';
import { batchesWithProperties } from './history.js';

const flag = process.argv.indexOf('--sessions');
const sessions = flag > 0 ? Number(process.argv[flag + 1]) : 100_000;
const DAYS = 30;
const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 29);
const RUNS = 5;
/** A question about sessions and pages. */
const FILTER = /** @type {const} */ (['context', 'ids', 'event', 'engagement']);
/** What a read unit pays for where reads may be a moment late; each item is rounded up to half of it. */
const READ_UNIT_BYTES = 8192;
const ITEM_BYTES = 4096;
const LIMITS = { bytesPerEvent: 7.5, filterReadUnits: 420, dayMegabytes: 250 };

const run = promisify(execFile);
const DAY = fileURLToPath(new URL('day.js', import.meta.url));

const hash = (/** @type {string} */ id) =>
  createHmac('sha256', 'a key for the benchmark').update(id).digest().readBigUInt64BE();

/** By group, or `all` where a day is small. @type {Map<string, { bytes: number, parts: number, readUnits: number, decodeMs: number }>} */
const groups = new Map();
const sum = { events: 0, days: 0, encodeMs: 0 };

const days = new Map();
for (const batch of batchesWithProperties({ site: 'shop', sessions, days: DAYS, now: NOW })) {
  const day = Math.floor(batch.received_at / DAY_MS) * DAY_MS;
  const list = days.get(day) ?? [];
  days.set(day, list);
  list.push(batch);
}
for (const [day, batches] of days) await measureDay(day, batches);
const { stdout } = await run(process.execPath, ['--expose-gc', DAY, String(sessions)]);
const oneDay = JSON.parse(stdout);

const perEvent = (/** @type {number} */ bytes) => bytes / sum.events;
const perMillion = (/** @type {number} */ ms) => (ms / sum.events) * 1e6;
const total = [...groups.values()].reduce((bytes, group) => bytes + group.bytes, 0);
console.log(`${sum.events} events of ${sessions} sessions, ${sum.days} days\n`);
console.log(
  table(
    ['group', 'bytes an event', 'parts', 'read units', 'decode, ms a million'],
    [...groups].map(([group, { bytes, parts, readUnits, decodeMs }]) => [
      group,
      perEvent(bytes).toFixed(3),
      String(parts),
      readUnits.toFixed(0),
      perMillion(decodeMs).toFixed(1),
    ]),
  ),
);
const filterUnits = FILTER.reduce((units, group) => units + (groups.get(group)?.readUnits ?? 0), 0);
console.log(`
all groups: ${check(perEvent(total), LIMITS.bytesPerEvent, 2)} bytes an event
a filtered question of ${DAYS} days reads ${check(filterUnits, LIMITS.filterReadUnits, 0)} units (${FILTER.join(', ')})
encoded in ${(perMillion(sum.encodeMs) / 1000).toFixed(1)} s a million (CPU)
one day of ${oneDay.events} events is built in ${oneDay.buildSeconds.toFixed(1)} s, with ${check(oneDay.megabytes, LIMITS.dayMegabytes, 0)} MB more resident until it is encoded`);

/** @param {number} day @param {any[]} batches */
async function measureDay(day, batches) {
  const builder = createChunkBuilder({ hash, from: day, to: day + DAY_MS });
  for (const batch of batches) builder.add(batch);
  const chunk = builder.build();
  const encoding = startCpu();
  const parts = await encodeSegment(chunk);
  sum.encodeMs += encoding();
  sum.events += chunk.events;
  sum.days += 1;
  for (const { group, bytes } of parts) {
    const found = groups.get(group) ?? { bytes: 0, parts: 0, readUnits: 0, decodeMs: 0 };
    groups.set(group, found);
    found.bytes += bytes.length;
    found.parts += 1;
    found.readUnits += Math.ceil((bytes.length + 100) / ITEM_BYTES) * (ITEM_BYTES / READ_UNIT_BYTES);
  }
  for (const group of GROUPS) {
    const found = groups.get(group);
    if (found) found.decodeMs += fastest(() => openSegment(parts), group);
  }
}

/** Decoding alone: what a group needs is decoded before. @param {() => any} open @param {typeof GROUPS[number]} group */
function fastest(open, group) {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run += 1) {
    const chunk = open();
    for (const needed of withNeeds([group])) if (needed !== group) chunk[needed]();
    const start = performance.now();
    chunk[group]();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function startCpu() {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}

/** @param {number} found @param {number} limit @param {number} digits */
function check(found, limit, digits) {
  return `${found.toFixed(digits)} (at most ${limit}: ${found <= limit ? 'met' : 'MISSED'})`;
}
