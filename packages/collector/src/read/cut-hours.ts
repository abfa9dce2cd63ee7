/** Hours that a boundary of a question cuts: from the log while it is there, else from their strips. */
import { addCounters } from '../rollup/counters.js';
import { decodeRollup } from '../rollup/encode.js';
import { readLog } from '../rollup/read-log.js';
import { emptyRollup, foldBatch, mergeRollup } from '../rollup/rollup.js';
import { countersAt } from '../rollup/row-set.js';
import { type NumbersQuestion, type Run, type Stretch, stretchAt } from './stretch.js';

const DAY_MS = 86_400_000;
/** Batches read for hours that a boundary cuts, but for the rest of a page. */
const MAX_CUT_BATCHES = 20_000;
const PAGE_BATCHES = 1_000;

/**
 * Hours that a boundary cuts are folded from the log into their parts, newest first, while it is there and within
 * bounds; else their strips give the totals. An hour that is too much for what is left uses it up.
 */
export async function readCutHours(question: NumbersQuestion, shards: number[], hours: Run[]): Promise<void> {
  const { context, site } = question;
  const rawFrom = context.rollups.now() - (site.retentionDays - 1) * DAY_MS;
  let left = MAX_CUT_BATCHES;
  for (const hour of hours.toReversed()) {
    if (hour.from >= rawFrom && left > 0) {
      const folded = await cutFromLog(question, shards, hour, left);
      left -= folded ?? left;
      if (folded !== undefined) continue;
    }
    await Promise.all(shards.map((shard) => cutFromStrips(question, shard, hour)));
  }
}

/** Returns the batches folded, or undefined where there are more than `limit`: then none counts. */
async function cutFromLog(
  { context: { events, hash, countBots }, site, numbers, wanted: { isWanted } }: NumbersQuestion,
  shards: number[],
  { from, to }: Run,
  limit: number,
): Promise<number | undefined> {
  const within: Stretch[] = numbers.stretches
    .filter(({ start, end }) => start < to && end > from)
    .map(({ start, end }) => ({ start, end, rollup: emptyRollup(), additiveOnly: false }));
  const part = { ...numbers, stretches: within };
  let batches = 0;
  const pageBatches = Math.min(PAGE_BATCHES, limit + 1);
  for (const shard of shards) {
    for await (const page of readLog(events, { site: site.id, shard, from, to }, pageBatches)) {
      batches += page.length;
      if (batches > limit) return undefined;
      for (const batch of page) {
        const stretch = stretchAt(part, batch.received_at);
        if (stretch) foldBatch(stretch.rollup, batch, { hash, countBots, isWanted });
      }
    }
  }
  for (const { start, rollup } of within) {
    const stretch = stretchAt(numbers, start);
    if (stretch) mergeRollup(stretch.rollup, rollup);
  }
  return batches;
}

async function cutFromStrips(
  { context, site, numbers }: NumbersQuestion,
  shard: number,
  { from, to }: Run,
): Promise<void> {
  const hour = { site: site.id, shard, kind: 'hour', from, to } as const;
  const { states } = await context.rollups.rollups(hour);
  for (const stretch of numbers.stretches) {
    if (stretch.start < to && stretch.end > from) stretch.additiveOnly = true;
  }
  for (const state of states) {
    if (state.through < Math.min(to, context.rollups.now()))
      numbers.asOf = Math.min(numbers.asOf, state.through);
    for (const [start, counters] of decodeRollup(state, []).strips) {
      const stretch = stretchAt(numbers, start);
      if (!stretch) continue;
      addCounters(stretch.rollup.totals, counters);
      addCounters(countersAt(stretch.rollup.strips, start), counters);
    }
  }
}
