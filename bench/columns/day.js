// Makes the columns of one day, batch by batch as the log is read, and prints the time and memory that takes, as JSON.
// node --expose-gc columns/day.js <sessions>
import { createHmac } from 'node:crypto';
import { createChunkBuilder, encodeSegment } from '@liveinsight/collector/columns';
import { batchesWithProperties } from './history.js';

const sessions = Number(process.argv[2]);
const NOW = Date.UTC(2026, 10, 29);
const DAY_MS = 86_400_000;
const MB = 1024 ** 2;
const LOOK_EVERY = 10_000;
/** As the collector remembers hashes while it reads the log. */
const MAX_HASHES = 10_000;

/** @type {Map<string, bigint>} */
const hashes = new Map();

/** @param {string} id */
function hash(id) {
  const known = hashes.get(id);
  if (known !== undefined) return known;
  if (hashes.size >= MAX_HASHES) hashes.clear();
  const computed = createHmac('sha256', 'a key for the benchmark').update(id).digest().readBigUInt64BE();
  hashes.set(id, computed);
  return computed;
}

// So that the code is compiled, and what it takes is not counted.
await make(Math.min(sessions, 3_000), () => {});
globalThis.gc?.();
const before = process.memoryUsage().rss;
let peak = before;
const made = await make(sessions, () => {
  peak = Math.max(peak, process.memoryUsage().rss);
});
console.log(JSON.stringify({ ...made, megabytes: (peak - before) / MB }));

/** @param {number} count @param {() => void} look */
async function make(count, look) {
  const builder = createChunkBuilder({ hash, from: NOW - DAY_MS, to: NOW });
  let batches = 0;
  let ms = 0;
  for (const batch of batchesWithProperties({ site: 'shop', sessions: count, days: 1, now: NOW })) {
    const start = performance.now();
    builder.add(batch);
    ms += performance.now() - start;
    batches += 1;
    if (batches % LOOK_EVERY === 0) look();
  }
  const start = performance.now();
  const chunk = builder.build();
  ms += performance.now() - start;
  look();
  const timer = setInterval(look, 10);
  await encodeSegment(chunk);
  look();
  clearInterval(timer);
  return { events: chunk.events, buildSeconds: ms / 1000 };
}
