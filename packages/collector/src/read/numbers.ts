/** The numbers of consecutive stretches of time, from as few stored states as hold them, and the tail of the log. */
import type { RollupContext, RollupSite } from '../rollup/context.js';
import { type Dimension, PAIR_DIMENSIONS, SINGLE_DIMENSIONS } from '../rollup/dimensions.js';
import { emptyRollup } from '../rollup/rollup.js';
import type { RollupKind, RollupState } from '../store/rollup-store.js';
import { readCutHours } from './cut-hours.js';
import { readHours } from './hours.js';
import { addState, type Numbers, type NumbersQuestion, type Run } from './stretch.js';

const DAY_MS = 86_400_000;
/** From stretches this long on, days and months can hold parts of them. */
const SHORTEST_DAY_MS = 23 * 3_600_000;
const SHORTEST_MONTH_MS = 27 * DAY_MS;

export interface NumbersOptions {
  /** Whether the strips are wanted, which months do not have. */
  strips?: boolean;
  /** The dimensions that are wanted; others may be empty. Default: all but those of pairs. */
  dimensions?: readonly Dimension[];
}

/**
 * @param bounds of the stretches in order, in ms, each a multiple of 5 minutes: one more than there are stretches
 */
export async function readNumbers(
  context: RollupContext,
  site: RollupSite,
  bounds: number[],
  { strips = false, dimensions = SINGLE_DIMENSIONS }: NumbersOptions = {},
): Promise<Numbers> {
  const stretches = bounds.slice(1).map((end, at) => ({
    start: bounds[at] ?? end,
    end,
    rollup: emptyRollup(),
    additiveOnly: false,
  }));
  const numbers: Numbers = { stretches, asOf: context.rollups.now(), tailBatches: 0 };
  const question: NumbersQuestion = { context, site, wanted: { dimensions, strips }, numbers };
  const { runs, cutHours } = plan(site, bounds);
  const shards = Array.from({ length: site.shards }, (_, shard) => shard);
  await Promise.all(shards.flatMap((shard) => runs.map((run) => readRun(question, shard, run, bounds))));
  if (cutHours.length > 0) await readCutHours(question, shards, cutHours);
  return numbers;
}

/** Parts the whole into runs of hours that no boundary cuts, and the hours that one does. */
function plan({ calendar }: RollupSite, bounds: number[]): { runs: Run[]; cutHours: Run[] } {
  const first = bounds[0] ?? 0;
  const last = bounds.at(-1) ?? first;
  const cutHours: Run[] = [];
  for (const bound of bounds) {
    const from = calendar.floor(bound, 'hour');
    if (from !== bound && cutHours.at(-1)?.from !== from)
      cutHours.push({ from, to: calendar.next(from, 'hour') });
  }
  const runs: Run[] = [];
  let from = first;
  for (const hour of cutHours) {
    if (hour.from > from) runs.push({ from, to: hour.from });
    from = hour.to;
  }
  if (from < last) runs.push({ from, to: last });
  return { runs, cutHours };
}

async function readRun(question: NumbersQuestion, shard: number, run: Run, bounds: number[]): Promise<void> {
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
  for (const state of states) addState(question, state);
  await Promise.all(gaps.map((gap) => readHours(question, shard, gap)));
}

/** Days or months within `gap` that no boundary cuts. */
async function readWhole(
  { context, site: { id, calendar }, wanted: { dimensions } }: NumbersQuestion,
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
