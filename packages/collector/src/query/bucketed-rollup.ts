/** The numbers of consecutive stretches of time: from rollups and the tail of the log, or filtered from the log. */

import type { Numbers } from '../engine/numbers.js';
import { isOfColumns } from '../engine/numbers-plan.js';
import { createNote, type Note } from '../notes.js';
import { emptyRollup, mergeRows, mergeTotals, type Rollup } from '../rollup/aggregate.js';
import type { RollupSite } from '../rollup/rollup-context.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { type FilteredNumbers, type FilteredQuery, readFiltered } from './filtered.js';
import { overBudgetNotes } from './over-budget.js';
import type { QueryContext } from './query-context.js';
import { readRollups } from './read-rollups.js';
import type { SampledNumbers } from './sampled-fields.js';
import { type TimeBucket, toTimeBuckets } from './time-buckets.js';

/** A site as the readers of its numbers need it. */
export interface StatsSite {
  known: ResolvedSite;
  rollup: RollupSite;
}

export type BucketsQuery = FilteredQuery;

export interface BucketedRollup {
  buckets: TimeBucket[];
  /** Arrivals up to this time (ms) are in. */
  asOf: number;
  /** Batches of the tail that were aggregated. */
  tailBatches: number;
  /** Arrival (ms) from which on everything is in, where that is later than asked. */
  knownFrom?: number;
  /** What was cut or is approximate. */
  notes: Note[];
  /** Present where they are from columns: these know more of rows. */
  numbers?: Numbers;
  /**
   * Where visitors and revenue of rows were wanted beside rollups: the rows by column; null where columns do not hold all
   * of the range.
   */
  columnRows?: Rollup | null;
  /** Starts (ms) of hours whose numbers are missing. */
  unreadableHours?: ReadonlySet<number>;
  /** Present where what is from columns is an estimate. */
  sampled?: SampledNumbers;
}

const ADDITIVE_ONLY = createNote(
  'five_minute_totals',
  'raw data for part of this range has expired: visitors and revenue are unavailable there, breakdowns are incomplete, and sessions without ordinals are not counted',
);

function siteHours(timezone: string, before: number): Note {
  const at = new Date(before).toISOString();
  const message = `before ${at}, hour_of_week uses the hours of ${timezone}, the site’s time zone: the hours of this zone begin between them`;
  return createNote('hours_of_site', message, { at, timezone });
}

function unreadable(hours: number[]): Note {
  const at = new Date(Math.min(...hours)).toISOString();
  const message = `the numbers of ${hours.length} hours cannot be read and are missing, the first of ${at}: run liveinsight doctor`;
  return createNote('hours_unreadable', message, { at, count: hours.length });
}

/** What is known is up to this long ago without a word: reads take time, and so does the index. */
const UNNOTED_MS = 10_000;

/** More arrived than one response reads. */
function newestLater(asOf: number, now: number): Note {
  const at = new Date(asOf).toISOString();
  const message = `more arrived than one response reads: what arrived since ${at} is counted by later responses`;
  return createNote('newest_later', message, { at, count: Math.round((now - asOf) / 1_000) });
}

/** @param bounds of the stretches in order, in ms: one more than there are stretches */
export async function readBuckets(
  context: QueryContext,
  { known, rollup }: StatsSite,
  query: BucketsQuery,
  bounds: number[],
): Promise<BucketedRollup> {
  if (isOfColumns(query)) return toBucketed(await readFiltered(context, known, query, bounds));
  const now = context.rollups.now();
  const needsColumns = query.axes.length > 0 || query.rowFacts === true;
  const [result, columns] = await Promise.all([
    readRollups(context, rollup, bounds, query),
    needsColumns ? readAxes(context, known, query, bounds) : undefined,
  ]);
  const knownTo = Math.min(result.asOf, columns?.asOf ?? result.asOf);
  const isPartial = result.buckets.some(({ additiveOnly }) => additiveOnly);
  const notes = overBudgetNotes(result.buckets.map((bucket) => bucket.rollup.over));
  if (isPartial) notes.push(ADDITIVE_ONLY);
  if (result.unreadableHours.size > 0) notes.push(unreadable([...result.unreadableHours]));
  if (result.siteHoursBefore !== undefined)
    notes.push(siteHours(rollup.calendar.timezone, result.siteHoursBefore));
  const isBehind = knownTo < Math.min(now - UNNOTED_MS, bounds.at(-1) ?? 0);
  if (isBehind) notes.push(newestLater(knownTo, now));
  return {
    ...result,
    asOf: knownTo,
    notes: [...notes, ...(columns?.notes ?? [])],
    ...(columns ? { numbers: columns.numbers } : {}),
    ...(columns && query.rowFacts ? { columnRows: toColumnRows(columns) } : {}),
    ...(columns?.sampled ? { sampled: columns.sampled } : {}),
  };
}

const toColumnRows = ({
  numbers,
  knownFrom,
}: Pick<FilteredNumbers, 'numbers' | 'knownFrom'>): Rollup | null =>
  knownFrom === undefined ? (numbers.buckets[0]?.rollup ?? null) : null;

/** The rows that rollups do not have, beside their numbers. */
async function readAxes(context: QueryContext, site: ResolvedSite, query: BucketsQuery, bounds: number[]) {
  const all = [bounds[0] ?? 0, bounds.at(-1) ?? 0];
  const dimensions = query.rowFacts ? query.dimensions : [];
  // Totals are those of rollups.
  const rows = { ...query, dimensions, totals: false };
  const { numbers, notes, ...known } = await readFiltered(context, site, rows, all);
  const over = [numbers.over, ...numbers.buckets.map(({ rollup }) => rollup.over)];
  return { ...known, numbers, notes: [...notes, ...overBudgetNotes(over), ...estimateNotes(numbers)] };
}

/** Numbers from columns, which need no tail. */
function toBucketed({ numbers, ...known }: FilteredNumbers): BucketedRollup {
  const buckets = toTimeBuckets(numbers);
  const over = [numbers.over, ...buckets.map(({ rollup }) => rollup.over)];
  const notes = [...known.notes, ...overBudgetNotes(over), ...estimateNotes(numbers)];
  return { ...known, buckets, notes, tailBatches: 0, numbers };
}

function estimateNotes({ facts, goal }: Numbers): Note[] {
  const share = Math.max(facts.share, goal?.share ?? 1);
  if (share === 1) return [];
  const message = `visitors and sessions of rows are estimates, from one of ${share} visitors`;
  return [createNote('rows_estimated', message, { count: share })];
}

/** Of all stretches, whether they have rows of their own or share those of the whole. */
export function sumBuckets(buckets: TimeBucket[]): Omit<TimeBucket, 'start' | 'end'> {
  const rollup = emptyRollup();
  for (const bucket of buckets) mergeTotals(rollup, bucket.rollup);
  const byRows = new Map(buckets.map((bucket) => [bucket.rollup.rows, bucket.rollup]));
  for (const one of byRows.values()) mergeRows(rollup, one);
  return {
    rollup,
    additiveOnly: buckets.some(({ additiveOnly }) => additiveOnly),
    byEvent: buckets.some(({ byEvent }) => byEvent),
    isTimeUnknown: buckets.some((bucket) => bucket.isTimeUnknown),
  };
}
