/** Stored hours, and behind the newest of them what arrived since: from the process's tail, else from the log. */
import { MAX_TAIL_BYTES } from '../budgets.js';
import { CLOCK_MARGIN_MS } from '../event-log/retention-window.js';
import { scanForward } from '../event-log/scan-forward.js';
import { addBatch, countOver } from '../rollup/aggregate.js';
import type { UndecodableBatch } from '../storage/event-store.js';
import type { RollupState } from '../storage/rollup-store.js';
import type { Calendar } from '../time/calendar.js';
import { DAY_MS } from '../time/ms.js';
import { createTimeSlice } from '../time-slice.js';
import { addTail, isStored, readTail } from './add-tail.js';
import { addState, findBucket, type RollupQuery, type Span } from './time-buckets.js';

/** Batches per shard that the log's tail may have; beyond, the answer is as of an earlier time. */
const MAX_TAIL_BATCHES = 2_000;

/** Hours are read so many days at a time: those of a hostile site are large. */
const DAYS_AT_ONCE = 4;

/** All hours of a run, and what arrived in it since the newest of them. */
export async function readHours(query: RollupQuery, shard: number, { from, to }: Span): Promise<void> {
  const { context, site } = query;
  const cut = isStored(query, shard, { from, to }) ? undefined : (await readTail(query))?.[shard];
  if (cut && to > (cut.base?.start ?? 0)) {
    if (cut.base && cut.base.start >= from) await addHours(query, shard, from, cut.base);
    return addTail(query, cut, cut.buckets, { from, to });
  }
  const end = Math.min(to, context.rollups.now() + CLOCK_MARGIN_MS);
  const newest = await context.rollups.newest({ site: site.id, shard, kind: 'hour' }, end);
  if (newest && newest.start >= from) await addHours(query, shard, from, newest);
  const processedThrough = newest ? newest.through : end - site.retentionDays * DAY_MS;
  await aggregateTail(query, shard, { from: Math.max(from, processedThrough), to: end });
}

/**
 * The hours from `from` to the newest, which is known to be so. The others are read at half the price, as the store
 * happens to show them: each hour names the one before it, so it can be told whether all are there and whole. Where
 * they are not, they are read once more, consistently; what is not whole then failed to be rolled up, and is in the log.
 */
async function addHours(query: RollupQuery, shard: number, from: number, newest: RollupState): Promise<void> {
  const { calendar } = query.site;
  const slice = createTimeSlice();
  const gaps: Span[] = addState(query, newest) ? [] : [{ from: newest.start, to: newest.through }];
  let after = newest;
  for (let to = newest.start; to > from; ) {
    const start = Math.max(from, to - DAYS_AT_ONCE * DAY_MS);
    const states = await hoursBetween(query, shard, { from: start, to }, after);
    gaps.push(...missing(states, after, start, calendar));
    for (const state of states) {
      if (!addState(query, state)) gaps.push(fullHour(state.start, calendar));
      await slice();
    }
    after = states[0] ?? after;
    to = start;
  }
  for (const gap of gaps) await readGap(query, shard, gap);
}

async function hoursBetween(
  { context: { rollups }, site }: RollupQuery,
  shard: number,
  { from, to }: Span,
  after: RollupState,
): Promise<RollupState[]> {
  const range = { site: site.id, shard, kind: 'hour', from, to } as const;
  const { states } = await rollups.rollups(range, { consistent: false });
  if (missing(states, after, from, site.calendar).length === 0) return states;
  return (await rollups.rollups(range, { consistent: true })).states;
}

/** What hours from `from` on, each of which names the one before it, are not there or not whole. */
function missing(states: RollupState[], after: RollupState, from: number, calendar: Calendar): Span[] {
  const starts = new Set(states.map(({ start }) => start));
  const gaps: Span[] = [];
  for (const { previous } of [...states, after]) {
    if (previous !== undefined && previous >= from && !starts.has(previous))
      gaps.push(fullHour(previous, calendar));
  }
  for (const { start, through } of states) {
    const end = calendar.next(start, 'hour');
    if (through < end) gaps.push({ from: through, to: end });
  }
  return gaps;
}

const fullHour = (start: number, calendar: Calendar): Span => ({
  from: start,
  to: calendar.next(start, 'hour'),
});

async function readGap(query: RollupQuery, shard: number, gap: Span): Promise<void> {
  const { context, site, result } = query;
  if (gap.from < context.rollups.now() - site.retentionDays * DAY_MS) result.unreadableHours.add(gap.from);
  else await aggregateTail(query, shard, gap);
}

/** Aggregates what arrived in a time range. Where that is too much, the response is as of where it stopped. */
export async function aggregateTail(
  { context: { events, hash, countBots }, site, result, selection: { rowFilter } }: RollupQuery,
  shard: number,
  { from, to }: Span,
): Promise<void> {
  let [batches, bytes] = [0, 0];
  const onUndecodable = (left: UndecodableBatch[]) => {
    for (const { received_at } of left) {
      const bucket = findBucket(result, received_at);
      if (bucket) countOver(bucket.rollup, 'dropped.undecodable', 1);
    }
  };
  const slice = createTimeSlice();
  reading: for await (const page of scanForward(events, { site: site.id, shard, from, to, onUndecodable })) {
    for (const batch of page.batches) {
      if (batches >= MAX_TAIL_BATCHES || bytes >= MAX_TAIL_BYTES) {
        result.asOf = Math.min(result.asOf, batch.received_at);
        break reading;
      }
      const bucket = findBucket(result, batch.received_at);
      if (bucket) addBatch(bucket.rollup, batch, { hash, countBots, rowFilter });
      batches += 1;
      await slice();
    }
    bytes += page.bytes;
  }
  result.tailBatches += batches;
}
