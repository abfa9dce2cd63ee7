/** Merges the days of months that are over. */

import { DIMENSIONS } from '../events/dimensions.js';
import { createTimeSlice } from '../time-slice.js';
import { emptyRollup } from './aggregate.js';
import { markFailed } from './failed-parts.js';
import { encodeSplit, mergeEncoded } from './rollup-codec.js';
import type { RollupContext, RollupSite } from './rollup-context.js';

/** Months looked back for one that was not merged yet. */
const MONTHS_BACK = 2;

/**
 * Merges the shard's months that end no later than `until` (ms) and are not merged yet. Their days must have been closed
 * up to the same time before.
 */
export async function finalizeMonths(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  until: number,
): Promise<void> {
  const { rollups } = context;
  const { calendar } = site;
  let start = calendar.floor(until, 'month');
  for (let back = 0; back < MONTHS_BACK; back += 1) {
    start = calendar.floor(start - 1, 'month');
    const range = { site: site.id, shard, kind: 'month', from: start, to: start + 1 } as const;
    if ((await rollups.rollups(range)).states.length > 0) continue;
    try {
      await mergeMonth(context, site, shard, start, 0);
    } catch (error) {
      await markFailed(context, site, { kind: 'month', shard, start }, error);
    }
  }
}

/** Merges a month again, one of whose days has changed; leaves one that ends after `until` (ms) to its turn. */
export async function rebuildMonth(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  start: number,
  until: number,
): Promise<void> {
  const isOver = site.calendar.next(start, 'month') <= until;
  for (let done = !isOver; !done; ) {
    const range = { site: site.id, shard, kind: 'month', from: start, to: start + 1 } as const;
    const [before] = (await context.rollups.rollups(range, { consistent: true })).states;
    done = await mergeMonth(context, site, shard, start, before?.version ?? 0);
  }
}

async function mergeMonth(
  { rollups }: RollupContext,
  site: RollupSite,
  shard: number,
  start: number,
  version: number,
): Promise<boolean> {
  const end = site.calendar.next(start, 'month');
  const days = { site: site.id, shard, kind: 'day', from: start, to: end } as const;
  const { states } = await rollups.rollups(days, { consistent: true, edges: true });
  if (states.length === 0) return true;
  const month = emptyRollup();
  const slice = createTimeSlice();
  for (const state of states) {
    mergeEncoded(month, state, { dimensions: DIMENSIONS, fiveMinuteTotals: false });
    await slice();
  }
  return rollups.putRollup({
    site: site.id,
    shard,
    kind: 'month',
    start,
    through: end,
    version: version + 1,
    ...encodeSplit(month),
  });
}
