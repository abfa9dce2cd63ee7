/** The numbers of consecutive stretches of time, from as few stored states as hold them, and the tail of the log. */

import { type Dimension, PAIR_DIMENSIONS, SINGLE_DIMENSIONS } from '../events/dimensions.js';
import type { RollupContext, RollupSite } from '../rollup/rollup-context.js';
import type { RowFilter } from '../rollup/row-set.js';
import type { RollupKind, RollupState } from '../storage/rollup-store.js';
import type { Calendar } from '../time/calendar.js';
import { createTimeSlice } from '../time-slice.js';
import { addDay } from './day-hour-alignment.js';
import { readCutHours } from './partial-hours.js';
import { readHours } from './read-hours.js';
import { addState, emptyStretches, type Numbers, type RollupQuery, type Run } from './time-buckets.js';

const DAY_MS = 86_400_000;
/** From stretches this long on, days and months can hold parts of them. */
const SHORTEST_DAY_MS = 23 * 3_600_000;
const SHORTEST_MONTH_MS = 27 * DAY_MS;

export interface NumbersOptions {
  /** Whether the strips are wanted, which months do not have. */
  strips?: boolean;
  /** The zone whose hours are to be made of the strips. Default: the site's. */
  calendar?: Calendar;
  /** The dimensions that are wanted; others may be empty. Default: all but those of pairs. */
  dimensions?: readonly Dimension[];
  /** Whether each stretch has rows and strips of its own, or all have those of the whole. Default: of the whole. */
  rowsOfEach?: boolean;
  /** The rows that are wanted. Default: all. */
  isWanted?: RowFilter | undefined;
}

/**
 * @param bounds of the stretches in order, in ms, each a multiple of 5 minutes: one more than there are stretches
 */
export async function readNumbers(
  context: RollupContext,
  site: RollupSite,
  bounds: number[],
  {
    strips = false,
    calendar = site.calendar,
    dimensions = SINGLE_DIMENSIONS,
    rowsOfEach = false,
    isWanted,
  }: NumbersOptions = {},
): Promise<Numbers> {
  const stretches = emptyStretches(bounds, rowsOfEach);
  const numbers: Numbers = {
    stretches,
    asOf: context.rollups.now(),
    tailBatches: 0,
    unreadableHours: new Set(),
  };
  const question: RollupQuery = { context, site, wanted: { dimensions, strips, isWanted }, numbers };
  const { runs, cutHours } = plan(site, bounds, numbers.asOf);
  const shards = Array.from({ length: site.shards }, (_, shard) => shard);
  await Promise.all(
    shards.flatMap((shard) => runs.map((run) => readRun(question, shard, run, bounds, calendar))),
  );
  if (cutHours.length > 0) await readCutHours(question, shards, cutHours);
  return numbers;
}

/**
 * Parts the whole into runs of hours that no boundary cuts, and the hours that one does. Today is a run of its own:
 * no day or month holds it, so its hours need not wait until those are read.
 */
function plan({ calendar }: RollupSite, bounds: number[], now: number): { runs: Run[]; cutHours: Run[] } {
  const first = bounds[0] ?? 0;
  const last = bounds.at(-1) ?? first;
  const today = calendar.floor(now, 'day');
  const cutHours: Run[] = [];
  for (const bound of bounds) {
    const from = calendar.floor(bound, 'hour');
    if (from !== bound && cutHours.at(-1)?.from !== from)
      cutHours.push({ from, to: calendar.next(from, 'hour') });
  }
  const runs: Run[] = [];
  let from = first;
  for (const { from: to, to: next } of [...cutHours, { from: last, to: last }]) {
    if (from < today && today < to) runs.push({ from, to: today }, { from: today, to });
    else if (from < to) runs.push({ from, to });
    from = next;
  }
  return { runs, cutHours };
}

async function readRun(
  question: RollupQuery,
  shard: number,
  run: Run,
  bounds: number[],
  zone: Calendar,
): Promise<void> {
  const { numbers, site, wanted } = question;
  const longest = Math.max(...numbers.stretches.map(({ start, end }) => end - start));
  const states: RollupState[] = [];
  let gaps = [run];
  for (const [kind, shortest] of [
    ['month', SHORTEST_MONTH_MS],
    ['day', SHORTEST_DAY_MS],
  ] as const) {
    if (longest < shortest || (wanted.strips && kind === 'month')) continue;
    const found = await Promise.all(gaps.map((gap) => readWhole(question, shard, kind, gap, bounds)));
    states.push(...found.flat());
    gaps = gapsBetween(run, states, site);
  }
  const slice = createTimeSlice();
  for (const state of states) {
    const isAdded =
      state.kind === 'day' ? await addDay(question, shard, state, zone) : addState(question, state);
    // Its hours have the same numbers.
    if (!isAdded) gaps.push({ from: state.start, to: site.calendar.next(state.start, state.kind) });
    await slice();
  }
  await Promise.all(gaps.map((gap) => readHours(question, shard, gap)));
}

/** Days or months within `gap` that no boundary cuts. */
async function readWhole(
  { context, site: { id, calendar }, wanted: { dimensions } }: RollupQuery,
  shard: number,
  kind: Exclude<RollupKind, 'hour'>,
  gap: Run,
  bounds: number[],
): Promise<RollupState[]> {
  const pairs = dimensions.some((dimension) => PAIR_DIMENSIONS.includes(dimension));
  const { states } = await context.rollups.rollups({ site: id, shard, kind, ...gap }, { pairs });
  return states.filter((state) => {
    const end = calendar.next(state.start, kind);
    return end <= gap.to && !bounds.some((bound) => bound > state.start && bound < end);
  });
}

function gapsBetween(run: Run, states: RollupState[], { calendar }: RollupSite): Run[] {
  const gaps: Run[] = [];
  let from = run.from;
  for (const state of states.toSorted((a, b) => a.start - b.start)) {
    if (state.kind === 'hour') continue;
    if (state.start > from) gaps.push({ from, to: state.start });
    from = calendar.next(state.start, state.kind);
  }
  if (from < run.to) gaps.push({ from, to: run.to });
  return gaps;
}
