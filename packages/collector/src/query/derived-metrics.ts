/** Numbers as people know them, from additive counters. Pure; the only place where what is approximate is clamped. */
import type { Breakdown, BreakdownRow, RowMetric, RowSort, Totals } from '@liveinsight/schema';
import { hourOfWeek } from '../engine/hour-of-week.js';
import type { Numbers } from '../engine/numbers.js';
import { addCounters, type Counters } from '../events/counters.js';
import type { Dimension } from '../events/dimensions.js';
import { OTHER } from '../events/over-budget.js';
import type { Rollup } from '../rollup/aggregate.js';
import { countersAt } from '../rollup/row-set.js';
import type { Calendar } from '../time/calendar.js';
import { enrichRow } from './row-facts.js';
import { decodeValue, hasText } from './search-and-order.js';
import type { TimeBucket } from './time-buckets.js';

const MICRO = 1_000_000;

/** Where they are of 5-minute totals in part, these have neither visitors nor revenue nor sessions without ordinals. */
export function toTotals({ rollup, additiveOnly, byEvent }: Omit<TimeBucket, 'start' | 'end'>): Totals {
  const { totals, visitors } = rollup;
  const sessions = countSessions(rollup, additiveOnly);
  return {
    visitors: additiveOnly ? null : visitors.count(),
    sessions,
    page_views: totals.page_views,
    views_per_session: ratio(totals.page_views, sessions),
    events: totals.events,
    clicks: totals.clicks,
    conversions: totals.conversions,
    conversion_rate: byEvent ? null : share(totals.converting_sessions, sessions),
    bounce_rate: byEvent ? null : share(totals.sessions - totals.second_views, totals.sessions),
    average_session_duration_ms: byEvent ? null : Math.round(ratio(totals.duration_ms, sessions)),
    average_engaged_ms: Math.round(ratio(totals.engaged_ms, totals.page_views)),
    revenue: additiveOnly ? null : toRevenue(rollup),
  };
}

/** Of a period of which nothing is known. */
export const UNKNOWN_TOTALS: Totals = {
  visitors: null,
  sessions: null,
  page_views: null,
  views_per_session: null,
  events: null,
  clicks: null,
  conversions: null,
  conversion_rate: null,
  bounce_rate: null,
  average_session_duration_ms: null,
  average_engaged_ms: null,
  revenue: null,
};

const countSessions = ({ totals, unnumbered_sessions }: Rollup, additiveOnly: boolean): number =>
  totals.sessions + (additiveOnly ? 0 : unnumbered_sessions.count());

/** The currency that is paid in most often first: an amount says nothing of that, a yen is not a euro. */
export function toRevenue({
  revenue,
  payments,
}: Pick<Rollup, 'payments'> & { revenue: ReadonlyMap<string, number> }): Record<string, number> {
  const used = (currency: string) => payments.get(currency) ?? 0;
  const sorted = [...revenue].sort(([a], [b]) => used(b) - used(a) || (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([currency, micros]) => [currency, micros / MICRO]));
}

export interface RowsQuery {
  /** Default: what the breakdown is about. */
  sort: RowSort | undefined;
  /** Default: the largest first. */
  isAscending: boolean;
  /** Text that values must have in them. Default: any. */
  search: string;
  limit: number;
}

/**
 * The first rows of a breakdown, and how many there are.
 * @param numbers from columns, which know more of rows
 */
export function getRows(
  rollup: Rollup,
  query: RowsQuery & { breakdown: Breakdown; calendar: Calendar },
  numbers?: Numbers,
): FoundRows {
  const { breakdown, calendar, search } = query;
  const sessions = countSessions(rollup, false);
  const dimension = toDimension(breakdown);
  const rows = [...countersBy(rollup, breakdown, calendar)]
    .filter(([value]) => hasText(value, search))
    .map(([value, counters]) => {
      const row = toRow(value, counters, breakdown, sessions);
      return numbers ? enrichRow(row, numbers, dimension ?? breakdown) : row;
    });
  return sortRows(rows, query, mainMetric(breakdown, numbers?.plan.level === 'event'));
}

export interface FoundRows {
  rows: BreakdownRow[];
  count: number;
}

