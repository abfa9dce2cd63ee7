/** The numbers of those sessions that pass filters: from the raw log, as far as it is kept, bounded in cost. */

import type { Condition } from '../engine/condition.js';
import type { Note } from '../notes.js';
import { addBatch } from '../rollup/aggregate.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { RowFilter } from '../rollup/row-set.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { groupBy } from './group-by.js';
import { passes } from './raw-filters.js';
import { readRaw } from './raw-range.js';
import { createBuckets, findBucket, type TimeBucket } from './time-buckets.js';
import type { TimeRange } from './time-range.js';

export interface FilteredQuery extends Pick<TimeRange, 'calendar'> {
  /** Whether rows are wanted of each stretch, or of the whole. */
  rowsOfEach: boolean;
  /** The rows that are wanted. Default: all. */
  rowFilter?: RowFilter | undefined;
}

export interface FilteredBuckets {
  buckets: TimeBucket[];
  asOf: number;
  /** Arrival (ms) from which on everything is in, where that is later than asked. */
  knownFrom?: number;
  notes: Note[];
}

export async function readFiltered(
  { events, rollups, hash, countBots }: RollupContext,
  site: ResolvedSite,
  { calendar, rowsOfEach, rowFilter }: FilteredQuery,
  bounds: number[],
  filters: Condition[],
): Promise<FilteredBuckets> {
  const now = rollups.now();
  const buckets = createBuckets(bounds, rowsOfEach);
  const [from = now, to = now] = [bounds[0], bounds.at(-1)];
  const { batches, begins, notes } = await readRaw(events, site, { from, to, now });
  for (const session of groupBy(batches, ({ session_id }) => session_id).values()) {
    if (!passes(session, filters, calendar)) continue;
    for (const batch of session) {
      const bucket = findBucket({ buckets }, batch.received_at);
      if (bucket) addBatch(bucket.rollup, batch, { hash, countBots, rowFilter });
    }
  }
  return { buckets, asOf: now, notes, ...(begins > from ? { knownFrom: begins } : {}) };
}
