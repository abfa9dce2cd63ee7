/** The numbers of the range and filters that a question names. */

import type { Dimension } from '../events/dimensions.js';
import { toNoteFields } from '../notes.js';
import type { Rollup } from '../rollup/aggregate.js';
import type { RowFilter } from '../rollup/row-set.js';
import { type BucketedRollup, readBuckets, type StatsSite, sumBuckets } from './bucketed-rollup.js';
import { knownSince } from './points.js';
import type { QueryContext } from './query-context.js';
import { readFilters } from './read-filters.js';
import { parseTimeRange, type TimeRange } from './time-range.js';

export interface ReportRollup extends Pick<BucketedRollup, 'buckets' | 'tailBatches' | 'asOf' | 'knownFrom'> {
  range: TimeRange;
  total: Rollup;
  /** What every answer about a range begins with. */
  frame: { site: string; from: string; to: string; timezone: string; as_of: string; known_from?: string };
  notes: ReturnType<typeof toNoteFields>;
}

/**
 * @param dimensions that are wanted
 * @param bySteps whether the numbers of each interval are wanted, or of the whole alone
 * @param rowFilter the rows that are wanted; default all
 */
export async function readReportRollup(
  context: QueryContext,
  site: StatsSite,
  query: URLSearchParams,
  dimensions: readonly Dimension[],
  bySteps = false,
  rowFilter?: RowFilter,
): Promise<ReportRollup> {
  const range = parseTimeRange(query, site.known.timezone, context.rollups.now());
  const filters = await readFilters(context.definitions(site.known.id), query);
  const bounds = bySteps ? range.bounds : [range.from, range.to];
  const { notes, ...read } = await readBuckets(
    context,
    site,
    {
      calendar: range.calendar,
      ...filters,
      traffic: context.traffic,
      axes: [],
      fiveMinuteTotals: false,
      dimensions,
      rowsOfEach: bySteps,
      rowFilter,
    },
    bounds,
  );
  return {
    ...read,
    range,
    total: sumBuckets(read.buckets).rollup,
    frame: {
      site: site.known.id,
      from: new Date(range.from).toISOString(),
      to: new Date(range.to).toISOString(),
      timezone: range.calendar.timezone,
      as_of: new Date(Math.min(read.asOf, range.to)).toISOString(),
      ...knownSince(read.knownFrom),
    },
    notes: toNoteFields(notes),
  };
}
