/** Reads the log on for an aggregate: bounded, and never over what did not come. */
import { MAX_TAIL_BYTES } from '../budgets.js';
import { scanForward } from '../event-log/scan-forward.js';
import type { ArrivedItem, EventStore } from '../storage/event-store.js';
import { createTimeSlice } from '../time-slice.js';
import { type CursorRange, lastCursor, moveCursors, rangesToRead } from './cursors.js';
import { addOnce, addUndecodable, isKnown, type TailAggregate } from './tail-aggregate.js';

const PAGE_BATCHES = 1_000;

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

/**
 * @param readAt the store's time, taken before the first page
 * @returns whether all was read
 */
export async function readOn(
  aggregate: TailAggregate,
  source: LogSource,
  readAt: number,
  { maxBatches, maxBytes, maxMs }: ReadLimits,
): Promise<boolean> {
  const until = performance.now() + maxMs;
  let [batches, bytes] = [0, 0];
  let isComplete = true;
  for (const range of rangesToRead(aggregate.cursors, readAt)) {
    let done = range.from;
    let isRead = true;
    for await (const page of readPages(aggregate, source, range, readAt)) {
      done = page.until ?? done;
      batches += page.added;
      bytes += page.bytes;
      if (page.isFull || batches >= maxBatches || bytes >= maxBytes || performance.now() >= until) {
        isRead = false;
        break;
      }
      // Pages that came count, whatever becomes of the next.
      moveOver(aggregate, range, done, readAt);
    }
    moveOver(aggregate, range, isRead ? range.to : done, readAt);
    isComplete &&= isRead;
  }
  aggregate.buckets.compact(readAt);
  return isComplete;
}

interface ReadPage {
  /** Batches that were new. */
  added: number;
  /** JSON text of them. */
  bytes: number;
  /** Arrival (ms) up to which it reached, not including what else arrived in that millisecond; undefined where nothing is there. */
  until: number | undefined;
  /** Whether it ended early because there is no room for more. */
  isFull: boolean;
}

async function* readPages(
  aggregate: TailAggregate,
  { events, site, shard }: LogSource,
  { from, to }: CursorRange,
  readAt: number,
): AsyncGenerator<ReadPage> {
  const slice = createTimeSlice();
  const range = {
    site,
    shard,
    from,
    to,
    skip: (item: ArrivedItem) => isKnown(aggregate, item),
    onUndecodable: (items: ArrivedItem[]) => {
      for (const item of items) addUndecodable(aggregate, item, readAt);
    },
  };
  for await (const { batches, bytes, lastArrival } of scanForward(events, range, PAGE_BATCHES)) {
    let added = 0;
    for (const batch of batches) {
      if (!aggregate.buckets.hasRoomFor(batch, readAt)) {
        yield { added, bytes, until: batch.received_at, isFull: true };
        return;
      }
      if (addOnce(aggregate, batch, readAt)) added += 1;
      await slice();
    }
    yield { added, bytes, until: lastArrival, isFull: false };
  }
}

function moveOver(aggregate: TailAggregate, range: CursorRange, to: number, readAt: number): void {
  aggregate.readAt = Math.max(aggregate.readAt, readAt);
  moveCursors(aggregate.cursors, range, to, readAt);
  aggregate.names.forgetBefore(lastCursor(aggregate.cursors));
}
