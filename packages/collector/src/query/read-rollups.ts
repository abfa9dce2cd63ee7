/** The numbers of consecutive stretches of time, from as few stored states as hold them, and the tail of the log. */

import { type Dimension, EDGE_DIMENSIONS, SINGLE_DIMENSIONS } from '../events/dimensions.js';
import type { RollupSite } from '../rollup/rollup-context.js';
import type { RowFilter } from '../rollup/row-set.js';
import type { RollupKind, RollupState } from '../storage/rollup-store.js';
import type { ReadContext } from '../tail/tails.js';
import type { Calendar } from '../time/calendar.js';
import { DAY_MS, HOUR_MS } from '../time/ms.js';
import { createTimeSlice } from '../time-slice.js';
import { readTail } from './add-tail.js';
import { addDay } from './day-hour-alignment.js';
import { readPartialHours } from './partial-hours.js';
import { readHours } from './read-hours.js';
import { addState, type BucketResult, createBuckets, type RollupQuery, type Span } from './time-buckets.js';

/** From stretches this long on, days and months can hold parts of them. */
const SHORTEST_DAY_MS = 23 * HOUR_MS;
const SHORTEST_MONTH_MS = 27 * DAY_MS;

export interface RollupReadOptions {
  /** Whether the strips are wanted, which months do not have. */
  fiveMinuteTotals?: boolean;
  /** The zone whose hours are to be made of the strips. Default: the site's. */
  calendar?: Calendar;
  /** The dimensions that are wanted; others may be empty. Default: all but those of edges. */
  dimensions?: readonly Dimension[];
  /** Whether each stretch has rows and strips of its own, or all have those of the whole. Default: of the whole. */
  rowsOfEach?: boolean;
  /** The rows that are wanted. Default: all. */
  rowFilter?: RowFilter | undefined;
}

/**
 * @param bounds of the stretches in order, in ms, each a multiple of 5 minutes: one more than there are stretches
 */
export async function readRollups(
  context: ReadContext,
  site: RollupSite,
  bounds: number[],
  {
    fiveMinuteTotals = false,
    calendar = site.calendar,
    dimensions = SINGLE_DIMENSIONS,
    rowsOfEach = false,
    rowFilter,
  }: RollupReadOptions = {},
): Promise<BucketResult> {
  const buckets = createBuckets(bounds, rowsOfEach);
  const result: BucketResult = {
    buckets,
    asOf: context.rollups.now(),
    tailBatches: 0,
    unreadableHours: new Set(),
  };
  const query: RollupQuery = {
    context,
    site,
    selection: { dimensions, fiveMinuteTotals, rowFilter },
    result,
  };
  const { runs, partialHours } = plan(site, bounds, result.asOf);
  const shards = Array.from({ length: site.shards }, (_, shard) => shard);
  await Promise.all(
    shards.flatMap((shard) => runs.map((run) => readRun(query, shard, run, bounds, calendar))),
  );
  if (partialHours.length > 0) await readPartialHours(query, shards, partialHours);
  for (const { buckets: unstored } of (await readTail(query)) ?? [])
    for (const { batches } of unstored) result.tailBatches += batches;
  return result;
}

/**
 * Parts the whole into runs of hours that no boundary cuts, and the hours that one does. Today is a run of its own:
 * no day or month holds it, so its hours need not wait until those are read.
 */
function plan(
  { calendar }: RollupSite,
  bounds: number[],
  now: number,
): { runs: Span[]; partialHours: Span[] } {
  const first = bounds[0] ?? 0;
  const last = bounds.at(-1) ?? first;
  const today = calendar.floor(now, 'day');
  const partialHours: Span[] = [];
  for (const bound of bounds) {
    const from = calendar.floor(bound, 'hour');
    if (from !== bound && partialHours.at(-1)?.from !== from)
      partialHours.push({ from, to: calendar.next(from, 'hour') });
  }
  const runs: Span[] = [];
  let from = first;
  for (const { from: to, to: next } of [...partialHours, { from: last, to: last }]) {
    if (from < today && today < to) runs.push({ from, to: today }, { from: today, to });
    else if (from < to) runs.push({ from, to });
    from = next;
  }
  return { runs, partialHours };
}

async function readRun(
  query: RollupQuery,
  shard: number,
  run: Span,
  bounds: number[],
  zone: Calendar,
): Promise<void> {
  const { result, site, selection } = query;
  const longest = Math.max(...result.buckets.map(({ start, end }) => end - start));
  const states: RollupState[] = [];
  let gaps = [run];
  for (const [kind, shortest] of [
    ['month', SHORTEST_MONTH_MS],
    ['day', SHORTEST_DAY_MS],
  ] as const) {
    if (longest < shortest || (selection.fiveMinuteTotals && kind === 'month')) continue;
    const found = await Promise.all(gaps.map((gap) => readStates(query, shard, kind, gap, bounds)));
    states.push(...found.flat());
    gaps = gapsBetween(run, states, site);
  }
  const slice = createTimeSlice();
  for (const state of states) {
    const isAdded = state.kind === 'day' ? await addDay(query, shard, state, zone) : addState(query, state);
    // Its hours have the same numbers.
    if (!isAdded) gaps.push({ from: state.start, to: site.calendar.next(state.start, state.kind) });
    await slice();
  }
  await Promise.all(gaps.map((gap) => readHours(query, shard, gap)));
}

/** Days or months within `gap` that no boundary cuts. */
async function readStates(
  { context, site: { id, calendar }, selection: { dimensions } }: RollupQuery,
  shard: number,
  kind: Exclude<RollupKind, 'hour'>,
  gap: Span,
  bounds: number[],
): Promise<RollupState[]> {
  const edges = dimensions.some((dimension) => EDGE_DIMENSIONS.includes(dimension));
  const { states } = await context.rollups.rollups({ site: id, shard, kind, ...gap }, { edges });
  return states.filter((state) => {
    const end = calendar.next(state.start, kind);
    return end <= gap.to && !bounds.some((bound) => bound > state.start && bound < end);
  });
}

function gapsBetween(run: Span, states: RollupState[], { calendar }: RollupSite): Span[] {
  const gaps: Span[] = [];
  let from = run.from;
  for (const state of states.toSorted((a, b) => a.start - b.start)) {
    if (state.kind === 'hour') continue;
    if (state.start > from) gaps.push({ from, to: state.start });
    from = calendar.next(state.start, state.kind);
  }
  if (from < run.to) gaps.push({ from, to: run.to });
  return gaps;
}
