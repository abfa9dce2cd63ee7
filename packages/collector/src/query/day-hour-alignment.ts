/** The 5-minute strips of closed days, which keep hourly ones: from their hours, for zones whose hours begin between the site's. */

import { addCounters } from '../events/counters.js';
import { decodeFiveMinuteTotals } from '../rollup/rollup-codec.js';
import { countersAt } from '../rollup/row-set.js';
import type { RollupState } from '../storage/rollup-store.js';
import { type Calendar, hoursAlign } from '../time/calendar.js';
import { HOUR_MS } from '../time/ms.js';
import { addState, findBucket, type RollupQuery } from './time-buckets.js';

/** So far back at most: as many hours as a series can have. */
const MAX_HOURS = 1_000;

/** Adds a closed day, with strips that the hours of `zone` are made of; false where it cannot be read. */
export async function addDay(
  query: RollupQuery,
  shard: number,
  day: RollupState,
  zone: Calendar,
): Promise<boolean> {
  const { context, site, result, selection } = query;
  const [from, to] = [day.start, site.calendar.next(day.start, 'day')];
  if (!selection.fiveMinuteTotals || hoursAlign(zone, site.calendar, from, to)) return addState(query, day);
  const first = findFirstDay(query);
  if (from < first) {
    result.siteHoursBefore = first;
    return addState(query, day);
  }
  if (!addState({ ...query, selection: { ...selection, fiveMinuteTotals: false } }, day)) return false;
  const { states } = await context.rollups.rollups({ site: site.id, shard, kind: 'hour', from, to });
  for (const state of states) {
    const totals = decodeFiveMinuteTotals(state);
    if (!totals) result.unreadableHours.add(state.start);
    for (const [start, counters] of totals ?? []) {
      const bucket = findBucket(result, start);
      if (bucket) addCounters(countersAt(bucket.rollup.fiveMinuteTotals, start), counters);
    }
  }
  return true;
}

/** Where the first day begins of which hours are read. */
function findFirstDay({ context, site, result }: RollupQuery): number {
  const last = Math.min(result.buckets.at(-1)?.end ?? 0, context.rollups.now());
  return site.calendar.floor(last - MAX_HOURS * HOUR_MS, 'day');
}
