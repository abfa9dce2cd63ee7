/** Numbers as people know them, from additive counters. Pure; the only place where what is approximate is clamped. */
import type { Breakdown, BreakdownRow, RowMetric, Totals } from '@liveinsight/schema';
import type { GoalTotals } from '../engine/goal-numbers.js';
import { BEGAN_IN_HOUR, hourOfWeek } from '../engine/hour-of-week.js';
import type { Numbers } from '../engine/numbers.js';
import type { NumbersPlan } from '../engine/numbers-plan.js';
import { addCounters, type Counters } from '../events/counters.js';
import type { Dimension } from '../events/dimensions.js';
import { OTHER } from '../events/over-budget.js';
import type { Rollup } from '../rollup/aggregate.js';
import { countersAt } from '../rollup/row-set.js';
import type { Calendar } from '../time/calendar.js';
import { enrichRow, toAmounts, withGoal } from './row-facts.js';
import { ratio, share } from './share.js';
import type { Table } from './table.js';
import type { TimeBucket } from './time-buckets.js';

const MICRO = 1_000_000;

/** Where they are of 5-minute totals in part, these have neither visitors nor revenue nor sessions without ordinals. */
export function toTotals(
  { rollup, additiveOnly, byEvent, isTimeUnknown }: Omit<TimeBucket, 'start' | 'end'>,
  goal?: GoalTotals,
): Totals {
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
    ...toEngagement(rollup, { sessions, isKnown: !additiveOnly && !byEvent }),
    average_session_duration_ms: byEvent ? null : Math.round(ratio(totals.duration_ms, sessions)),
    average_engaged_ms: isTimeUnknown ? null : Math.round(ratio(totals.engaged_ms, totals.page_views)),
    revenue: additiveOnly ? null : toRevenue(rollup),
    ...(goal
      ? {
          conversions: goal.conversions,
          conversion_rate: byEvent ? null : share(goal.sessions, sessions),
          goal_value: toAmounts(goal.amounts),
        }
      : {}),
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
  engaged_sessions: null,
  engagement_rate: null,
  average_session_duration_ms: null,
  average_engaged_ms: null,
  revenue: null,
};

/** Sums of five minutes do not say whether engaged sessions were counted in them; single events say nothing of the rest. */
function toEngagement(
  { totals, knowsEngaged }: Rollup,
  { sessions, isKnown }: { sessions: number; isKnown: boolean },
): Pick<Totals, 'engaged_sessions' | 'engagement_rate'> {
  if (!isKnown || !knowsEngaged) return { engaged_sessions: null, engagement_rate: null };
  return {
    engaged_sessions: totals.engaged_sessions,
    engagement_rate: share(totals.engaged_sessions, sessions),
  };
}

export const countSessions = ({ totals, unnumbered_sessions }: Rollup, additiveOnly: boolean): number =>
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
  breakdown: Breakdown;
  calendar: Calendar;
  /** Sessions of the period. */
  sessions: number;
}

/**
 * All rows of a breakdown.
 * @param numbers from columns, which know more of rows
 */
export function toTable(rollup: Rollup, query: RowsQuery, numbers?: Numbers): Table {
  const { breakdown, calendar, sessions } = query;
  const isEventLevel = numbers?.plan.level === 'event';
  const axis = toDimension(breakdown) ?? breakdown;
  const rows = [...countersBy(rollup, breakdown, calendar)].map(([value, counters]) => {
    const row = toRow(value, counters, breakdown, { sessions, knowsEngaged: rollup.knowsEngaged });
    if (!numbers) return row;
    const enriched = enrichRow(row, numbers, axis);
    // Sessions of an hour are those that began in it.
    const began = breakdown === 'hour_of_week' && !isEventLevel && row.sessions !== undefined;
    const counted = began ? { ...enriched, ...row } : enriched;
    return withGoal(counted, numbers, breakdown === 'hour_of_week' ? BEGAN_IN_HOUR : axis);
  });
  return { name: breakdown, main: mainMetric(breakdown, numbers?.plan), rows };
}

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

function mainMetric(breakdown: Breakdown, plan?: NumbersPlan): RowMetric {
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
      return plan?.goal ? 'events' : 'conversions';
    default:
      return plan?.level === 'event' ? 'events' : 'sessions';
  }
}

export interface RowPeriod {
  /** Of which a conversion type has its share. */
  sessions: number;
  /** Whether engaged sessions are counted in all of it. */
  knowsEngaged: boolean;
}

export function toRow(
  value: string,
  counters: Counters,
  breakdown: Breakdown,
  period: RowPeriod,
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
        conversion_rate: share(converting_sessions, period.sessions),
      };
    default:
      return toSessionRow(value, counters, period);
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
function toSessionRow(
  value: string,
  counters: Counters,
  { knowsEngaged }: Pick<RowPeriod, 'knowsEngaged'>,
): BreakdownRow {
  const { page_views, sessions } = counters;
  return {
    ...toCommonRow(value, counters),
    bounce_rate: share(sessions - counters.second_views, sessions),
    average_session_duration_ms: Math.round(ratio(counters.duration_ms, sessions)),
    average_engaged_ms: Math.round(ratio(counters.engaged_ms, page_views)),
    engaged_sessions: knowsEngaged ? counters.engaged_sessions : null,
    engagement_rate: knowsEngaged ? share(counters.engaged_sessions, sessions) : null,
  };
}

/** A row of an axis; where it is of single events, of what these count, and of pages the time that was spent on them. */
export function toAxisRow(
  value: string,
  counters: Counters,
  of: 'context' | 'page' | 'event',
  period: Pick<RowPeriod, 'knowsEngaged'>,
): BreakdownRow {
  if (of === 'context') return toSessionRow(value, counters, period);
  const { page_views, events, clicks, conversions } = counters;
  const row = { value, page_views, events, clicks, conversions };
  if (of === 'event') return row;
  return { ...row, average_engaged_ms: Math.round(ratio(counters.engaged_ms, page_views)) };
}
