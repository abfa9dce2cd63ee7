/** A busy hour asked by 5 minutes: what is not known yet is never answered as nothing. */

import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRollups } from '../../src/query/read-rollups.js';
import { createRollupScheduler } from '../../src/rollup/rollup-scheduler.js';
import { createSites } from '../../src/sites/site-registry.js';
import type { ArrivalsPage, ArrivalsQuery, Store, StoredBatch } from '../../src/storage/event-store.js';
import { getCalendar } from '../../src/time/calendar.js';
import { SECRET, type Stack, startStack } from '../stack.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const HOUR = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS;
const BATCHES = 25_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
});
afterAll(() => stack.close());

/** As many batches as nobody could insert here: pages of them as the store would give, all within 130 s. */
async function arrivals({ from, to, limit, after }: ArrivalsQuery): Promise<ArrivalsPage> {
  const first = Math.max(after === undefined ? 0 : Number(after), Math.ceil((from - HOUR) / 5));
  const batches: StoredBatch[] = [];
  for (let at = first; at < BATCHES && HOUR + at * 5 < to && batches.length < limit; at += 1) {
    const { retention_days: _, shardAt: __, ...batch } = sampleBatch([`e${at}`], { session_id: `s${at}` });
    batches.push({ ...batch, received_at: HOUR + at * 5, expires_at: HOUR / 1000 + 86_400 });
  }
  const next = first + batches.length;
  return { batches, readUnits: 0, ...(batches.length === limit ? { next: String(next) } : {}) };
}

it.each([
  ['that is over, and not rolled up yet', 60],
  ['that is under way', 3],
])('gives an hour %s as of where it is known', async (_, minutes) => {
  const store: Store = { ...stack.store, arrivals, now: () => HOUR + minutes * MINUTE_MS };
  const roller = createRollupScheduler({
    options: { secret: SECRET, rollUpEverySeconds: 0 },
    sites: createSites({ sites: [{ id: 'shop' }] }),
    store,
  });
  const site = { id: 'shop', calendar: getCalendar('UTC'), retentionDays: 30, shards: 1 };
  const bounds = Array.from({ length: 5 }, (_, at) => HOUR + (at + 1) * 5 * MINUTE_MS);
  const { buckets: stretches, asOf } = await readRollups(roller.context, site, [HOUR, ...bounds]);
  const events = stretches.reduce((sum, { rollup }) => sum + rollup.totals.events, 0);
  // 5 ms apart: what arrived before `asOf` is counted, all of it and nothing twice.
  expect(events).toBe((asOf - HOUR) / 5);
  expect(events).toBeGreaterThan(0);
  expect(asOf).toBeLessThan(store.now());
  await roller.close();
});
