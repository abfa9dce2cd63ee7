/** Requests share a transaction, and so one flush of the disk: all that came in by the same turn of the event loop. */
import { MAX_COMMIT_BYTES, MAX_WRITE_QUEUE_BYTES } from '../../budgets.js';
import type { AppendOutcome, NewBatch } from '../event-store.js';
import { type Append, type PreparedBatch, prepareBatch, toIds } from './append.js';
import type { Database } from './database.js';
import { explain } from './explain.js';

interface Waiting {
  prepared: PreparedBatch;
  resolve: (outcome: AppendOutcome) => void;
}

export interface GroupCommit {
  /** Resolves once it is on the disk. Never rejects. */
  append(batch: NewBatch): Promise<AppendOutcome>;
  /** Writes what waits. */
  flush(): void;
}

export function createGroupCommit(database: Database, append: Append, now: () => number): GroupCommit {
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let soon = false;

  function flushSoon(): void {
    if (soon) return;
    soon = true;
    setImmediate(() => {
      soon = false;
      commit();
      if (waiting.length > 0) flushSoon();
    });
  }

  function takeGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    while (count < waiting.length && bytes < MAX_COMMIT_BYTES) {
      bytes += waiting[count]?.prepared.bytes ?? 0;
      count += 1;
    }
    const group = waiting.slice(0, count);
    waiting = waiting.slice(count);
    waitingBytes -= bytes;
    return group;
  }

  function commit(): void {
    const group = takeGroup();
    if (group.length === 0) return;
    try {
      const outcomes = database.transaction(() => {
        const stamp = now();
        return group.map(({ prepared }) => append(prepared, stamp));
      });
      for (const [index, { prepared, resolve }] of group.entries())
        resolve(outcomes[index] ?? retry(prepared.batch, 'the store gave no answer to it'));
    } catch (error) {
      for (const { prepared, resolve } of group) resolve(retry(prepared.batch, explain(error)));
    }
  }

  return {
    append(batch) {
      try {
        const prepared = prepareBatch(batch);
        if (waitingBytes > 0 && waitingBytes + prepared.bytes > MAX_WRITE_QUEUE_BYTES) {
          const cause = `${waitingBytes >> 20} MB of batches are waiting already`;
          return Promise.resolve(retry(batch, cause));
        }
        waitingBytes += prepared.bytes;
        return new Promise((resolve) => {
          waiting.push({ prepared, resolve });
          flushSoon();
        });
      } catch (error) {
        return Promise.resolve(retry(batch, explain(error)));
      }
    },
    flush() {
      while (waiting.length > 0) commit();
    },
  };
}

export const retry = (batch: NewBatch, cause: string): AppendOutcome => ({
  kind: 'retry',
  event_ids: toIds(batch.events),
  cause,
});
