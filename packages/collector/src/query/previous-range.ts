/** The period that a range is compared with: as long, the same hours of the same kind of days, as far as the range has come. Pure. */

import type { Calendar } from '../time/calendar.js';
import { DAY_MS, HOUR_MS } from '../time/ms.js';
import type { TimeRange } from './time-range.js';

/** Shorter spans are compared with the time just before; longer ones with the same hours of days before. */
const SHORTEST_BY_DAYS_MS = 3 * HOUR_MS;

type Shift = (ms: number) => number;

/**
 * Bounds of the intervals that correspond to those of `range`, in order. The last ends where the range has come to:
 * an unfinished period is compared with the same share of the one before. On a day without its counterpart, as an hour
 * that the clock skipped, an interval is empty.
 *
 * @param roundBefore ends before this time (ms) are rounded by `round`: nothing finer is known of then
 */
export function previousBounds(
  range: TimeRange,
  now: number,
  { roundBefore, round }: { roundBefore: number; round: Shift },
): number[] {
  const [first = range.from] = range.bounds;
  const end = Math.max(first, Math.min(range.to, now));
  const back = getShift(range, now);
  const starts = range.bounds.filter((bound) => bound < end || bound === first).map(back);
  const exact = back(end);
  const last = exact < roundBefore ? round(exact) : exact;
  const bounds: number[] = [];
  for (const bound of [...starts, last]) bounds.push(Math.max(bound, bounds.at(-1) ?? bound));
  return bounds;
}

function getShift({ calendar, interval, bounds, from, to }: TimeRange, now: number): Shift {
  if (interval === 'month' && calendar.floor(from, 'month') === from) {
    const months = bounds.length - 1;
    return (ms) => monthsBefore(calendar, ms, months);
  }
  const isOfDays = calendar.floor(from, 'day') === from;
  const end = isOfDays && to > now ? calendar.next(calendar.floor(now, 'day'), 'day') : to;
  if (!isOfDays && to - from < SHORTEST_BY_DAYS_MS) return (ms) => ms - (to - from);
  const days = Math.max(1, Math.ceil((wallClock(calendar, end) - wallClock(calendar, from)) / DAY_MS));
  return (ms) => atWallClock(calendar, wallClock(calendar, ms) - days * DAY_MS);
}

/** The same time of the same day of an earlier month, at most that month's end. */
function monthsBefore(calendar: Calendar, ms: number, months: number): number {
  const start = calendar.floor(ms, 'month');
  let earlier = start;
  for (let month = 0; month < months; month += 1) earlier = calendar.floor(earlier - 1, 'month');
  const into = wallClock(calendar, ms) - wallClock(calendar, start);
  return Math.min(
    atWallClock(calendar, wallClock(calendar, earlier) + into),
    calendar.next(earlier, 'month'),
  );
}

/** What the zone's clocks show, as if it were UTC. */
const wallClock = (calendar: Calendar, ms: number): number => ms + calendar.offsetAt(ms);

/** When the zone's clocks show that; where they skip it, when they have. */
function atWallClock(calendar: Calendar, wall: number): number {
  const guess = wall - calendar.offsetAt(wall);
  return wall - calendar.offsetAt(guess);
}
