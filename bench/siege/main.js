/** `npm run siege -w @liveinsight/bench`: every attack in full. Exits with 1 where one has done harm. */
import { siege } from './siege.js';

const MAX_P99_MS = 250;
const MAX_RSS = 400e6;

const result = await siege({ share: 1, say: console.log });
const { acknowledged, refused, p99Ms, accepted, rolledUp, page, other, events, peakRss, died } = result;
const checks = [
  ['the process stays up', died === undefined],
  ['everything is rolled up', rolledUp],
  ['the visitor is never refused', refused.length === 0],
  ['what the visitor was acknowledged is counted', page <= acknowledged && page + other >= acknowledged],
  ['so is all that was accepted, and nothing twice', events === acknowledged + accepted],
  [`p99 of the visitor's requests under ${MAX_P99_MS} ms`, p99Ms < MAX_P99_MS],
  [`memory under ${MAX_RSS / 1e6} MB`, peakRss < MAX_RSS],
];
console.log({
  acknowledged,
  refused: refused.slice(0, 5),
  p99Ms: Math.round(p99Ms),
  accepted,
  page,
  other,
  events,
  peakMb: Math.round(peakRss / 1e6),
});
for (const [says, holds] of checks) console.log(holds ? '✓' : '✗', says);
process.exitCode = checks.every(([, holds]) => holds) ? 0 : 1;
