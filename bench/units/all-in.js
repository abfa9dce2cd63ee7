// All write units of a site's events: the log, its index, and what days of them become, columns included.
import { createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { batchesOf } from '../read/history.js';
import { writeAll } from '../read/write.js';
import { writeMeter } from './meter.js';

/** As many a day as a million events in 30 days. */
const DAYS = 6;
const SESSIONS = Number(process.env.SESSIONS ?? 20_000);
/** Days without columns are filled in one a round, should a round have left any. */
const ROUNDS = DAYS + 2;

/** @param {string} endpoint */
export async function allIn(endpoint) {
  const { middleware, meter } = writeMeter();
  const store = dynamoStore({ driver: lean({ endpoint }), middleware });
  const collector = createCollector({
    store,
    secret: 'a secret for the benchmark',
    sites: [{ id: 'history', columnsRetentionDays: 400 }],
    rollUpEverySeconds: 0,
  });
  const batches = batchesOf({ site: 'history', sessions: SESSIONS, days: DAYS, now: Date.now() });
  const { events, batches: count } = await writeAll(store, batches);
  for (let round = 0; round < ROUNDS; round += 1) await collector.rollUp();
  await collector.close();
  const per1000 = (/** @type {number} */ units) => (units / events) * 1_000;
  const itemUnits = meter.items.reduce((sum, { units, indexUnits }) => sum + units + indexUnits, 0);
  return {
    events,
    perBatch: events / count,
    log: per1000(itemUnits),
    /** Of a backlog: of a site whose events are rolled up as they arrive, each day's log is read twice. */
    readUnits: per1000(meter.readUnits),
    others: [...meter.byKind].map(([kind, units]) => ({ kind, units: per1000(units) })),
  };
}
