/** The bounds of the period that a range is compared with, point by point. Pure. */
import type { Calendar } from '../time/calendar.js';
import { DAY_MS, HOUR_MS } from '../time/ms.js';
import type { Comparison } from './comparison.js';
import { type TimeRange, toBounds } from './time-range.js';

/** Shorter spans are compared with the time just before; longer ones with the same hours of days before. */
const SHORTEST_BY_DAYS_MS = 3 * HOUR_MS;
const WEEK_DAYS = 7;
/** As many weeks as a year has: the same weekday, a day or two later in the month. */
const YEAR_DAYS = 52 * WEEK_DAYS;
const YEAR_MONTHS = 12;

type Shift = (ms: number) => number;

export interface ComparedRounding {
  /** Ends before this time (ms) are rounded by `round`: nothing finer is known of then. */
  roundBefore: number;
  round: Shift;
}

/**
 * Bounds of the intervals that correspond to those of `range`, in order. The last ends where the range has come to:
 * an unfinished period is compared with the same share of the other one; a period whose end is given ends there. On a day
 * without its counterpart, as an hour that the clock skipped, an interval is empty.
 */
export function previousBounds(
  range: TimeRange,
  now: number,
  { roundBefore, round }: ComparedRounding,
  comparison: Comparison = { with: 'previous', byWeekday: false },
): number[] {
  const [first = range.from] = range.bounds;
  const shift = getShift(range, now, comparison);
  if (comparison.with === 'custom' && comparison.to !== undefined)
    return boundsUntil(range, shift, moveEnd(range, comparison, shift));
  const end = Math.max(first, Math.min(range.to, now));
  const starts = range.bounds.filter((bound) => bound < end || bound === first).map(shift);
  const exact = shift(end);
  const last = exact < roundBefore ? round(exact) : exact;
  return inOrder([...starts, last]);
}

function inOrder(bounds: number[]): number[] {
  const ordered: number[] = [];
  for (const bound of bounds) ordered.push(Math.max(bound, ordered.at(-1) ?? bound));
  return ordered;
}

/** A period of its own length: intervals as those of the range, then further ones up to its end. */
function boundsUntil({ bounds, interval, calendar }: TimeRange, shift: Shift, to: number): number[] {
  const shifted = inOrder(bounds.map(shift));
  const inside = shifted.filter((bound, index) => index === 0 || bound < to);
  const last = inside.at(-1) ?? to;
  if (inside.length < shifted.length) return [...inside, to];
  return last < to ? [...inside.slice(0, -1), ...toBounds(calendar, interval, last, to, to)] : inside;
}

/** Where weekdays are aligned, the end moves by as many days as the beginning. */
function moveEnd(range: TimeRange, comparison: Comparison & { with: 'custom' }, shift: Shift): number {
  const { calendar } = range;
  const days = wallClock(calendar, shift(range.from)) - wallClock(calendar, comparison.from);
  return atWallClock(calendar, wallClock(calendar, comparison.to ?? range.to) + days);
}

function getShift(range: TimeRange, now: number, comparison: Comparison): Shift {
  switch (comparison.with) {
    case 'previous':
      return shiftToPrevious(range, now, comparison.byWeekday);
    case 'year':
      return comparison.byWeekday ? byDays(range, YEAR_DAYS) : byMonths(range, YEAR_MONTHS);
    case 'custom':
      return shiftTo(range, comparison);
  }
}

function shiftToPrevious(range: TimeRange, now: number, byWeekday: boolean): Shift {
  const { calendar, interval, bounds, from, to } = range;
  if (!byWeekday && interval === 'month' && isStart(calendar, from, 'month'))
    return byMonths(range, bounds.length - 1);
  const isOfDays = isStart(calendar, from, 'day');
  const end = isOfDays && to > now ? calendar.next(calendar.floor(now, 'day'), 'day') : to;
  if (!byWeekday && !isOfDays && to - from < SHORTEST_BY_DAYS_MS) return (ms) => ms - (to - from);
  const days = Math.max(1, Math.ceil((wallClock(calendar, end) - wallClock(calendar, from)) / DAY_MS));
  return byDays(range, byWeekday ? Math.ceil(days / WEEK_DAYS) * WEEK_DAYS : days);
}

/** To a given beginning; with weekdays aligned, to the nearest day that is the same weekday. */
function shiftTo(range: TimeRange, { from, byWeekday }: Comparison & { with: 'custom' }): Shift {
  const { calendar, interval } = range;
  if (!byWeekday && interval === 'month' && [range.from, from].every((ms) => isStart(calendar, ms, 'month')))
    return byMonths(range, monthNumber(calendar, range.from) - monthNumber(calendar, from));
  const back = wallClock(calendar, range.from) - wallClock(calendar, from);
  const weeks = Math.round(back / (WEEK_DAYS * DAY_MS));
  return byWeekday ? byDays(range, weeks * WEEK_DAYS) : byDays(range, back / DAY_MS);
}

const byDays =
  ({ calendar }: TimeRange, days: number): Shift =>
  (ms) =>
    atWallClock(calendar, wallClock(calendar, ms) - days * DAY_MS);

const byMonths =
  ({ calendar }: TimeRange, months: number): Shift =>
  (ms) =>
    monthsBefore(calendar, ms, months);

const isStart = (calendar: Calendar, ms: number, unit: 'day' | 'month'): boolean =>
  calendar.floor(ms, unit) === ms;

const MONTHS_OF_YEAR = 12;

/** Months since year 0 of the zone's clock. */
function monthNumber(calendar: Calendar, ms: number): number {
  const date = new Date(wallClock(calendar, ms));
  return date.getUTCFullYear() * MONTHS_OF_YEAR + date.getUTCMonth();
}

/** The same time of the same day of an earlier month, or with less than 0 of a later one; at most that month's end. */
function monthsBefore(calendar: Calendar, ms: number, months: number): number {
  const start = calendar.floor(ms, 'month');
  let other = start;
  for (let month = 0; month < months; month += 1) other = calendar.floor(other - 1, 'month');
  for (let month = 0; month > months; month -= 1) other = calendar.next(other, 'month');
  const into = wallClock(calendar, ms) - wallClock(calendar, start);
  return Math.min(atWallClock(calendar, wallClock(calendar, other) + into), calendar.next(other, 'month'));
}

/** What the zone's clocks show, as if it were UTC. */
const wallClock = (calendar: Calendar, ms: number): number => ms + calendar.offsetAt(ms);

/** When the zone's clocks show that; where they skip it, when they have. */
function atWallClock(calendar: Calendar, wall: number): number {
  const guess = wall - calendar.offsetAt(wall);
  return wall - calendar.offsetAt(guess);
}
