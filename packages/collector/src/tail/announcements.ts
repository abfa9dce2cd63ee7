/** What this process has stored, on its way into the aggregates: it is known at once, before the index shows it. */
import { MAX_ANNOUNCED_BATCHES } from '../budgets.js';
import type { StoredBatch } from '../storage/event-store.js';

/** Gives batches the ordinals that a read of the log would give them. */
export type NumberBatches = (batches: StoredBatch[]) => Promise<StoredBatch[]>;

/** So many are added together, without anybody asking. */
const ADDED_AT_ONCE = 64;

export interface Announcements {
  add(shard: number, batch: StoredBatch): void;
  /** Resolves when all that was announced before is added. Never rejects: what is not added is read from the log. */
  flush(): Promise<void>;
}

export function createAnnouncements(
  number: NumberBatches,
  add: (shard: number, batch: StoredBatch) => void,
): Announcements {
  let waiting: { shard: number; batch: StoredBatch }[] = [];
  let flushing: Promise<void> | undefined;

  async function addWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const taken = waiting;
      waiting = [];
      const batches = await number(taken.map(({ batch }) => batch));
      batches.forEach((batch, index) => {
        const shard = taken[index]?.shard;
        if (shard !== undefined) add(shard, batch);
      });
    }
  }

  function flush(): Promise<void> {
    flushing ??= addWaiting()
      .catch(() => {})
      .finally(() => {
        flushing = undefined;
      });
    return flushing;
  }

  return {
    add(shard, batch) {
      // Announcing is for speed alone: the index shows the rest.
      if (waiting.length >= MAX_ANNOUNCED_BATCHES) return;
      waiting.push({ shard, batch });
      if (waiting.length >= ADDED_AT_ONCE) void flush();
    },
    flush,
  };
}
