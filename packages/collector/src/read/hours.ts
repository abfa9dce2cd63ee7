/** Stored hours, and behind the newest of them the log's tail. */
import type { Calendar } from '../rollup/calendar.js';
import { readLog } from '../rollup/read-log.js';
import { foldBatch } from '../rollup/rollup.js';
import type { RollupState } from '../store/rollup-store.js';
import { CLOCK_MARGIN_MS } from './kept.js';
import { addState, type NumbersQuestion, type Run, stretchAt } from './stretch.js';

const DAY_MS = 86_400_000;
/** Batches per shard that the log's tail may have; beyond, the answer is as of an earlier time. */
const MAX_TAIL_BATCHES = 2_000;

/** All hours of a run, and what arrived in it since the newest of them. */
export async function readHours(question: NumbersQuestion, shard: number, { from, to }: Run): Promise<void> {
  const { context, site } = question;
  const end = Math.min(to, context.rollups.now() + CLOCK_MARGIN_MS);
  const newest = await context.rollups.newest({ site: site.id, shard, kind: 'hour' }, end);
  if (newest && newest.start >= from) {
    for (const state of await hoursUpTo(question, shard, from, newest)) addState(question, state);
  }
  const folded = newest ? newest.through : end - site.retentionDays * DAY_MS;
  await foldTail(question, shard, { from: Math.max(from, folded), to: end });
}

/**
 * The hours from `from` to the newest, which is known to be so. The others are read at half the price, as the store
 * happens to show them: each hour names the one before it, so it can be told whether all are there and whole. Where
 * they are not, they are read once more, consistently.
 */
async function hoursUpTo(
  { context: { rollups }, site }: NumbersQuestion,
  shard: number,
  from: number,
  newest: RollupState,
): Promise<RollupState[]> {
  if (newest.start === from) return [newest];
  const range = { site: site.id, shard, kind: 'hour', from, to: newest.start } as const;
  for (const consistent of [false, true]) {
    const { states } = await rollups.rollups(range, { consistent });
    if (consistent || areAll(states, newest, from, site.calendar)) return [...states, newest];
  }
  return [newest];
}

function areAll(states: RollupState[], newest: RollupState, from: number, calendar: Calendar): boolean {
  const hours = new Map(states.map((state) => [state.start, state]));
  for (let start = newest.previous; start !== undefined && start >= from; ) {
    const hour = hours.get(start);
    if (!hour || hour.through < calendar.next(start, 'hour')) return false;
    start = hour.previous;
  }
  return true;
}

async function foldTail(
  { context: { events, hash, countBots }, site, numbers, wanted: { isWanted } }: NumbersQuestion,
  shard: number,
  { from, to }: Run,
): Promise<void> {
  let batches = 0;
  reading: for await (const page of readLog(events, { site: site.id, shard, from, to })) {
    for (const batch of page) {
      if (batches >= MAX_TAIL_BATCHES) {
        numbers.asOf = Math.min(numbers.asOf, batch.received_at);
        break reading;
      }
      const stretch = stretchAt(numbers, batch.received_at);
      if (stretch) foldBatch(stretch.rollup, batch, { hash, countBots, isWanted });
      batches += 1;
    }
  }
  numbers.tailBatches += batches;
}
