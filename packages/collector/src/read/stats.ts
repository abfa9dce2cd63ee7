/** `GET /api/stats`: what happened over a range. */
import {
  BREAKDOWNS,
  type Breakdown,
  ROW_METRICS,
  type RowMetric,
  type SeriesPoint,
  type StatsData,
} from '@liveinsight/schema';
import type { RollupContext } from '../rollup/context.js';
import { invalid, limitOf, refuseUnknown } from './asked-site.js';
import { type Filter, filtersOf } from './filters.js';
import { dimensionOf, rowsOf, totalsOf } from './metrics.js';
import type { Stretch } from './stretch.js';
import { readStretches, type StatsSite, type Stretches, sumOf } from './stretches.js';
import { previousBounds, type TimeRange, timeRangeOf } from './time-range.js';

const DEFAULT_BREAKDOWNS: Breakdown[] = ['page', 'source', 'channel', 'country', 'device', 'browser', 'os'];
const DEFAULT_ROWS = 100;
const MAX_ROWS = 1_000;
const PARAMETERS = new Set<string>([
  ...['site', 'from', 'to', 'interval', 'timezone', 'compare', 'breakdown', 'metric', 'limit'],
  ...BREAKDOWNS,
]);

export interface StatsQuestion {
  range: TimeRange;
  filters: Filter[];
  compare: boolean;
  breakdowns: Breakdown[];
  metric: RowMetric | undefined;
  limit: number;
}

/** Reads a question, or throws the refusal that names what is wrong with it. */
export function statsQuestion(query: URLSearchParams, timezone: string, now: number): StatsQuestion {
  refuseUnknown(query, PARAMETERS);
  return {
    range: timeRangeOf(query, timezone, now),
    filters: filtersOf(query),
    compare: compareOf(query),
    breakdowns: breakdownsOf(query),
    metric: metricOf(query),
    limit: limitOf(query, { most: MAX_ROWS, usual: DEFAULT_ROWS }),
  };
}

export async function answerStats(
  context: RollupContext,
  site: StatsSite,
  question: StatsQuestion,
): Promise<{ data: StatsData; tailBatches: number }> {
  const { range, compare, breakdowns, metric, limit } = question;
  const [now, before] = await Promise.all([
    read(context, site, question, range.bounds),
    compare ? read(context, site, question, previousBounds(range)) : undefined,
  ]);
  const whole = sumOf(now.stretches);
  const notes = [...now.notes, ...(before?.notes ?? [])];
  const rows = (breakdown: Breakdown) =>
    rowsOf(whole.rollup, { breakdown, metric, limit, calendar: range.calendar });
  const data: StatsData = {
    site: site.known.id,
    from: instant(range.from),
    to: instant(range.to),
    interval: range.interval,
    timezone: range.calendar.timezone,
    as_of: instant(Math.min(now.asOf, range.to)),
    totals: totalsOf(whole.rollup, whole.additiveOnly),
    series: now.stretches.map(pointOf),
    breakdowns: Object.fromEntries(breakdowns.map((breakdown) => [breakdown, rows(breakdown)])),
    ...(before ? { previous: previousOf(before.stretches) } : {}),
    ...(notes.length > 0 ? { notes: [...new Set(notes)] } : {}),
  };
  return { data, tailBatches: now.tailBatches };
}

function read(
  context: RollupContext,
  site: StatsSite,
  { range: { calendar }, filters, breakdowns }: StatsQuestion,
  bounds: number[],
): Promise<Stretches> {
  const dimensions = new Set(breakdowns.flatMap((breakdown) => dimensionOf(breakdown) ?? []));
  const strips = breakdowns.includes('hour_of_week');
  const wanted = { calendar, filters, strips, dimensions: [...dimensions], rowsOfEach: false };
  return readStretches(context, site, wanted, bounds);
}

function previousOf(stretches: Stretch[]) {
  const { rollup, additiveOnly } = sumOf(stretches);
  return {
    from: instant(stretches[0]?.start ?? 0),
    to: instant(stretches.at(-1)?.end ?? 0),
    totals: totalsOf(rollup, additiveOnly),
    series: stretches.map(pointOf),
  };
}

const pointOf = ({ start, rollup, additiveOnly }: Stretch): SeriesPoint => ({
  start: instant(start),
  ...totalsOf(rollup, additiveOnly),
});

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

function metricOf(query: URLSearchParams): RowMetric | undefined {
  const said = query.get('metric');
  if (said === null) return undefined;
  const metric = ROW_METRICS.find((one) => one === said);
  if (!metric) throw invalid('metric', `must be one of ${ROW_METRICS.join(', ')}`);
  return metric;
}
