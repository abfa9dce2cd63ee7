/** The numbers of consecutive stretches of time, from as few stored states as hold them, and the tail of the log. */

import type { RollupContext, RollupSite } from '../rollup/context.js';
import { addCounters } from '../rollup/counters.js';
import { decodeRollup } from '../rollup/encode.js';
import { readLog } from '../rollup/read-log.js';
import { countersAt, emptyRollup, foldBatch, mergeRollup, type Rollup } from '../rollup/rollup.js';
import type { RollupKind, RollupState } from '../store/rollup-store.js';

const DAY_MS = 86_400_000;
/** From stretches this long on, days and months can hold parts of them. */
const SHORTEST_DAY_MS = 23 * 3_600_000;
const SHORTEST_MONTH_MS = 27 * DAY_MS;
/** Batches per shard that the log's tail may have; beyond, the answer is as of an earlier time. */
const MAX_TAIL_BATCHES = 2_000;
/** Batches folded for hours that a boundary cuts. */
const MAX_CUT_BATCHES = 20_000;
/** Arrivals are stamped by clocks that may be a little ahead of ours. */
const CLOCK_MARGIN_MS = 60_000;

export interface Stretch {
  start: number;
  end: number;
  rollup: Rollup;
  /** Whether it has totals only: no visitors, no values of dimensions. */
  additiveOnly: boolean;
}

export interface Numbers {
  stretches: Stretch[];
  /** Arrivals up to this time (ms) are in. */
  asOf: number;
  /** Batches of tail that were folded: what is due to be rolled up. */
  tailBatches: number;
  readUnits: number;
}

/** A run of whole hours. */
interface Run {
  from: number;
  to: number;
}

export interface NumbersOptions {
  /** Whether the strips are wanted, which months do not have. */
  strips?: boolean;
}

/**
 * @param bounds of the stretches in order, in ms, each a multiple of 5 minutes: one more than there are stretches
 */
