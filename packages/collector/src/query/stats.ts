/** `GET /api/stats`: what happened over a range. */
import { BREAKDOWNS, type Breakdown, ROW_SORTS, type RowSort, type StatsData } from '@liveinsight/schema';
import { invalid, limitOf, rejectUnknown } from '../http/query-params.js';
import { tellNotes } from '../notes.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import { readStretches, type StatsSite, type Stretches, sumOf } from './bucketed-rollup.js';
import { dimensionOf, type RowsQuestion, rowsOf } from './derived-metrics.js';
import { type Filter, filtersOf } from './filters.js';
import { knownSince, knownTotals, previousOf, seriesOf } from './points.js';
import { previousBounds } from './previous-range.js';
import { isAscending, searchOf } from './search-and-order.js';
import { type TimeRange, timeRangeOf } from './time-range.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
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
    'metric',
    'order',
    'search',
    'limit',
  ],
  ...BREAKDOWNS,
]);

export interface StatsQuery {
  range: TimeRange;
  filters: Filter[];
  compare: boolean;
  breakdowns: Breakdown[];
  rows: Pick<RowsQuestion, 'sort' | 'isAscending' | 'search' | 'limit'>;
}

/** Reads a question, or throws the refusal that names what is wrong with it. */
export function parseStatsQuery(query: URLSearchParams, timezone: string, now: number): StatsQuery {
  rejectUnknown(query, PARAMETERS);
  const breakdowns = breakdownsOf(query);
  return {
    range: timeRangeOf(query, timezone, now),
    filters: filtersOf(query),
    compare: compareOf(query),
    breakdowns,
    rows: {
      sort: sortOf(query),
      isAscending: isAscending(query),
      search: searchOf(query),
      limit: limitOf(query, {
        most: breakdowns.length > 1 ? MAX_ROWS : MAX_ROWS_OF_ONE,
        usual: DEFAULT_ROWS,
      }),
    },
  };
}

export async function getStats(
  context: RollupContext,
  site: StatsSite,
  question: StatsQuery,
): Promise<{ data: StatsData; tailBatches: number }> {
  const { range, compare, breakdowns } = question;
  const [now, before] = await Promise.all([
    read(context, site, question, range.bounds),
    compare ? read(context, site, question, comparedBounds(context, site, question)) : undefined,
  ]);
  const { rollup } = sumOf(now.stretches);
  const notes = [...now.notes, ...(before?.notes ?? [])];
  const found = breakdowns.map((breakdown) => ({
    breakdown,
    ...rowsOf(rollup, { ...question.rows, breakdown, calendar: range.calendar }),
  }));
  const previous = before && previousOf(before);
  const data: StatsData = {
    site: site.known.id,
    from: instant(range.from),
    to: instant(range.to),
    interval: range.interval,
    timezone: range.calendar.timezone,
    as_of: instant(Math.min(now.asOf, range.to)),
    ...knownSince(now.knownFrom),
    totals: knownTotals(now),
    series: seriesOf(range, now),
    breakdowns: Object.fromEntries(found.map(({ breakdown, rows }) => [breakdown, rows])),
    row_counts: Object.fromEntries(found.map(({ breakdown, count }) => [breakdown, count])),
    ...(previous ? { previous } : {}),
    ...tellNotes(notes),
  };
  return { data, tailBatches: now.tailBatches };
}

/** Beyond the log rollups know nothing of parts of an hour but sums: there it ends with the nearest whole one. */
function comparedBounds(
  { rollups }: RollupContext,
  { known, rollup }: StatsSite,
  { range, filters }: StatsQuery,
): number[] {
  const now = rollups.now();
  return previousBounds(range, now, {
    roundBefore: filters.length > 0 ? 0 : now - (known.retentionDays - 1) * DAY_MS,
    round: (ms) => rollup.calendar.floor(ms + HOUR_MS / 2, 'hour'),
  });
}

function read(
  context: RollupContext,
  site: StatsSite,
  { range: { calendar }, filters, breakdowns }: StatsQuery,
  bounds: number[],
): Promise<Stretches> {
  const dimensions = new Set(breakdowns.flatMap((breakdown) => dimensionOf(breakdown) ?? []));
  const strips = breakdowns.includes('hour_of_week');
  const wanted = { calendar, filters, strips, dimensions: [...dimensions], rowsOfEach: false };
  return readStretches(context, site, wanted, bounds);
}

const instant = (ms: number): string => new Date(ms).toISOString();

function compareOf(query: URLSearchParams): boolean {
  const said = query.get('compare');
  if (said !== null && said !== 'previous') throw invalid('compare', 'must be previous');
  return said === 'previous';
}

/** `?breakdown=page,source`, or several times. */
function breakdownsOf(query: URLSearchParams): Breakdown[] {
  const said = query.getAll('breakdown').flatMap((names) => names.split(','));
  if (said.length === 0) return DEFAULT_BREAKDOWNS;
  const breakdowns = said
    .filter((name) => name !== '')
    .map((name) => {
      const breakdown = BREAKDOWNS.find((one) => one === name);
      if (!breakdown) throw invalid('breakdown', `must be of ${BREAKDOWNS.join(', ')}`);
      return breakdown;
    });
  return [...new Set(breakdowns)];
}

function sortOf(query: URLSearchParams): RowSort | undefined {
  const said = query.get('metric');
  if (said === null) return undefined;
  const sort = ROW_SORTS.find((one) => one === said);
  if (!sort) throw invalid('metric', `must be one of ${ROW_SORTS.join(', ')}`);
  return sort;
}
