/** Hours that a boundary of a question cuts: from the log while it is there, else from their strips. */
import { MAX_TAIL_BYTES } from '../budgets.js';
import { CLOCK_MARGIN_MS } from '../event-log/retention-window.js';
import { readLog } from '../event-log/scan-forward.js';
import { addCounters } from '../events/counters.js';
import { emptyRollup, foldBatch, mergeRollup } from '../rollup/aggregate.js';
import { stripsOf } from '../rollup/rollup-codec.js';
import { countersAt } from '../rollup/row-set.js';
import { createTimeSlice } from '../time-slice.js';
import { foldTail } from './read-hours.js';
import { type RollupQuery, type Run, type Stretch, stretchAt } from './time-buckets.js';

const DAY_MS = 86_400_000;
/** Batches read for hours that a boundary cuts, but for the rest of a page. */
const MAX_CUT_BATCHES = 20_000;
const PAGE_BATCHES = 1_000;

/**
 * Hours that a boundary cuts are folded from the log into their parts, newest first, while it is there and within
 * bounds; else their strips give the totals. An hour that is too much for what is left uses it up.
 */
export async function readCutHours(question: RollupQuery, shards: number[], hours: Run[]): Promise<void> {
  const { context, site } = question;
  const rawFrom = context.rollups.now() - (site.retentionDays - 1) * DAY_MS;
  let left = MAX_CUT_BATCHES;
  const unknown: Unknown[] = [];
  for (const hour of hours.toReversed()) {
    if (hour.from >= rawFrom && left > 0) {
      const folded = await cutFromLog(question, shards, hour, left);
      left -= folded ?? left;
      if (folded !== undefined) continue;
    }
    const found = await Promise.all(shards.map((shard) => cutFromStrips(question, shard, hour)));
    found.forEach((run, shard) => {
      if (run) unknown.push({ shard, run });
    });
  }
  await readUnknown(question, unknown, rawFrom);
}

interface Unknown {
  shard: number;
  run: Run;
}

/**
 * What the strips do not hold yet is read from the log as far as an answer may, oldest first: the answer is as of where
 * that ends, never of now with nothing in it.
 */
async function readUnknown(question: RollupQuery, newestFirst: Unknown[], rawFrom: number): Promise<void> {
  const runs: Unknown[] = [];
  for (const { shard, run } of newestFirst.toReversed()) {
    const before = runs.findLast((one) => one.shard === shard && one.run.to === run.from);
    if (before) before.run = { from: before.run.from, to: run.to };
    else runs.push({ shard, run });
  }
  for (const { shard, run } of runs) {
    // Before that there is no log: what has no state had nothing.
    if (run.to > rawFrom && run.from < question.numbers.asOf) await foldTail(question, shard, run);
  }
}

/** Returns the batches folded, or undefined where there are more than `limit`: then none counts. */
async function cutFromLog(
  { context: { events, hash, countBots }, site, numbers, wanted: { isWanted } }: RollupQuery,
  shards: number[],
  { from, to }: Run,
  limit: number,
): Promise<number | undefined> {
  const within: Stretch[] = numbers.stretches
    .filter(({ start, end }) => start < to && end > from)
    .map(({ start, end }) => ({ start, end, rollup: emptyRollup(), additiveOnly: false }));
  const part = { ...numbers, stretches: within };
  let [batches, bytes] = [0, 0];
  const pageBatches = Math.min(PAGE_BATCHES, limit + 1);
  const slice = createTimeSlice();
  for (const shard of shards) {
    for await (const page of readLog(events, { site: site.id, shard, from, to }, pageBatches)) {
      batches += page.batches.length;
      bytes += page.bytes;
      if (batches > limit || bytes > MAX_TAIL_BYTES) return undefined;
      for (const batch of page.batches) {
        const stretch = stretchAt(part, batch.received_at);
        if (stretch) foldBatch(stretch.rollup, batch, { hash, countBots, isWanted });
        await slice();
      }
    }
  }
  for (const { start, rollup } of within) {
    const stretch = stretchAt(numbers, start);
    if (stretch) mergeRollup(stretch.rollup, rollup);
  }
  return batches;
}

/** Returns what of the hour the strips do not hold yet. */
async function cutFromStrips(
  question: RollupQuery,
  shard: number,
  { from, to }: Run,
): Promise<Run | undefined> {
  const { context, site, numbers } = question;
  const hour = { site: site.id, shard, kind: 'hour', from, to } as const;
  const { states } = await context.rollups.rollups(hour, { consistent: true });
  for (const stretch of numbers.stretches) {
    if (stretch.start < to && stretch.end > from) stretch.additiveOnly = true;
  }
  let through = from;
  for (const state of states) {
    const strips = stripsOf(state);
    if (!strips) continue;
    through = state.through;
    for (const [start, counters] of strips) {
      const stretch = stretchAt(numbers, start);
      if (!stretch) continue;
      addCounters(stretch.rollup.totals, counters);
      addCounters(countersAt(stretch.rollup.strips, start), counters);
    }
  }
  const end = Math.min(to, context.rollups.now() + CLOCK_MARGIN_MS);
  return through < end ? { from: through, to: end } : undefined;
}