export async function readNumbers(
  context: RollupContext,
  site: RollupSite,
  bounds: number[],
  { strips = false }: NumbersOptions = {},
): Promise<Numbers> {
  const stretches = bounds.slice(1).map((end, at) => ({
    start: bounds[at] ?? end,
    end,
    rollup: emptyRollup(),
    additiveOnly: false,
  }));
  const numbers: Numbers = { stretches, asOf: context.rollups.now(), tailBatches: 0, readUnits: 0 };
  const { runs, cutHours } = plan(site, bounds);
  const shards = Array.from({ length: site.shards }, (_, shard) => shard);
  await Promise.all(
    shards.flatMap((shard) => runs.map((run) => readRun(context, site, shard, run, bounds, numbers, strips))),
  );
  if (cutHours.length > 0) await readCutHours(context, site, shards, cutHours, numbers);
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

async function readRun(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  run: Run,
  bounds: number[],
  numbers: Numbers,
  strips: boolean,
): Promise<void> {
  const longest = Math.max(...numbers.stretches.map(({ start, end }) => end - start));
  const states: RollupState[] = [];
  let gaps = [run];
  for (const [kind, shortest] of [
    ['month', SHORTEST_MONTH_MS],
    ['day', SHORTEST_DAY_MS],
  ] as const) {
    if (longest < shortest || (strips && kind === 'month')) continue;
    const found = await Promise.all(
      gaps.map((gap) => readWhole(context, site, shard, kind, gap, bounds, numbers)),
    );
    states.push(...found.flat());
    gaps = gapsBetween(run, states, site);
  }
  for (const state of states) add(numbers, state.start, decodeRollup(state.body));
  await Promise.all(gaps.map((gap) => readHours(context, site, shard, gap, numbers)));
}

/** Days or months within `gap` that no boundary cuts. */
async function readWhole(
  { rollups }: RollupContext,
  { id, calendar }: RollupSite,
  shard: number,
  kind: Exclude<RollupKind, 'hour'>,
  gap: Run,
  bounds: number[],
  numbers: Numbers,
): Promise<RollupState[]> {
  const { states, readUnits } = await rollups.rollups({ site: id, shard, kind, ...gap });
  numbers.readUnits += readUnits;
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

/** Hours, and behind the newest of them the log's tail. */
async function readHours(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  { from, to }: Run,
  numbers: Numbers,
): Promise<void> {
  const { rollups } = context;
  const now = rollups.now() + CLOCK_MARGIN_MS;
  const newest = await rollups.newestHour(site.id, shard, now);
  const hours = { site: site.id, shard, kind: 'hour', from, to } as const;
  // Read after the newest, and consistently: so whatever is older than the last of them is whole.
  const { states, readUnits } = await rollups.rollups(hours, { consistent: true });
  numbers.readUnits += readUnits + 1;
  for (const state of states) add(numbers, state.start, decodeRollup(state.body));
  const last = states.at(-1);
  const latest = newest && (!last || newest.start > last.start) ? newest : last;
  const folded = latest ? latest.through : now - site.retentionDays * DAY_MS;
  await foldTail(context, site, shard, { from: Math.max(from, folded), to: Math.min(to, now) }, numbers);
}

async function foldTail(
  { events, hash, countBots }: RollupContext,
  site: RollupSite,
  shard: number,
  { from, to }: Run,
  numbers: Numbers,
): Promise<void> {
  let batches = 0;
  for await (const batch of readLog(events, { site: site.id, shard, from, to })) {
    if (batches >= MAX_TAIL_BATCHES) {
      numbers.asOf = Math.min(numbers.asOf, batch.received_at);
      break;
    }
    const stretch = stretchAt(numbers, batch.received_at);
    if (stretch) foldBatch(stretch.rollup, batch, { hash, countBots });
    batches += 1;
  }
  numbers.tailBatches += batches;
}

/**
 * Hours that a boundary cuts are folded from the log into their parts, newest first, while it is there and within
 * bounds; else their strips give the totals.
 */
async function readCutHours(
  context: RollupContext,
  site: RollupSite,
  shards: number[],
  hours: Run[],
  numbers: Numbers,
): Promise<void> {
  const rawFrom = context.rollups.now() - (site.retentionDays - 1) * DAY_MS;
  let left = MAX_CUT_BATCHES;
  for (const hour of hours.toReversed()) {
    const folded =
      hour.from < rawFrom ? undefined : await cutFromLog(context, site, shards, hour, numbers, left);
    left -= folded ?? 0;
    if (folded !== undefined) continue;
    await Promise.all(shards.map((shard) => cutFromStrips(context, site, shard, hour, numbers)));
  }
}

/** Returns the batches folded, or undefined where there are more than `limit`: then none counts. */
async function cutFromLog(
  { events, hash, countBots }: RollupContext,
  site: RollupSite,
  shards: number[],
  { from, to }: Run,
  numbers: Numbers,
  limit: number,
): Promise<number | undefined> {
  const within: Stretch[] = numbers.stretches
    .filter(({ start, end }) => start < to && end > from)
    .map(({ start, end }) => ({ start, end, rollup: emptyRollup(), additiveOnly: false }));
  const part = { ...numbers, stretches: within };
  let batches = 0;
  for (const shard of shards) {
    for await (const batch of readLog(events, { site: site.id, shard, from, to })) {
      batches += 1;
      if (batches > limit) return undefined;
      const stretch = stretchAt(part, batch.received_at);
      if (stretch) foldBatch(stretch.rollup, batch, { hash, countBots });
    }
  }
  for (const { start, rollup } of within) add(numbers, start, rollup);
  return batches;
}

async function cutFromStrips(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  { from, to }: Run,
  numbers: Numbers,
): Promise<void> {
  const hour = { site: site.id, shard, kind: 'hour', from, to } as const;
  const { states, readUnits } = await context.rollups.rollups(hour);
  numbers.readUnits += readUnits;
  for (const stretch of numbers.stretches) {
    if (stretch.start < to && stretch.end > from) stretch.additiveOnly = true;
  }
  for (const state of states) {
    if (state.through < Math.min(to, context.rollups.now()))
      numbers.asOf = Math.min(numbers.asOf, state.through);
    for (const [start, counters] of decodeRollup(state.body).strips) {
      const stretch = stretchAt(numbers, start);
      if (!stretch) continue;
      addCounters(stretch.rollup.totals, counters);
      addCounters(countersAt(stretch.rollup.strips, start), counters);
    }
  }
}

function add(numbers: Numbers, start: number, rollup: Rollup): void {
  const stretch = stretchAt(numbers, start);
  if (stretch) mergeRollup(stretch.rollup, rollup);
}

/** The stretch that a time is in, by bisection. */
export function stretchAt({ stretches }: Pick<Numbers, 'stretches'>, time: number): Stretch | undefined {
  let [low, high] = [0, stretches.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const stretch = stretches[middle];
    if (!stretch) return undefined;
    if (time < stretch.start) high = middle - 1;
    else if (time >= stretch.end) low = middle + 1;
    else return stretch;
  }
  return undefined;
}
