/** Batches as they arrive: the newest part of the log is read again and again, and each batch is yielded once. */
import { setTimeout as wait } from 'node:timers/promises';
import type { EventStore, StoredBatch } from '@liveinsight/collector';
import { scanForward } from '@liveinsight/collector/event-log';

const POLL_EVERY_MS = 500;
/** The log's index may lag, and clocks differ: what is younger than this is read again. */
const OVERLAP_MS = 15_000;
const PAGE_BATCHES = 500;

export interface FollowOptions {
  site: string;
  /** The highest number of shards that the site has had. */
  shards: number;
  /** First arrival wanted, in ms. */
  since: number;
  signal: AbortSignal;
  /** Called when the store can't be read, and when it can again (undefined). */
  onStoreError(cause: Error | undefined): void;
}

export async function* follow(store: EventStore, options: FollowOptions): AsyncGenerator<StoredBatch> {
  const { since, signal, onStoreError } = options;
  /** Arrival by batch, of those young enough to be read again. */
  const seen = new Map<string, number>();
  let from = since;
  let trouble = false;
  while (!signal.aborted) {
    const to = Date.now() + OVERLAP_MS;
    try {
      const batches = await readRange(store, options, from, to);
      if (trouble) onStoreError(undefined);
      trouble = false;
      for (const batch of batches) {
        const name = `${batch.session_id} ${batch.batch}`;
        if (!seen.has(name)) yield batch;
        seen.set(name, batch.received_at);
      }
      from = Math.max(since, to - 2 * OVERLAP_MS);
      for (const [name, arrival] of seen) if (arrival < from) seen.delete(name);
    } catch (error) {
      if (!trouble) onStoreError(error instanceof Error ? error : new Error(String(error)));
      trouble = true;
    }
    await wait(POLL_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}

async function readRange(store: EventStore, { site, shards }: FollowOptions, from: number, to: number) {
  const parts = await Promise.all(
    Array.from({ length: shards }, async (_, shard) => {
      const batches: StoredBatch[] = [];
      for await (const page of scanForward(store, { site, shard, from, to }, PAGE_BATCHES))
        batches.push(...page.batches);
      return batches;
    }),
  );
  return parts.flat().sort((a, b) => a.received_at - b.received_at);
}
