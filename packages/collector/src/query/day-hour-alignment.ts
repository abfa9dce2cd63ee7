/** The 5-minute strips of closed days, which keep hourly ones: from their hours, for zones whose hours begin between the site's. */

import { addCounters } from '../events/counters.js';
import { stripsOf } from '../rollup/rollup-codec.js';
import { countersAt } from '../rollup/row-set.js';
import type { RollupState } from '../storage/rollup-store.js';
import { type Calendar, hoursAlign } from '../time/calendar.js';
import { addState, type RollupQuery, stretchAt } from './time-buckets.js';

const HOUR_MS = 3_600_000;
/** So far back at the most: as many hours as a series can have. */
const MAX_HOURS = 1_000;

/** Adds a closed day, with strips that the hours of `zone` are made of; false where it cannot be read. */
export async function addDay(
  question: RollupQuery,
  shard: number,
  day: RollupState,
  zone: Calendar,
): Promise<boolean> {
  const { context, site, numbers, wanted } = question;
  const [from, to] = [day.start, site.calendar.next(day.start, 'day')];
  if (!wanted.strips || hoursAlign(zone, site.calendar, from, to)) return addState(question, day);
  const first = firstOf(question);
  if (from < first) {
    numbers.siteHoursBefore = first;
    return addState(question, day);
  }
  if (!addState({ ...question, wanted: { ...wanted, strips: false } }, day)) return false;
  const { states } = await context.rollups.rollups({ site: site.id, shard, kind: 'hour', from, to });
  for (const state of states) {
    const strips = stripsOf(state);
    if (!strips) numbers.unreadableHours.add(state.start);
    for (const [start, counters] of strips ?? []) {
      const stretch = stretchAt(numbers, start);
      if (stretch) addCounters(countersAt(stretch.rollup.strips, start), counters);
    }
  }
  return true;
}

/** Where the first day begins of which hours are read. */
function firstOf({ context, site, numbers }: RollupQuery): number {
  const last = Math.min(numbers.stretches.at(-1)?.end ?? 0, context.rollups.now());
  return site.calendar.floor(last - MAX_HOURS * HOUR_MS, 'day');
}
