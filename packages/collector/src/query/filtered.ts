/** The numbers of those sessions that pass filters: from the raw log, as far as it is kept, bounded in cost. */

import type { Note } from '../notes.js';
import { foldBatch } from '../rollup/aggregate.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { RowFilter } from '../rollup/row-set.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { type Filter, passes } from './filters.js';
import { groupBy } from './group-by.js';
import { readRaw } from './raw-range.js';
import { emptyStretches, type Stretch, stretchAt } from './time-buckets.js';
import type { TimeRange } from './time-range.js';

export interface FilteredWanted extends Pick<TimeRange, 'calendar'> {
  /** Whether rows are wanted of each stretch, or of the whole. */
  rowsOfEach: boolean;
  /** The rows that are wanted. Default: all. */
  isWanted?: RowFilter | undefined;
}

export interface FilteredNumbers {
  stretches: Stretch[];
  asOf: number;
  /** Arrival (ms) from which on everything is in, where that is later than asked. */
  knownFrom?: number;
  notes: Note[];
}

export async function readFiltered(
  { events, rollups, hash, countBots }: RollupContext,
  site: ResolvedSite,
  { calendar, rowsOfEach, isWanted }: FilteredWanted,
  bounds: number[],
  filters: Filter[],
): Promise<FilteredNumbers> {
  const now = rollups.now();
  const stretches = emptyStretches(bounds, rowsOfEach);
  const [from = now, to = now] = [bounds[0], bounds.at(-1)];
  const { batches, begins, notes } = await readRaw(events, site, { from, to, now });
  for (const session of groupBy(batches, ({ session_id }) => session_id).values()) {
    if (!passes(session, filters, calendar)) continue;
    for (const batch of session) {
      const stretch = stretchAt({ stretches }, batch.received_at);
      if (stretch) foldBatch(stretch.rollup, batch, { hash, countBots, isWanted });
    }
  }
  return { stretches, asOf: now, notes, ...(begins > from ? { knownFrom: begins } : {}) };
}
