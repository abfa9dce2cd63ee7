/** What this process has stored, on its way into the aggregates: it is known at once, before the index shows it. */
import { MAX_ANNOUNCED_CHARS } from '../budgets.js';
import type { StoredBatch } from '../storage/event-store.js';

/** Gives batches the ordinals that a read of the log would give them. */
export type NumberBatches = (batches: StoredBatch[]) => Promise<StoredBatch[]>;

/** So many are added together, without anybody asking. */
const ADDED_AT_ONCE = 64;

export interface Announcements {
  /** @param chars of the JSON text that the batch was made of */
  add(shard: number, batch: StoredBatch, chars: number): void;
  /** Resolves when all that was announced before is added. Never rejects: what is not added is read from the log. */
  flush(): Promise<void>;
}

interface Announced {
  shard: number;
  batch: StoredBatch;
}

export function createAnnouncements(
  number: NumberBatches,
  add: (shard: number, batch: StoredBatch) => void,
): Announcements {
  let waiting: Announced[] = [];
  /** Of those that wait, and of those that are being added. */
  let waitingChars = 0;
  let flushing: Promise<void> | undefined;

  async function addTaken(taken: Announced[]): Promise<void> {
    const batches = await number(taken.map(({ batch }) => batch));
    batches.forEach((batch, index) => {
      const shard = taken[index]?.shard;
      if (shard !== undefined) add(shard, batch);
    });
  }

  async function addWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const [taken, takenChars] = [waiting, waitingChars];
      waiting = [];
      await addTaken(taken).catch(() => {});
      waitingChars -= takenChars;
    }
    // In the same turn as the last look: what is announced after it is for the next flush.
    flushing = undefined;
  }

  function flush(): Promise<void> {
    if (waiting.length > 0) flushing ??= addWaiting();
    return flushing ?? Promise.resolve();
  }

  return {
    add(shard, batch, chars) {
      // Announcing is for speed alone: the index shows the rest.
      if (waitingChars + chars > MAX_ANNOUNCED_CHARS) return;
      waitingChars += chars;
      waiting.push({ shard, batch });
      if (waiting.length >= ADDED_AT_ONCE) void flush();
    },
    flush,
  };
}
