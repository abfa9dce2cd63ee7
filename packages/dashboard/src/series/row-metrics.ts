/** The numbers of a breakdown's rows: which a dimension has, which are shown unless others are chosen, and how each reads. Pure. */
import type { Breakdown, BreakdownRow } from '@liveinsight/schema';

const ROW_METRICS = [
  'visitors',
  'sessions',
  'page_views',
  'events',
  'clicks',
  'conversions',
  'conversion_rate',
  'revenue',
  'bounce_rate',
  'average_session_duration_ms',
  'average_engaged_ms',
  'exits',
  'exit_rate',
] as const;
export type RowMetric = (typeof ROW_METRICS)[number];

export const isRowMetric = (name: string): name is RowMetric => ROW_METRICS.some((metric) => metric === name);

/** Read from events by column, so only where chosen. */
export const COSTLY: ReadonlySet<RowMetric> = new Set<RowMetric>(['visitors', 'revenue']);
export const SHARES: ReadonlySet<RowMetric> = new Set<RowMetric>([
  'conversion_rate',
  'bounce_rate',
  'exit_rate',
]);
export const DURATIONS: ReadonlySet<RowMetric> = new Set<RowMetric>([
  'average_session_duration_ms',
  'average_engaged_ms',
]);
/** Of these less is better, of the others more. */
const LESS_IS_BETTER: ReadonlySet<RowMetric> = new Set<RowMetric>(['bounce_rate', 'exit_rate', 'exits']);

const OF_PAGES: readonly RowMetric[] = [
  'visitors',
  'sessions',
  'page_views',
  'conversions',
  'conversion_rate',
  'revenue',
  'average_engaged_ms',
  'exits',
  'exit_rate',
  'clicks',
];
const OF_SESSIONS: readonly RowMetric[] = [
  'visitors',
  'sessions',
  'page_views',
  'conversions',
  'conversion_rate',
  'revenue',
  'bounce_rate',
  'average_engaged_ms',
  'average_session_duration_ms',
  'events',
  'clicks',
];

/** What rows of a dimension have. */
export function metricsOf(by: Breakdown): readonly RowMetric[] {
  switch (by) {
    case 'page':
    case 'exit_page':
      return OF_PAGES;
    case 'event_name':
      return ['events', 'visitors', 'sessions'];
    case 'click_target':
      return ['clicks', 'visitors', 'sessions'];
    case 'conversion_type':
      return ['conversions', 'visitors', 'sessions', 'conversion_rate', 'revenue'];
    default:
      return OF_SESSIONS;
  }
}

/** Shown unless others are chosen, most important first: rows are sorted by the first. */
export function usualMetrics(by: Breakdown): readonly [RowMetric, ...RowMetric[]] {
  switch (by) {
    case 'page':
      return ['page_views', 'sessions', 'average_engaged_ms', 'exit_rate'];
    case 'exit_page':
      return ['exits', 'page_views', 'exit_rate'];
    case 'event_name':
      return ['events'];
    case 'click_target':
      return ['clicks'];
    case 'conversion_type':
      return ['conversions', 'sessions', 'conversion_rate'];
    default:
      return ['sessions', 'page_views', 'bounce_rate', 'conversion_rate'];
  }
}

export type RowNumbers = Pick<BreakdownRow, RowMetric>;

/** Null: not known, or the dimension has no such number. Amounts of several currencies are no sum: they are listed one by one. */
export function rowNumber(row: RowNumbers, metric: RowMetric): number | null {
  if (metric !== 'revenue') return row[metric] ?? null;
  const revenue = rowRevenue(row);
  const amounts = Object.values(revenue ?? {});
  return revenue === null || amounts.length > 1 ? null : (amounts[0] ?? 0);
}

/** A row has no revenue where there is none; that it is known shows in its visitors. */
export const rowRevenue = ({ revenue, visitors }: RowNumbers): Readonly<Record<string, number>> | null =>
  revenue ?? (revenue === undefined && typeof visitors === 'number' ? {} : null);

/** How a number has changed: relative to the one before; infinite from nothing; undefined where nothing can be said. */
export function rowChange(
  row: RowNumbers,
  previous: RowNumbers | null | undefined,
  metric: RowMetric,
): number | undefined {
  if (!previous) return undefined;
  const [now, before] = [rowNumber(row, metric), rowNumber(previous, metric)];
  if (now === null || before === null) return undefined;
  if (now === before) return 0;
  return before === 0 ? Number.POSITIVE_INFINITY : now / before - 1;
}

/** Less than half a percent is no change. */
const LEAST = 0.005;

export function rowTone(metric: RowMetric, change: number): 'good' | 'bad' | 'same' {
  if (Math.abs(change) < LEAST) return 'same';
  return change > 0 === LESS_IS_BETTER.has(metric) ? 'bad' : 'good';
}
