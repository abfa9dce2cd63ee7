// What reading costs: a million events over 30 days in 100,000 sessions, on the embedded store with its data on disk.
// npm run read -w @liveinsight/bench [-- --sessions 10000]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { costs } from './costs.js';
import { batchesOf } from './history.js';
import { measure, table } from './measure.js';
import { ask, createSite, DAYS, SITE } from './site.js';
import { writeAll } from './write.js';

const flag = process.argv.indexOf('--sessions');
const sessions = flag > 0 ? Number(process.argv[flag + 1]) : 100_000;

const path = mkdtempSync(join(tmpdir(), 'liveinsight-read-'));
const dynalite = await startDynalite({ path });
await createTables({ endpoint: dynalite.endpoint });
const store = dynamoStore({ endpoint: dynalite.endpoint });
const collector = createSite(store);
const now = Date.now();

const written = await writeAll(store, batchesOf({ site: SITE, sessions, days: DAYS, now }));
console.log(
  `${written.events} events in ${written.batches} batches of ${sessions} sessions over ${DAYS} days`,
);

// What a reader finds to be due is put a moment later, by the timer's process; rounds are asked for here.
const rollUp = await measure(store, () => collector.rollUp());
console.log(
  `rolled up in ${(rollUp.ms / 1000).toFixed(1)} s, ${(rollUp.cpuMs / 1000).toFixed(1)} s of CPU with the embedded store in the same process (aim: 60 s)\n`,
);
console.log(
  table(
    ['stored', 'items', 'KB on average', 'KB at most', 'of that edges, KB on average'],
    await sizes(['hour', 'day', 'month']),
  ),
);

const five = 'breakdown=page,source,country,device,entry_page';
/** @type {[string, string, { ms?: number, readUnits?: number }][]} */
const questions = [
  [
    '30 days: totals, series, five breakdowns',
    `/api/stats?from=30d&interval=day&${five}`,
    { ms: 100, readUnits: 100 },
  ],
  ['1 day: totals, series, five breakdowns', `/api/stats?from=24h&interval=hour&${five}`, {}],
  ['30 days, by all breakdowns that there are by default', '/api/stats?from=30d&interval=day', {}],
  [
    '30 days by the hour, in another zone',
    `/api/stats?from=30d&interval=hour&timezone=Asia/Seoul&${five}`,
    { ms: 150 },
  ],
  ['30 days of journeys', '/api/journeys?from=30d', { ms: 150 }],
  [
    '30 days, one source (filtered, from the log)',
    `/api/stats?from=30d&interval=day&source=google&${five}`,
    {},
  ],
  ['5 minutes, 2 hours', '/api/stats?from=2h&interval=5m', {}],
  ['a page of sessions', '/api/sessions?from=30d&limit=50', { ms: 150 }],
  ['a poll of realtime, warm', '/api/realtime', { ms: 20, readUnits: 5 }],
];

const rows = [];
const results = [];
for (const [question, url, aim] of questions) {
  const runs = [];
  for (let run = 0; run < 3; run += 1) runs.push(await measure(store, () => ask(collector, url)));
  const best = runs.reduce((a, b) => (b.ms < a.ms ? b : a));
  results.push(best);
  rows.push([
    question,
    best.ms.toFixed(1),
    best.readUnits.toFixed(1),
    String(best.result.length),
    verdict(aim, best),
  ]);
}
console.log(`\n${table(['question', 'ms (best of 3)', 'read units', 'bytes', 'aim'], rows)}`);
const [thirtyDays, oneDay] = results;
if (thirtyDays && oneDay) {
  const apart = (/** @type {'ms' | 'readUnits'} */ by) => (thirtyDays[by] / oneDay[by]).toFixed(1);
  console.log(
    `30 days take ${apart('ms')} times as long as 1 day, and ${apart('readUnits')} times the read units (aim: 3)`,
  );
}
console.log(`\n${costs({ ...written, rollUp, question: thirtyDays })}`);

await collector.close();
await dynalite.close();
rmSync(path, { recursive: true });

/** @param {{ ms?: number, readUnits?: number }} aim @param {{ ms: number, readUnits: number }} found */
function verdict(aim, found) {
  const parts = [];
  if (aim.ms !== undefined) parts.push(`${aim.ms} ms: ${found.ms <= aim.ms ? 'met' : 'MISSED'}`);
  if (aim.readUnits !== undefined)
    parts.push(`${aim.readUnits} units: ${found.readUnits <= aim.readUnits ? 'met' : 'MISSED'}`);
  return parts.join(', ');
}

/** @param {('hour' | 'day' | 'month')[]} kinds */
async function sizes(kinds) {
  const rows = [];
  for (const kind of kinds) {
    const range = { site: SITE, shard: 0, kind, from: 0, to: now };
    const { states } = await store.rollups(range, { edges: true });
    const bytes = states.map(({ body, edges }) => body.length + (edges?.length ?? 0));
    const mean = (/** @type {number[]} */ list) => list.reduce((sum, one) => sum + one, 0) / list.length || 0;
    rows.push([
      kind,
      String(states.length),
      (mean(bytes) / 1024).toFixed(1),
      (Math.max(0, ...bytes) / 1024).toFixed(1),
      (mean(states.map(({ edges }) => edges?.length ?? 0)) / 1024).toFixed(1),
    ]);
  }
  return rows;
}
