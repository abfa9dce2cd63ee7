/** Hours that a boundary of a question cuts: from the log while it is there, else from their strips. */

import { MAX_TAIL_BYTES } from '../budgets.js';
import { CLOCK_MARGIN_MS } from '../event-log/retention-window.js';
import { scanForward } from '../event-log/scan-forward.js';
import { addCounters } from '../events/counters.js';
import { addBatch, emptyRollup, mergeRollup } from '../rollup/aggregate.js';
import { decodeFiveMinuteTotals } from '../rollup/rollup-codec.js';
import { countersAt } from '../rollup/row-set.js';
import type { RollupState } from '../storage/rollup-store.js';
import type { TailCut } from '../tail/shard-tail.js';
import { DAY_MS } from '../time/ms.js';
import { createTimeSlice } from '../time-slice.js';
import { addTail, readTail } from './add-tail.js';
import { aggregateTail } from './read-hours.js';
import { findBucket, type RollupQuery, type Span, type TimeBucket } from './time-buckets.js';

/** Batches read for hours that a boundary cuts, but for the rest of a page. */
const MAX_PARTIAL_HOUR_BATCHES = 20_000;
const PAGE_BATCHES = 1_000;

/**
 * Hours that a boundary cuts are aggregated from the log into their parts, newest first, while it is there and within
 * bounds; else their strips give the totals. An hour that is too much for what is left uses it up.
 */
export async function readPartialHours(query: RollupQuery, shards: number[], hours: Span[]): Promise<void> {
  const { context, site } = query;
  const cuts = await readTail(query);
  const rawFrom = context.rollups.now() - (site.retentionDays - 1) * DAY_MS;
  let left = MAX_PARTIAL_HOUR_BATCHES;
  const unknown: Unknown[] = [];
  for (const hour of hours.toReversed()) {
    if (hour.from >= rawFrom && left > 0) {
      const count = await splitFromLog(query, shards, hour, left, cuts);
      left -= count ?? left;
      if (count !== undefined) continue;
    }
    const found = await Promise.all(
      shards.map((shard) => splitFromFiveMinutes(query, shard, hour, cuts?.[shard])),
    );
    found.forEach((run, shard) => {
      if (run) unknown.push({ shard, run });
    });
  }
  await readUnknown(query, unknown, rawFrom);
}

interface Unknown {
  shard: number;
  run: Span;
}

/**
 * What the strips do not hold yet is read from the log as far as an answer may, oldest first: the answer is as of where
 * that ends, never of now with nothing in it.
 */
async function readUnknown(query: RollupQuery, newestFirst: Unknown[], rawFrom: number): Promise<void> {
  const runs: Unknown[] = [];
  for (const { shard, run } of newestFirst.toReversed()) {
    const before = runs.findLast((one) => one.shard === shard && one.run.to === run.from);
    if (before) before.run = { from: before.run.from, to: run.to };
    else runs.push({ shard, run });
  }
  for (const { shard, run } of runs) {
    // Before that there is no log: what has no state had nothing.
    if (run.to > rawFrom && run.from < query.result.asOf) await aggregateTail(query, shard, run);
  }
}

/**
 * Reads from the log what the tail's buckets do not hold. Returns the batches read, or undefined where there are more than
 * `limit`: then none counts.
 */
async function splitFromLog(
  query: RollupQuery,
  shards: number[],
  { from, to }: Span,
  limit: number,
  cuts: TailCut[] | undefined,
): Promise<number | undefined> {
  const {
    context: { events, hash, countBots },
    site,
    result,
    selection: { rowFilter },
  } = query;
  const within: TimeBucket[] = result.buckets
    .filter(({ start, end }) => start < to && end > from)
    .map(({ start, end }) => ({ start, end, rollup: emptyRollup(), additiveOnly: false }));
  const part = { ...result, buckets: within };
  let [batches, bytes] = [0, 0];
  const pageBatches = Math.min(PAGE_BATCHES, limit + 1);
  const slice = createTimeSlice();
  for (const shard of shards) {
    const unheld = { from, to: Math.min(to, cuts?.[shard]?.retainedFrom ?? to) };
    for await (const page of scanForward(events, { site: site.id, shard, ...unheld }, pageBatches)) {
      batches += page.batches.length;
      bytes += page.bytes;
      if (batches > limit || bytes > MAX_TAIL_BYTES) return undefined;
      for (const batch of page.batches) {
        const bucket = findBucket(part, batch.received_at);
        if (bucket) addBatch(bucket.rollup, batch, { hash, countBots, rowFilter });
        await slice();
      }
    }
  }
  for (const { start, rollup } of within) {
    const bucket = findBucket(result, start);
    if (bucket) mergeRollup(bucket.rollup, rollup);
  }
  for (const cut of cuts ?? [])
    if (to > cut.retainedFrom) await addTail(query, cut, [...cut.retained, ...cut.buckets], { from, to });
  return batches;
}

/** Returns what of the hour neither the strips nor the tail hold yet. */
async function splitFromFiveMinutes(
  query: RollupQuery,
  shard: number,
  { from, to }: Span,
  cut: TailCut | undefined,
): Promise<Span | undefined> {
  const { context, result } = query;
  const states = await readHourStates(query, shard, { from, to }, cut);
  for (const bucket of result.buckets) {
    if (bucket.start < to && bucket.end > from) bucket.additiveOnly = true;
  }
  let through = from;
  for (const state of states) {
    const totals = decodeFiveMinuteTotals(state);
    if (!totals) continue;
    through = state.through;
    for (const [start, counters] of totals) {
      const bucket = findBucket(result, start);
      if (!bucket) continue;
      addCounters(bucket.rollup.totals, counters);
      addCounters(countersAt(bucket.rollup.fiveMinuteTotals, start), counters);
    }
  }
  const end = Math.min(to, context.rollups.now() + CLOCK_MARGIN_MS);
  if (!cut) return through < end ? { from: through, to: end } : undefined;
  // What the strips hold the buckets do not: they begin where the newest stored hour ends.
  await addTail(query, cut, cut.buckets, { from: Math.max(from, cut.through), to });
  const unheld = { from: through, to: Math.min(end, cut.through) };
  return unheld.from < unheld.to ? unheld : undefined;
}

/** The hour as it is stored; the newest one as the tail's buckets follow it. */
async function readHourStates(
  { context, site }: RollupQuery,
  shard: number,
  { from, to }: Span,
  cut: TailCut | undefined,
): Promise<RollupState[]> {
  if (cut && (!cut.base || cut.base.start < from)) return [];
  if (cut?.base && cut.base.start < to) return [cut.base];
  const hour = { site: site.id, shard, kind: 'hour', from, to } as const;
  return (await context.rollups.rollups(hour, { consistent: true })).states;
}
