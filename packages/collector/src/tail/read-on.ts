/** Reads the log on for an aggregate: bounded, and never over what did not come. */
import { MAX_TAIL_BYTES } from '../budgets.js';
import type { TimeBounds } from '../event-log/read-partition.js';
import { scanForward } from '../event-log/scan-forward.js';
import type { ArrivedItem, EventStore } from '../storage/event-store.js';
import { createTimeSlice } from '../time-slice.js';
import { type CursorRange, headCursor, lastCursor, moveCursors, rangesToRead } from './cursors.js';
import { addOnce, addUndecodable, isKnown, type TailAggregate } from './tail-aggregate.js';

const PAGE_BATCHES = 1_000;
/** Where this process has announced so many of the newest arrivals, the others are found by name. */
const ANNOUNCED_SHARE = 0.9;

export interface LogSource {
  events: EventStore;
  site: string;
  shard: number;
}

/** How much one answer waits for; what is left is read by the next. */
export interface ReadLimits {
  /** Batches that are new. */
  maxBatches: number;
  /** JSON text of their events. */
  maxBytes: number;
  maxMs: number;
}

export const READ_LIMITS: ReadLimits = { maxBatches: 5_000, maxBytes: MAX_TAIL_BYTES, maxMs: 1_500 };

export interface ReadOutcome {
  /** Whether all was read. */
  isComplete: boolean;
  /** Batches that were found for the first time, whether or not this process had announced them before. */
  arrivals: number;
}

/** What one answer has read so far, over all ranges. */
interface Progress {
  batches: number;
  bytes: number;
  /** As in the outcome. */
  arrivals: number;
  /** Whether anything was there. */
  hasItems: boolean;
}

/**
 * Reads all ranges at once, so that an answer waits for one of them: those that do not meet have no item in common.
 *
 * @param readAt the store's time, taken before the first page
 */
export async function readOn(
  aggregate: TailAggregate,
  source: LogSource,
  readAt: number,
  limits: ReadLimits,
): Promise<ReadOutcome> {
  const until = performance.now() + limits.maxMs;
  const progress: Progress = { batches: 0, bytes: 0, arrivals: 0, hasItems: false };
  const isOver = () =>
    progress.batches >= limits.maxBatches ||
    progress.bytes >= limits.maxBytes ||
    // Days without arrivals are few: a new site on a slow store is not as of a month ago.
    (progress.hasItems && performance.now() >= until);
  const ranges = rangesToRead(aggregate.cursors, readAt);
  const reads = await Promise.allSettled(
    ranges.map((range) => readRange(aggregate, source, range, readAt, progress, isOver)),
  );
  aggregate.buckets.compact(readAt);
  // None is under way any more: the next read goes on from where each has come to.
  const isComplete = reads.every((read) => {
    if (read.status === 'rejected') throw read.reason;
    return read.value;
  });
  return { isComplete, arrivals: progress.arrivals };
}

/** Whether all of the range was read. */
async function readRange(
  aggregate: TailAggregate,
  source: LogSource,
  range: CursorRange,
  readAt: number,
  progress: Progress,
  isOver: () => boolean,
): Promise<boolean> {
  let done = range.from;
  for await (const page of readPages(aggregate, source, range, readAt)) {
    done = page.until ?? done;
    progress.batches += page.added;
    progress.bytes += page.bytes;
    progress.arrivals += page.arrivals;
    progress.hasItems ||= page.until !== undefined;
    const isEnd = page.isFull || isOver();
    // Pages that came count, whatever becomes of the next.
    moveOver(aggregate, range, done, readAt);
    if (isEnd) return false;
  }
  moveOver(aggregate, range, range.to, readAt);
  return true;
}

interface ReadPage {
  /** Batches that were new. */
  added: number;
  /** JSON text of them. */
  bytes: number;
  /** Batches that were found for the first time. */
  arrivals: number;
  /** Arrival (ms) up to which it reached, not including what else arrived in that millisecond; undefined where nothing is there. */
  until: number | undefined;
  /** Whether it ended early because there is no room for more. */
  isFull: boolean;
}

/**
 * What was read before is read again by name, in full only what has come to light since. So is what is new where this
 * process has stored, and announced, nearly all of it.
 */
async function* readPages(
  aggregate: TailAggregate,
  source: LogSource,
  { from, to }: CursorRange,
  readAt: number,
): AsyncGenerator<ReadPage> {
  const seenTo = Math.min(to, headCursor(aggregate.cursors));
  for (const part of [
    { from, to: seenTo, skipsMost: true },
    { from: Math.max(from, seenTo), to, skipsMost: aggregate.announcedShare >= ANNOUNCED_SHARE },
  ]) {
    if (part.from < part.to) yield* readPart(aggregate, source, part, readAt);
  }
}

async function* readPart(
  aggregate: TailAggregate,
  { events, site, shard }: LogSource,
  part: TimeBounds & { skipsMost: boolean },
  readAt: number,
): AsyncGenerator<ReadPage> {
  const slice = createTimeSlice();
  const isNew = part.from >= headCursor(aggregate.cursors);
  // What is looked for by name, and then read in full, counts twice: few of these, and the next read is in full.
  let items = 0;
  let announced = 0;
  const range = {
    site,
    shard,
    ...part,
    skip(item: ArrivedItem) {
      const skips = isKnown(aggregate, item);
      items += 1;
      if (skips) announced += 1;
      return skips;
    },
    onUndecodable: (items: ArrivedItem[]) => {
      for (const item of items) addUndecodable(aggregate, item, readAt);
    },
  };
  for await (const { batches, bytes, lastArrival } of scanForward(events, range, PAGE_BATCHES)) {
    let added = 0;
    for (const batch of batches) {
      if (!aggregate.buckets.hasRoomFor(batch, readAt)) {
        yield { added, bytes, arrivals: isNew ? items : 0, until: batch.received_at, isFull: true };
        return;
      }
      if (addOnce(aggregate, batch, readAt)) added += 1;
      await slice();
    }
    yield { added, bytes, arrivals: isNew ? items : 0, until: lastArrival, isFull: false };
    if (isNew && items > 0) aggregate.announcedShare = announced / items;
    items = 0;
    announced = 0;
  }
}

function moveOver(aggregate: TailAggregate, range: CursorRange, to: number, readAt: number): void {
  aggregate.readAt = Math.max(aggregate.readAt, readAt);
  moveCursors(aggregate.cursors, range, to, readAt);
  aggregate.names.forgetBefore(lastCursor(aggregate.cursors));
}