/** @param main what the rows are about */
export function sortRows(
  rows: BreakdownRow[],
  { sort, isAscending, limit }: RowsQuery,
  main: RowMetric,
): FoundRows {
  const sign = isAscending ? -1 : 1;
  const found = rows.filter((row) => (row[main] ?? 0) > 0);
  found.sort(
    (a, b) => sign * largerFirst(a, b, sort ?? main) || b.events - a.events || (a.value < b.value ? -1 : 1),
  );
  return { rows: found.slice(0, limit), count: found.length };
}

const largerFirst = (a: BreakdownRow, b: BreakdownRow, by: RowSort): number =>
  by === 'value'
    ? decodeValue(b.value).localeCompare(decodeValue(a.value), 'en')
    : (b[by] ?? 0) - (a[by] ?? 0);

function countersBy(rollup: Rollup, breakdown: Breakdown, calendar: Calendar): Map<string, Counters> {
  const dimension = toDimension(breakdown);
  return dimension ? rollup.rows[dimension] : hoursOfWeek(rollup, calendar);
}

/** The dimension whose rows a breakdown is made of; undefined for one that is made of strips. */
export function toDimension(breakdown: Breakdown): Dimension | undefined {
  if (breakdown === 'hour_of_week') return undefined;
  return breakdown === 'exit_page' ? 'page' : breakdown;
}

function hoursOfWeek({ fiveMinuteTotals }: Rollup, calendar: Calendar): Map<string, Counters> {
  const hours = new Map<string, Counters>();
  for (const [start, counters] of fiveMinuteTotals)
    addCounters(countersAt(hours, hourOfWeek(start, calendar)), counters);
  return hours;
}

function mainMetric(breakdown: Breakdown, byEvent: boolean): RowMetric {
  switch (breakdown) {
    case 'page':
    case 'hour_of_week':
      return 'page_views';
    case 'exit_page':
      return 'exits';
    case 'event_name':
      return 'events';
    case 'click_target':
      return 'clicks';
    case 'conversion_type':
      return 'conversions';
    default:
      return byEvent ? 'events' : 'sessions';
  }
}

/** @param allSessions of the period, of which a conversion type has its share */
export function toRow(
  value: string,
  counters: Counters,
  breakdown: Breakdown,
  allSessions: number,
): BreakdownRow {
  const { page_views, events, clicks, conversions, converting_sessions } = counters;
  switch (breakdown) {
    case 'page':
    case 'exit_page': {
      const exits = value === OTHER ? 0 : Math.max(0, page_views - counters.continued);
      return {
        ...toCommonRow(value, counters),
        average_engaged_ms: Math.round(ratio(counters.engaged_ms, page_views)),
        exits,
        exit_rate: share(exits, page_views),
      };
    }
    // How many sessions had such an event is known of conversions alone, which are numbered by their type.
    case 'event_name':
      return { value, events, page_views, clicks, conversions };
    case 'click_target':
      return { value, events: clicks, clicks, conversions };
    case 'conversion_type':
      return {
        value,
        events: conversions,
        conversions,
        sessions: converting_sessions,
        conversion_rate: share(converting_sessions, allSessions),
      };
    default:
      return toSessionRow(value, counters);
  }
}

function toCommonRow(value: string, counters: Counters): BreakdownRow {
  const { page_views, sessions, events, clicks, conversions, converting_sessions } = counters;
  return {
    value,
    page_views,
    sessions,
    events,
    clicks,
    conversions,
    conversion_rate: share(converting_sessions, sessions),
  };
}

/** Of what a session has one of. */
function toSessionRow(value: string, counters: Counters): BreakdownRow {
  const { page_views, sessions } = counters;
  return {
    ...toCommonRow(value, counters),
    bounce_rate: share(sessions - counters.second_views, sessions),
    average_session_duration_ms: Math.round(ratio(counters.duration_ms, sessions)),
    average_engaged_ms: Math.round(ratio(counters.engaged_ms, page_views)),
  };
}

/** A row of an axis; where it is of single events, of what these count. */
export function toAxisRow(value: string, counters: Counters, isOfContext: boolean): BreakdownRow {
  if (isOfContext) return toSessionRow(value, counters);
  const { page_views, events, clicks, conversions } = counters;
  return { value, page_views, events, clicks, conversions };
}

const ratio = (part: number, total: number): number => (total > 0 ? part / total : 0);

/** Sessions that cross an edge of the range can push a share a little over its bounds. */
const share = (part: number, total: number): number => Math.min(1, Math.max(0, ratio(part, total)));
