/** The numbers of those sessions that pass filters: from the raw log, as far as it is kept, bounded in cost. */
import type { RollupContext } from '../rollup/context.js';
import { emptyRollup, foldBatch } from '../rollup/rollup.js';
import type { KnownSite } from '../site/sites.js';
import { readArrivals } from './arrivals.js';
import { type Filter, passes } from './filters.js';
import { type Stretch, stretchAt } from './numbers.js';
import { groupBy } from './sessions-of.js';
import type { TimeRange } from './time-range.js';

const DAY_MS = 86_400_000;
/** Batches that one question reads at the most. */
export const MAX_FILTERED_BATCHES = 20_000;

export interface FilteredNumbers {
  stretches: Stretch[];
  asOf: number;
  notes: string[];
}

export async function readFiltered(
  { events, rollups, hash, countBots }: RollupContext,
  site: KnownSite,
  { calendar }: Pick<TimeRange, 'calendar'>,
  bounds: number[],
  filters: Filter[],
): Promise<FilteredNumbers> {
  const now = rollups.now();
  const kept = now - site.retentionDays * DAY_MS;
  const from = bounds[0] ?? now;
  const to = bounds.at(-1) ?? now;
  const stretches: Stretch[] = bounds.slice(1).map((end, at) => ({
    start: bounds[at] ?? end,
    end,
    rollup: emptyRollup(),
    additiveOnly: false,
  }));
  const range = { from: Math.max(from, kept), to, limit: MAX_FILTERED_BATCHES };
  const { batches, cut } = await readArrivals(events, site, range);
  for (const session of groupBy(batches, ({ session_id }) => session_id).values()) {
    if (!passes(session, filters, calendar)) continue;
    for (const batch of session) {
      const stretch = stretchAt({ stretches }, batch.received_at);
      if (stretch) foldBatch(stretch.rollup, batch, { hash, countBots });
    }
  }
  const begins = cut ? (batches[0]?.received_at ?? to) : range.from;
  return { stretches, asOf: now, notes: notesOf({ asked: from, kept, begins, cut }) };
}

function notesOf({
  asked,
  kept,
  begins,
  cut,
}: {
  asked: number;
  kept: number;
  begins: number;
  cut: boolean;
}) {
  const at = new Date(begins).toISOString();
  if (cut)
    return [`filters read at most ${MAX_FILTERED_BATCHES} batches: only what arrived from ${at} on is in`];
  if (asked < kept)
    return [`filters read raw events, which are kept no longer: only what arrived from ${at} on is in`];
  return [];
}
