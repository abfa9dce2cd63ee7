/** Hours, days, weeks and months of a time zone as instants in UTC; right across every change of its clock. */

import { MAX_CALENDAR_DAYS, MAX_CALENDARS, MAX_ZONE_NAMES } from '../budgets.js';
import { LruMap } from '../cache/lru-map.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './ms.js';

export type Unit = 'hour' | 'day' | 'week' | 'month';

/** The clock of one time zone. All instants are ms since 1970; stretches are `[floor(t), next(floor(t)))`. */
export interface Calendar {
  timezone: string;
  /** The first instant of the unit that `ms` is in. Weeks begin on Monday. */
  floor(ms: number, unit: Unit): number;
  /** The first instant of the unit after the one that begins at `start`. */
  next(start: number, unit: Unit): number;
  /** What local time is ahead of UTC at that instant, in ms. */
  offsetAt(ms: number): number;
}

/** Offsets within one UTC day: `before` up to `change`, `after` from it on. */
interface DayOffsets {
  before: number;
  change: number;
  after: number;
}

/** By the zone's one name: `eUrOpE/bErLiN` and `Asia/Kolkata` are zones that have others. */
const calendars = new LruMap<Calendar>(MAX_CALENDARS);

/** The names of zones by what was asked for, in lower case: to look one up takes memory that is freed late. */
const names = new LruMap<string>(MAX_ZONE_NAMES);

function canonicalName(timezone: string): string {
  const lowerCase = timezone.toLowerCase();
  const known = names.get(lowerCase);
  if (known !== undefined) return known;
  const name = new Intl.DateTimeFormat('en-US', { timeZone: timezone }).resolvedOptions().timeZone;
  names.set(lowerCase, name);
  return name;
}

/** Throws a RangeError for a name that is no time zone. */
export function getCalendar(timezone: string): Calendar {
  const known = calendars.get(timezone);
  if (known) return known;
  const name = canonicalName(timezone);
  let calendar = calendars.get(name);
  if (!calendar) {
    calendar = makeCalendar(name);
    calendars.set(name, calendar);
  }
  // Who asks by an older or newer name of a zone is answered by it.
  return timezone.toLowerCase() === name.toLowerCase() ? calendar : { ...calendar, timezone };
}

/** Whether both zones' hours begin together throughout `[from, to)`: then hours of one make days of the other. */
export function hoursAlign(one: Calendar, other: Calendar, from: number, to: number): boolean {
  const misaligned = (ms: number) => (one.offsetAt(ms) - other.offsetAt(ms)) % HOUR_MS !== 0;
  // No zone's clock changes twice within a UTC day.
  for (let day = Math.floor(from / DAY_MS); day * DAY_MS < to; day += 1) {
    if (misaligned(Math.max(from, day * DAY_MS)) || misaligned(Math.min(to, (day + 1) * DAY_MS) - 1))
      return false;
  }
  return true;
}

function makeCalendar(timezone: string): Calendar {
  const getOffsets = dayOffsets(timezone);

  const offsetAt = (ms: number): number => {
    const { before, change, after } = getOffsets(Math.floor(ms / DAY_MS));
    return ms < change ? before : after;
  };

  /** The change of the clock in `(from, to]`, if there is one; the stretch is a few days at most. */
  const changeWithin = (from: number, to: number): number | undefined => {
    for (let day = Math.floor(from / DAY_MS); day * DAY_MS <= to; day += 1) {
      const { before, change, after } = getOffsets(day);
      if (before !== after && change > from && change <= to) return change;
    }
    return undefined;
  };

  /** The first instant at which the local clock shows `local` (ms as if it were UTC) or later. */
  const firstInstantAt = (local: number): number => {
    const change = changeWithin(local - DAY_MS, local + DAY_MS);
    if (change === undefined) return local - offsetAt(local);
    const asBefore = local - offsetAt(change - 1);
    return asBefore < change ? asBefore : Math.max(change, local - offsetAt(change));
  };

  const hourFloor = (ms: number): number => {
    const offset = offsetAt(ms);
    const start = Math.floor((ms + offset) / HOUR_MS) * HOUR_MS - offset;
    // Clocks that change by half an hour leave a short hour, which begins at the change.
    return Math.max(start, changeWithin(start, ms) ?? start);
  };

  return {
    timezone,
    offsetAt,
    floor(ms, unit) {
      if (unit === 'hour') return hourFloor(ms);
      const local = localFloor(ms + offsetAt(ms), unit);
      // Where the clock goes back over midnight, the repeated end of a day belongs to the day begun already.
      const following = firstInstantAt(localNext(local, unit));
      return following <= ms ? following : firstInstantAt(local);
    },
    next(start, unit) {
      if (unit === 'hour') {
        const offset = offsetAt(start);
        const end = (Math.floor((start + offset) / HOUR_MS) + 1) * HOUR_MS - offset;
        return Math.min(end, changeWithin(start, end) ?? end);
      }
      return firstInstantAt(localNext(localFloor(start + offsetAt(start), unit), unit));
    },
  };
}

function localFloor(local: number, unit: Exclude<Unit, 'hour'>): number {
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  const date = new Date(midnight);
  if (unit === 'week') return midnight - ((date.getUTCDay() + 6) % 7) * DAY_MS;
  return unit === 'month' ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) : midnight;
}

function localNext(local: number, unit: Exclude<Unit, 'hour'>): number {
  const date = new Date(local);
  if (unit === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  return local + (unit === 'week' ? 7 : 1) * DAY_MS;
}

/** Offsets of a zone by UTC day (days since 1970), looked up once per day. */
function dayOffsets(timezone: string): (day: number) => DayOffsets {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const known = new Map<number, DayOffsets>();
  /** Days without a change, one for each offset that the zone has: nearly all days are one of these. */
  const unchanged = new Map<number, DayOffsets>();

  const lookUp = (ms: number): number => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
  };

  const findChange = (start: number, before: number, after: number): number => {
    let [same, changed] = [start, start + DAY_MS];
    while (before !== after && changed - same > MINUTE_MS) {
      const middle = same + Math.floor((changed - same) / 2 / MINUTE_MS) * MINUTE_MS;
      if (lookUp(middle) === before) same = middle;
      else changed = middle;
    }
    return changed;
  };

  const sameAllDay = (offset: number): DayOffsets => {
    const day = unchanged.get(offset) ?? { before: offset, change: Number.POSITIVE_INFINITY, after: offset };
    unchanged.set(offset, day);
    return day;
  };

  return (day) => {
    let offsets = known.get(day);
    if (!offsets) {
      const before = lookUp(day * DAY_MS);
      const after = lookUp((day + 1) * DAY_MS);
      offsets =
        before === after
          ? sameAllDay(before)
          : { before, change: findChange(day * DAY_MS, before, after), after };
      if (known.size >= MAX_CALENDAR_DAYS) known.clear();
      known.set(day, offsets);
    }
    return offsets;
  };
}
