/** Ranges that a dashboard asks for, and what they mean by a calendar on the wall. */
import type { Interval } from '@liveinsight/schema';
import { daysBefore, startOf, startsOf } from './clock.js';
import type { Span, Wanted } from './truth.js';

const HOUR_MS = 3_600_000;

export interface Range {
  /** As the dashboard's URL has it. */
  name: string;
  /** The query of the API. */
  query: string;
  interval: Interval;
  span: Span;
  starts: number[];
  /** The period before, as far as the range has come. */
  before: Span & { starts: number[] };
}

export function rangeOf(name: string, now: number, zone: string): Range {
  const today = startOf(now, 'day', zone);
  const ofDays = (days: number, interval: Interval, query: string): Range => {
    const from = startOf(now, 'day', zone, 1 - days);
    const end =
      interval === 'hour'
        ? now - (now % HOUR_MS) + HOUR_MS
        : startOf(now, interval === 'week' ? 'week' : 'day', zone, 1);
    return made(name, query, interval, from, end, (ms) => daysBefore(ms, days, zone));
  };
  function made(
    title: string,
    query: string,
    interval: Interval,
    from: number,
    to: number,
    back: (ms: number) => number,
  ): Range {
    const starts = startsOf(from, to, interval, zone);
    const end = Math.min(to, now);
    return {
      name: title,
      query,
      interval,
      span: { from, to },
      starts,
      before: { from: back(from), to: back(end), starts: starts.map(back) },
    };
  }
  switch (name) {
    case 'today':
      return ofDays(1, 'hour', 'from=0d');
    case '24h': {
      const from = now - (now % HOUR_MS) - 23 * HOUR_MS;
      return made(name, 'from=23h', 'hour', from, from + 24 * HOUR_MS, (ms) => daysBefore(ms, 1, zone));
    }
    case 'yesterday': {
      const from = startOf(now, 'day', zone, -1);
      const date = new Intl.DateTimeFormat('sv', { timeZone: zone }).format(from);
      return made(name, `from=${date}&to=${date}`, 'hour', from, today, (ms) => daysBefore(ms, 1, zone));
    }
    case '7d':
      return ofDays(7, 'day', 'from=6d');
    case '30d':
      return ofDays(30, 'day', 'from=29d');
    case '90d':
      return ofDays(90, 'day', 'from=89d');
    case '90d&interval=week':
      return ofDays(90, 'week', 'from=89d&interval=week');
    case '12mo': {
      const from = startOf(now, 'month', zone, -11);
      const to = startOf(now, 'month', zone, 1);
      const months = (ms: number) => {
        const start = startOf(ms, 'month', zone);
        return startOf(start, 'month', zone, -12) + (ms - start);
      };
      return made(name, 'from=11mo', 'month', from, to, months);
    }
    default:
      throw new Error(`no range ${name}`);
  }
}

export interface Narrowed {
  query: string;
  wanted: Wanted;
}

export const FILTERS: Narrowed[] = [
  { query: 'source=google', wanted: ({ source }) => source === 'google' },
  {
    query: 'country=KR&country=DE&device=!mobile',
    wanted: ({ country, device }) => ['KR', 'DE'].includes(country) && device !== 'mobile',
  },
  { query: 'utm_campaign=harvest', wanted: ({ utm }) => utm?.campaign === 'harvest' },
  {
    query: `page=${encodeURIComponent('/블로그/제주 커피')}`,
    wanted: (_, facts) =>
      facts.some(({ kind, page }) => kind === 'page_view' && page === '/블로그/제주 커피'),
  },
];
