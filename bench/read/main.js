// What reading costs: a million events over 30 days in 100,000 sessions, on the embedded store.
// npm run read -w @liveinsight/bench [-- --sessions 10000]
import { createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { batchesOf } from './history.js';
import { measure, table } from './measure.js';

const flag = process.argv.indexOf('--sessions');
const sessions = flag > 0 ? Number(process.argv[flag + 1]) : 100_000;
const DAYS = 30;
const KEY = 'a read key for the benchmark';
const WRITERS = 200;

const dynalite = await startDynalite();
await createTables({ endpoint: dynalite.endpoint });
const store = dynamoStore({ endpoint: dynalite.endpoint });
const collector = createCollector({
  store,
  secret: 'a secret for the benchmark',
  sites: [{ id: 'shop', retention_days: 60 }],
  readKeys: [KEY],
  rollUpEverySeconds: 0,
});
const now = Date.now();

const written = await write(batchesOf({ site: 'shop', sessions, days: DAYS, now }));
console.log(
  `${written.events} events in ${written.batches} batches of ${sessions} sessions over ${DAYS} days`,
);

const rollUp = await measure(store, () => collector.rollUp());
console.log(
  `rolled up in ${(rollUp.ms / 1000).toFixed(1)} s, ${(rollUp.cpuMs / 1000).toFixed(1)} s of CPU with the embedded store in the same process`,
);

const five = 'breakdown=page,source,country,device,entry_page';
const questions = {
  '30 days: totals, series, five breakdowns': `/api/stats?from=30d&interval=day&${five}`,
  '1 day: totals, series, five breakdowns': `/api/stats?from=24h&interval=hour&${five}`,
  '30 days by the hour, in another zone': `/api/stats?from=30d&interval=hour&timezone=Asia/Seoul&${five}`,
  '30 days, one source (filtered, from the log)': `/api/stats?from=30d&interval=day&source=google&${five}`,
  '5 minutes, 2 hours': '/api/stats?from=2h&interval=5m',
  'a page of sessions': '/api/sessions?from=30d&limit=50',
  'a poll of realtime, warm': '/api/realtime',
};

const rows = [];
for (const [question, path] of Object.entries(questions)) {
  const runs = [];
  for (let run = 0; run < 3; run += 1) runs.push(await measure(store, () => ask(path)));
  const best = runs.reduce((a, b) => (b.ms < a.ms ? b : a));
  rows.push([question, best.ms.toFixed(1), best.readUnits.toFixed(1), String(best.result)]);
}
console.log(table(['question', 'ms (best of 3)', 'read units', 'bytes'], rows));

await collector.close();
await dynalite.close();

/** @param {string} path */
async function ask(path) {
  const request = new Request(`http://collector${path}`, { headers: { authorization: `Bearer ${KEY}` } });
  const response = await collector.fetch(request);
  const body = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${body}`);
  return body.length;
}

/** @param {Iterable<any>} batches */
async function write(batches) {
  const iterator = batches[Symbol.iterator]();
  const count = { events: 0, batches: 0 };
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      for (let next = iterator.next(); !next.done; next = iterator.next()) {
        const outcome = await store.append(next.value);
        if (outcome.kind !== 'stored') throw new Error(JSON.stringify(outcome));
        count.batches += 1;
        count.events += next.value.events.length;
      }
    }),
  );
  // What arrived long ago was active long ago; the first round looks at all of retention.
  return count;
}
