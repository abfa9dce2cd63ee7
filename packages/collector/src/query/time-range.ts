/** The range of time that a question is about, and the bounds of its intervals. Pure. */

import {
  FIRST_MILLISECOND_TIMESTAMP,
  FIRST_SECOND_TIMESTAMP,
  INTERVALS,
  type Interval,
  parseDate,
  parseInstant,
} from '@liveinsight/schema';
import { invalid } from '../http/query-params.js';
import { FIVE_MINUTES_MS } from '../rollup/aggregate.js';
import { type Calendar, getCalendar } from '../time/calendar.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time/ms.js';

/** Points that a series can have. */
const MAX_POINTS = 1_000;
const MAX_RANGE_DAYS = 3_660;
const FORMS =
  'must be a date as 2026-01-31, an ISO 8601 instant with its zone as 2026-01-31T09:00:00Z, seconds or milliseconds since 1970, or a time ago as 30m, 24h, 7d or 12mo';

export interface TimeRange {
  from: number;
  /** Where that is now: the end of the interval under way. */
  to: number;
  interval: Interval;
  calendar: Calendar;
  /** Of the intervals, in order: the first is `from`, the last is `to`. */
  bounds: number[];
}

/** Reads `from`, `to`, `interval` and `timezone`; the default is the last 24 hours by the hour. */
export function parseTimeRange(query: URLSearchParams, siteTimezone: string, now: number): TimeRange {
  const calendar = parseTimezone(query, siteTimezone);
  const { from, to } = parseSpan(query, calendar, now);
  const interval = parseInterval(query, to - from);
  const start = Math.floor(from / FIVE_MINUTES_MS) * FIVE_MINUTES_MS;
  const bounds = toBounds(
    calendar,
    interval,
    start,
    to >= now ? undefined : Math.ceil(to / FIVE_MINUTES_MS) * FIVE_MINUTES_MS,
    now,
  );
  return { from: start, to: bounds.at(-1) ?? to, interval, calendar, bounds };
}

/** Reads `from` and `to` alone, to the millisecond; the default is the last 24 hours. */
export function parseSpan(
  query: URLSearchParams,
  calendar: Calendar,
  now: number,
): { from: number; to: number } {
  const to = parseTime(query, 'to', 'end', calendar, now) ?? now;
  const from = parseTime(query, 'from', 'start', calendar, now) ?? calendar.floor(to - DAY_MS, 'hour');
  if (from >= to) throw invalid('from', 'must be before to');
  checkLength('from', from, 'to', to);
  return { from, to };
}

/** Rejects a range that is too long, by the names of its bounds. */
export function checkLength(fromName: string, from: number, toName: string, to: number): void {
  if (to - from > MAX_RANGE_DAYS * DAY_MS)
    throw invalid(fromName, `must be at most ${MAX_RANGE_DAYS} days before ${toName}`);
}

/** Whether `[start, end)` is an interval from its beginning to its end. */
export const isFullInterval = ({ calendar, interval }: TimeRange, start: number, end: number): boolean =>
  floorBound(calendar, interval, start) === start && nextBound(calendar, interval, start) === end;

/** Reads `timezone`; the default is the site's. */
export function parseTimezone(query: URLSearchParams, siteTimezone: string): Calendar {
  const raw = query.get('timezone') || siteTimezone;
  try {
    return getCalendar(raw.slice(0, 64));
  } catch {
    throw invalid('timezone', 'must be an IANA name as Europe/Berlin');
  }
}

/**
 * Reads one bound of a range; undefined where it is not given.
 * @param edge of its range: a date is the whole local day, so a range ends with its end
 */
export function parseTime(
  query: URLSearchParams,
  name: string,
  edge: 'start' | 'end',
  calendar: Calendar,
  now: number,
): number | undefined {
  const raw = query.get(name);
  if (raw === null || raw === '') return undefined;
  const [, amount, unit] = /^(\d{1,5})(m|h|d|mo)$/.exec(raw) ?? [];
  const time = unit
    ? timeAgo(Number(amount), unit, calendar, now)
    : (parseEpoch(raw) ?? parseLocalDate(raw, edge, calendar) ?? parseInstant(raw));
  if (time === undefined || Number.isNaN(new Date(time).getTime())) throw invalid(name, FORMS);
  return time;
}

/** So long ago, from the beginning of that unit on. */
function timeAgo(amount: number, unit: string, calendar: Calendar, now: number): number {
  switch (unit) {
    case 'm':
      return Math.floor((now - amount * MINUTE_MS) / FIVE_MINUTES_MS) * FIVE_MINUTES_MS;
    case 'h':
      return calendar.floor(now - amount * HOUR_MS, 'hour');
    case 'd':
      return calendar.floor(now - amount * DAY_MS, 'day');
    default: {
      let start = calendar.floor(now, 'month');
      for (let month = 0; month < Math.min(amount, 130); month += 1)
        start = calendar.floor(start - 1, 'month');
      return start;
    }
  }
}

/** Seconds or milliseconds since 1970, told apart as everywhere; a smaller number is a year or a day that somebody meant. */
function parseEpoch(raw: string): number | undefined {
  const time = /^\d{1,16}$/.test(raw) ? Number(raw) : 0;
  if (time < FIRST_SECOND_TIMESTAMP) return undefined;
  return time < FIRST_MILLISECOND_TIMESTAMP ? time * 1_000 : time;
}

/** A date is the whole local day. */
function parseLocalDate(date: string, edge: 'start' | 'end', calendar: Calendar): number | undefined {
  const midnight = parseDate(date);
  if (midnight === undefined) return undefined;
  const noon = midnight + DAY_MS / 2;
  const start = calendar.floor(noon - calendar.offsetAt(noon), 'day');
  return edge === 'start' ? start : calendar.next(start, 'day');
}

function parseInterval(query: URLSearchParams, span: number): Interval {
  const raw = query.get('interval');
  if (!raw) return defaultInterval(span);
  const interval = INTERVALS.find((name) => name === raw);
  if (!interval) throw invalid('interval', `must be one of ${INTERVALS.join(', ')}`);
  return interval;
}

function defaultInterval(span: number): Interval {
  if (span <= 2 * HOUR_MS) return '5m';
  if (span <= 3 * DAY_MS) return 'hour';
  return span <= 100 * DAY_MS ? 'day' : 'month';
}

export function toBounds(
  calendar: Calendar,
  interval: Interval,
  from: number,
  to: number | undefined,
  now: number,
): number[] {
  const bounds = [from];
  for (let last = from; last < (to ?? now); bounds.push(last)) {
    if (bounds.length > MAX_POINTS) {
      throw invalid('interval', `must give at most ${MAX_POINTS} points over this range: take a longer one`);
    }
    last = Math.min(
      nextBound(calendar, interval, floorBound(calendar, interval, last)),
      to ?? Number.POSITIVE_INFINITY,
    );
  }
  return bounds;
}

const floorBound = (calendar: Calendar, interval: Interval, ms: number): number =>
  interval === '5m' ? Math.floor(ms / FIVE_MINUTES_MS) * FIVE_MINUTES_MS : calendar.floor(ms, interval);

const nextBound = (calendar: Calendar, interval: Interval, start: number): number =>
  interval === '5m' ? start + FIVE_MINUTES_MS : calendar.next(start, interval);
