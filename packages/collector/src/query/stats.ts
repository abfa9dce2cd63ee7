/** `GET /api/stats`: what happened over a range. */

import { BREAKDOWNS, type Breakdown, ROW_SORTS, type RowSort, type StatsData } from '@liveinsight/schema';
import type { Condition, ConditionLevel } from '../engine/condition.js';
import type { Axis } from '../engine/numbers-plan.js';
import { invalid, parseLimit, rejectUnknown } from '../http/query-params.js';
import { toNoteFields } from '../notes.js';
import { DAY_MS, HOUR_MS } from '../time/ms.js';
import { getAxisRows, parseAxes } from './axes.js';
import { type BucketedRollup, readBuckets, type StatsSite, sumBuckets } from './bucketed-rollup.js';
import { getRows, type RowsQuery, toDimension } from './derived-metrics.js';
import { FILTER_PARAMETERS, parseFilterLevel, parseFilters } from './filters.js';
import { knownSince, knownTotals, toPrevious, toSeries } from './points.js';
import { previousBounds } from './previous-range.js';
import type { QueryContext } from './query-context.js';
import { isAscending, parseSearch } from './search-and-order.js';
import { parseTimeRange, type TimeRange } from './time-range.js';

const DEFAULT_BREAKDOWNS: Breakdown[] = ['page', 'source', 'channel', 'country', 'device', 'browser', 'os'];
const DEFAULT_ROWS = 100;
const MAX_ROWS = 1_000;
/** As many as a day keeps, and more: for who asks for nothing else. */
const MAX_ROWS_OF_ONE = 10_000;
const PARAMETERS = new Set<string>([
  ...[
    'site',
    'from',
    'to',
    'interval',
    'timezone',
    'compare',
    'breakdown',
    'event',
    'metric',
    'order',
    'search',
    'limit',
  ],
  ...FILTER_PARAMETERS,
]);

export interface StatsQuery {
  range: TimeRange;
  conditions: Condition[];
  level: ConditionLevel;
  compare: boolean;
  breakdowns: Breakdown[];
  /** Breakdowns that rollups do not have. */
  axes: Axis[];
  rows: Pick<RowsQuery, 'sort' | 'isAscending' | 'search' | 'limit'>;
}

/** Reads a question, or throws the refusal that names what is wrong with it. */
export function parseStatsQuery(query: URLSearchParams, timezone: string, now: number): StatsQuery {
  rejectUnknown(query, PARAMETERS);
  const { breakdowns, axes } = parseBreakdowns(query);
  return {
    range: parseTimeRange(query, timezone, now),
    conditions: parseFilters(query),
    level: parseFilterLevel(query),
    compare: parseCompare(query),
    breakdowns,
    axes,
    rows: {
      sort: parseSort(query),
      isAscending: isAscending(query),
      search: parseSearch(query),
      limit: parseLimit(query, {
        max: breakdowns.length + axes.length > 1 ? MAX_ROWS : MAX_ROWS_OF_ONE,
        default: DEFAULT_ROWS,
      }),
    },
  };
}

export async function getStats(
  context: QueryContext,
  site: StatsSite,
  query: StatsQuery,
): Promise<{ data: StatsData; tailBatches: number }> {
  const { range, compare, breakdowns, axes } = query;
  const [now, before] = await Promise.all([
    read(context, site, query, range.bounds),
    compare ? read(context, site, { ...query, axes: [] }, comparedBounds(context, site, query)) : undefined,
  ]);
  const { rollup } = sumBuckets(now.buckets);
  const notes = [...now.notes, ...(before?.notes ?? [])];
  const { numbers } = now;
  const found = [
    ...breakdowns.map((breakdown) => ({
      name: breakdown,
      ...getRows(rollup, { ...query.rows, breakdown, calendar: range.calendar }, numbers),
    })),
    ...(numbers ? axes.map((axis) => ({ name: axis.name, ...getAxisRows(numbers, axis, query.rows) })) : []),
  ];
  const previous = before && toPrevious(before);
  const data: StatsData = {
    site: site.known.id,
    from: instant(range.from),
    to: instant(range.to),
    interval: range.interval,
    timezone: range.calendar.timezone,
    as_of: instant(Math.min(now.asOf, range.to)),
    ...knownSince(now.knownFrom),
    totals: knownTotals(now),
    series: toSeries(range, now),
    breakdowns: Object.fromEntries(found.map(({ name, rows }) => [name, rows])),
    row_counts: Object.fromEntries(found.map(({ name, count }) => [name, count])),
    ...(previous ? { previous } : {}),
    ...toNoteFields(notes),
  };
  return { data, tailBatches: now.tailBatches };
}

/** Beyond the log rollups know nothing of parts of an hour but sums: there it ends with the nearest whole one. */
function comparedBounds(
  { rollups }: QueryContext,
  { known, rollup }: StatsSite,
  { range, conditions }: StatsQuery,
): number[] {
  const now = rollups.now();
  return previousBounds(range, now, {
    roundBefore: conditions.length > 0 ? 0 : now - (known.retentionDays - 1) * DAY_MS,
    round: (ms) => rollup.calendar.floor(ms + HOUR_MS / 2, 'hour'),
  });
}

function read(
  context: QueryContext,
  site: StatsSite,
  { range: { calendar }, conditions, level, breakdowns, axes }: StatsQuery,
  bounds: number[],
): Promise<BucketedRollup> {
  const dimensions = new Set(breakdowns.flatMap((breakdown) => toDimension(breakdown) ?? []));
  const fiveMinuteTotals = breakdowns.includes('hour_of_week');
  const selection = {
    calendar,
    conditions,
    level,
    axes,
    fiveMinuteTotals,
    dimensions: [...dimensions],
    rowsOfEach: false,
  };
  return readBuckets(context, site, selection, bounds);
}

const instant = (ms: number): string => new Date(ms).toISOString();

function parseCompare(query: URLSearchParams): boolean {
  const raw = query.get('compare');
  if (raw !== null && raw !== 'previous') throw invalid('compare', 'must be previous');
  return raw === 'previous';
}

/** `?breakdown=page,prop:plan,source*device`, or several times. */
function parseBreakdowns(query: URLSearchParams): Pick<StatsQuery, 'breakdowns' | 'axes'> {
  const raw = query.getAll('breakdown').flatMap((names) => names.split(','));
  if (raw.length === 0) return { breakdowns: DEFAULT_BREAKDOWNS, axes: parseAxes([], query) };
  const names = new Set(raw.filter((name) => name !== ''));
  const breakdowns = BREAKDOWNS.filter((one) => names.has(one));
  const others = [...names].filter((name) => !breakdowns.some((one) => one === name));
  return {
    breakdowns: [...names].flatMap((name) => breakdowns.find((one) => one === name) ?? []),
    axes: parseAxes(others, query),
  };
}

function parseSort(query: URLSearchParams): RowSort | undefined {
  const raw = query.get('metric');
  if (raw === null) return undefined;
  const sort = ROW_SORTS.find((one) => one === raw);
  if (!sort) throw invalid('metric', `must be one of ${ROW_SORTS.join(', ')}`);
  return sort;
}
