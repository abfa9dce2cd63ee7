/** `GET /api/stats`: what happened over a range. */
import type { Breakdown, StatsData } from '@liveinsight/schema';
import { type Axis, isOfColumns } from '../engine/numbers-plan.js';
import { type Note, toNoteFields } from '../notes.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { parseRowField } from './axes.js';
import { type BucketedRollup, type BucketsQuery, readBuckets, type StatsSite } from './bucketed-rollup.js';
import { type ComparedPeriod, readCompared } from './compared-period.js';
import { toDimension } from './derived-metrics.js';
import { knownSince, knownTotals, toSeries } from './points.js';
import type { QueryContext } from './query-context.js';
import { type FoundNumbers, readRowNumbers } from './row-numbers.js';
import { withSamples } from './sampled-fields.js';
import type { StatsQuery } from './stats-query.js';
import { listSampledRows, type SortedTable, toTables } from './stats-tables.js';
import { takePage } from './table.js';

export async function getStats(
  context: QueryContext,
  site: StatsSite,
  query: StatsQuery,
): Promise<{ data: StatsData; tailBatches: number }> {
  const { now, before, tables, notes } = await readTables(context, site, query);
  const pages = tables.map(({ name, rows }) => ({ name, ...takePage(rows, query.table) }));
  const { range } = query;
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
    breakdowns: Object.fromEntries(pages.map(({ name, rows }) => [name, rows])),
    row_counts: Object.fromEntries(pages.map(({ name, count }) => [name, count])),
    ...(before ? { previous: before.previous } : {}),
    ...toNoteFields(notes),
  };
  const samples = { now: now.sampled, before: before?.read.sampled };
  return { data: withSamples(data, samples, listSampledRows(query)), tailBatches: now.tailBatches };
}

export interface StatsTables {
  now: BucketedRollup;
  before: ComparedPeriod | undefined;
  tables: SortedTable[];
  notes: Note[];
}

/** The numbers of the range, of the period that it is compared with, and all rows of both. */
export async function readTables(
  context: QueryContext,
  site: StatsSite,
  query: StatsQuery,
): Promise<StatsTables> {
  const { range, comparison } = query;
  const selection = toBucketsQuery(query);
  const [now, before, numbers] = await Promise.all([
    readBuckets(context, site, selection, range.bounds),
    comparison && readCompared(context, site, selection, { range, comparison }),
    readNumbers(context, site.known, query),
  ]);
  const { tables, notes } = toTables(site.known, query, now, before);
  return {
    ...{ now, before },
    tables: tables.map(({ name, rows }) => ({
      name,
      rows: numbers ? rows.map((row) => numbers.addTo(name, row)) : rows,
    })),
    notes: [...now.notes, ...(before?.notes ?? []), ...notes, ...(numbers?.notes ?? [])],
  };
}

async function readNumbers(
  context: QueryContext,
  site: ResolvedSite,
  { numbers: key, breakdowns, axes, conditions, level, range, toPageGroup }: StatsQuery,
): Promise<FoundNumbers | undefined> {
  if (key === undefined) return undefined;
  const { from, to, calendar } = range;
  return readRowNumbers(context, site, {
    ...{ key, conditions, level, from, to, calendar, toPageGroup },
    axes: [...breakdowns.flatMap(toAxis), ...axes],
  });
}

function toAxis(name: Breakdown): Axis[] {
  const field = parseRowField(name);
  return field ? [{ name, fields: [field] }] : [];
}

function toBucketsQuery({
  range: { calendar },
  toPageGroup,
  conditions,
  level,
  goal,
  traffic,
  breakdowns,
  axes,
  columns,
}: StatsQuery): BucketsQuery {
  const dimensions = new Set(breakdowns.flatMap((breakdown) => toDimension(breakdown) ?? []));
  const rowFacts = columns.size > 0 && breakdowns.length > 0;
  const fiveMinuteTotals = breakdowns.includes('hour_of_week');
  // Rollups and five-minute totals do not say whose they are.
  const hours =
    fiveMinuteTotals && (rowFacts || isOfColumns({ conditions, goal, traffic })) ? [HOUR_OF_WEEK] : [];
  return {
    rowSessions: columns.has('bounce_rate'),
    ...{ calendar, toPageGroup, conditions, level, goal, traffic, fiveMinuteTotals, rowFacts },
    axes: [...axes, ...hours],
    dimensions: [...dimensions],
    rowsOfEach: false,
  };
}

const HOUR_OF_WEEK = { name: 'hour_of_week', fields: ['hour_of_week'] } as const;

const instant = (ms: number): string => new Date(ms).toISOString();
