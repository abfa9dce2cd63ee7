/** One round of rolling up: what a schedule, a timer or a reader calls. */
import { advanceHours } from './advance.js';
import { closeDays } from './close-day.js';
import { closeMonths } from './close-month.js';
import { DAY_CLOSES_AFTER_MS, type RollupContext, type RollupSite } from './context.js';
import { refoldMarkedDays, refoldMarkedHours, settledMarks } from './refold.js';

/** Brings all numbers of a site up to date. Safe to run anywhere, any number of times, at once. */
export async function rollUpSite(context: RollupContext, site: RollupSite): Promise<void> {
  const shards = Array.from({ length: site.shards }, (_, shard) => shard);
  const now = context.rollups.now();
  const settled = now - context.settleMs;
  // Once for days and months: a month that is over by a later look would be merged without its last day.
  const until = now - DAY_CLOSES_AFTER_MS;
  for (const shard of shards) await advanceHours(context, site, shard, settled);
  const marks = await settledMarks(context, site, settled);
  await refoldMarkedHours(context, site, marks, settled);
  for (const shard of shards) await closeDays(context, site, shard, until);
  await refoldMarkedDays(context, site, marks, until);
  for (const shard of shards) await closeMonths(context, site, shard, until);
}
