/** What arrived since the newest stored hours, from the buckets that the process keeps of it. */

import { mergeRows, mergeTotals } from '../rollup/aggregate.js';
import type { TailCut } from '../tail/shard-tail.js';
import type { TailBucket } from '../tail/tail-buckets.js';
import { HOUR_MS } from '../time/ms.js';
import { createTimeSlice } from '../time-slice.js';
import { findBucket, type RollupQuery, type Span } from './time-buckets.js';

/** Ranges that end earlier are in stored hours: they need no tail. */
const REACH_MS = 3 * HOUR_MS;

/** The cut of each shard, the same for all parts of a response; undefined where the range is too old to need it, or nothing is held. */
export async function readTail({ context, result }: RollupQuery): Promise<TailCut[] | undefined> {
  const to = result.buckets.at(-1)?.end ?? 0;
  return to > context.rollups.now() - REACH_MS ? context.tail?.cuts() : undefined;
}

/**
 * Whether the range ends before the newest stored hour, as far as is known before the tail is read: then it is read at the same time.
 * Stored hours only move forward, so the tail that is read says the same; where a backup has set them back, the log has the rest.
 */
export function isStored({ context }: RollupQuery, shard: number, { to }: Span): boolean {
  const base = context.tail?.held()?.[shard]?.base;
  return base !== undefined && to <= base.start;
}

/** Adds those buckets that are in the range; its bounds are multiples of 5 minutes, so they part none. */
export async function addTail(
  { result, selection }: RollupQuery,
  { asOf }: TailCut,
  buckets: TailBucket[],
  { from, to }: Span,
): Promise<void> {
  if (to > asOf) result.asOf = Math.min(result.asOf, asOf);
  const slice = createTimeSlice();
  for (const { start, end, rollup } of buckets) {
    const bucket = end > from && start < to ? findBucket(result, start) : undefined;
    if (!bucket) continue;
    mergeTotals(bucket.rollup, rollup);
    mergeRows(bucket.rollup, rollup, selection);
    await slice();
  }
}
