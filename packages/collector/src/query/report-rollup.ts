/** The numbers of the range and filters that a question names. */

import type { Dimension } from '../events/dimensions.js';
import { tellNotes } from '../notes.js';
import type { Rollup } from '../rollup/aggregate.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { RowFilter } from '../rollup/row-set.js';
import { readStretches, type StatsSite, type Stretches, sumOf } from './bucketed-rollup.js';
import { filtersOf } from './filters.js';
import { knownSince } from './points.js';
import { type TimeRange, timeRangeOf } from './time-range.js';

export interface ReportRollup extends Pick<Stretches, 'stretches' | 'tailBatches' | 'asOf' | 'knownFrom'> {
  range: TimeRange;
  whole: Rollup;
  /** What every answer about a range begins with. */
  frame: { site: string; from: string; to: string; timezone: string; as_of: string; known_from?: string };
  notes: ReturnType<typeof tellNotes>;
}

/**
 * @param dimensions that are wanted
 * @param bySteps whether the numbers of each interval are wanted, or of the whole alone
 * @param isWanted the rows that are wanted; default all
 */
export async function readReportRollup(
  context: RollupContext,
  site: StatsSite,
  query: URLSearchParams,
  dimensions: readonly Dimension[],
  bySteps = false,
  isWanted?: RowFilter,
): Promise<ReportRollup> {
  const range = timeRangeOf(query, site.known.timezone, context.rollups.now());
  const filters = filtersOf(query);
  const bounds = bySteps ? range.bounds : [range.from, range.to];
  const { notes, ...read } = await readStretches(
    context,
    site,
    { calendar: range.calendar, filters, strips: false, dimensions, rowsOfEach: bySteps, isWanted },
    bounds,
  );
  return {
    ...read,
    range,
    whole: sumOf(read.stretches).rollup,
    frame: {
      site: site.known.id,
      from: new Date(range.from).toISOString(),
      to: new Date(range.to).toISOString(),
      timezone: range.calendar.timezone,
      as_of: new Date(Math.min(read.asOf, range.to)).toISOString(),
      ...knownSince(read.knownFrom),
    },
    notes: tellNotes(notes),
  };
}
