/** One round of rolling up: what a schedule, a timer or a reader calls. */
import { advanceHours } from './advance-hours.js';
import { backfillColumns, surveyColumns } from './backfill-columns.js';
import { type ScrubTimes, scrubErased } from './erase-columns.js';
import { finalizeDays } from './finalize-days.js';
import { finalizeMonths } from './finalize-months.js';
import { loadDirtyDays, rebuildDirtyDays, rebuildDirtyHours, retryFailed } from './rebuild-dirty-days.js';
import { DAY_CLOSES_AFTER_MS, type RollupContext, type RollupSite } from './rollup-context.js';
import { floorToMinute } from './settle-time.js';

/** Brings all numbers of a site up to date. Safe to run anywhere, any number of times, at once. */
export async function rollUpSite(context: RollupContext, site: RollupSite): Promise<void> {
  const shards = Array.from({ length: site.shards }, (_, shard) => shard);
  const now = context.rollups.now();
  const horizon = floorToMinute(now - context.settleMs);
  // Once for days and months: a month that is over by a later look would be merged without its last day.
  const until = now - DAY_CLOSES_AFTER_MS;
  // What fails here fails again at once if it is tried again in the same round.
  const failedBefore = now;
  for (const shard of shards)
    await alone(context, site, shard, () => advanceHours(context, site, shard, horizon));
  if (context.isOverdue?.()) return;
  await retryFailed(context, site, { horizon, failedBefore });
  const dirtyDays = await loadDirtyDays(context, site, horizon);
  await rebuildDirtyHours(context, site, dirtyDays, horizon);
  for (const shard of shards)
    await alone(context, site, shard, () => finalizeDays(context, site, shard, until));
  await rebuildDirtyDays(context, site, dirtyDays, until);
  for (const shard of shards)
    await alone(context, site, shard, () => finalizeMonths(context, site, shard, until));
  await bringColumnsUpToDate(context, site, { horizon, until });
}

/** What fails here keeps no numbers from being rolled up. */
async function bringColumnsUpToDate(
  context: RollupContext,
  site: RollupSite,
  times: ScrubTimes,
): Promise<void> {
  const { columns, onFailure } = context;
  if (!columns) return;
  const steps = [
    () => scrubErased(context, site, times),
    () => surveyColumns(context, site),
    () => backfillColumns(context, site),
  ];
  for (const step of steps) {
    if (context.isOverdue?.()) return;
    await step().catch((error: unknown) => onFailure?.({ site: site.id, part: 'columns', error }));
  }
}

/** A shard that fails does not keep the others from being rolled up. */
async function alone(
  { onFailure }: RollupContext,
  { id: site }: RollupSite,
  shard: number,
  work: () => Promise<void>,
): Promise<void> {
  if (!onFailure) return work();
  await work().catch((error: unknown) => onFailure({ site, part: `shard ${shard}`, error }));
}
