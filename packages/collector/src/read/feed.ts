/** What this process has just stored, told to whoever listens: the live view needs no read for it. */
import { randomUUID } from 'node:crypto';
import type { NewBatch, StoredBatch } from '../store/store.js';

/** A stored batch, and the place of it in this process's feed. */
export interface LiveBatch {
  /** As `<process>-<number>`; what a listener that comes back asks to go on from. */
  id: string;
  /** Its `received_at` is the collector's clock; the store's own differs by some milliseconds. */
  batch: Omit<StoredBatch, 'expires_at'>;
}
export type LiveListener = (live: LiveBatch) => void;

/** Batches kept for listeners that come back after a break in the line. */
const KEPT_BATCHES = 500;

export interface Feed {
  publish(batch: NewBatch, receivedAt: number): void;
  /** @param afterId of the last batch seen: what came since is told first */
  subscribe(listener: LiveListener, afterId?: string, onClose?: () => void): () => void;
  /** Tells every listener that there will be no more. */
  close(): void;
}

export function createFeed(): Feed {
  const process = randomUUID().slice(0, 8);
  const kept: LiveBatch[] = [];
  /** A batch that is sent again is stored already, and was told already. */
  const told = new Set<string>();
  const listeners = new Map<LiveListener, (() => void) | undefined>();
  let count = 0;

  return {
    publish({ retention_days: _, shardAt: __, ...batch }, receivedAt) {
      const key = `${batch.site}#${batch.session_id}#${batch.batch}#${batch.events.at(-1)?.event_id}`;
      if (told.has(key)) return;
      told.add(key);
      count += 1;
      const live: LiveBatch = { id: `${process}-${count}`, batch: { ...batch, received_at: receivedAt } };
      kept.push(live);
      if (kept.length > KEPT_BATCHES) {
        kept.shift();
        const [oldest] = told;
        if (oldest !== undefined) told.delete(oldest);
      }
      for (const listener of listeners.keys()) listener(live);
    },
    subscribe(listener, afterId, onClose) {
      if (afterId !== undefined) {
        const [from, number] = afterId.split('-');
        // One that listened to another process has seen nothing of this one.
        const seen = from === process ? Number(number) : 0;
        for (const live of kept) if (Number(live.id.split('-')[1]) > seen) listener(live);
      }
      listeners.set(listener, onClose);
      return () => listeners.delete(listener);
    },
    close() {
      for (const onClose of listeners.values()) onClose?.();
      listeners.clear();
    },
  };
}
