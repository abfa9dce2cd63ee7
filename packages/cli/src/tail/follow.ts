/** Batches as they arrive: the store's index of arrivals, asked again and again, each batch told once. */
import { setTimeout as wait } from 'node:timers/promises';
import type { EventStore, StoredBatch } from '@liveinsight/collector';
import { DAY_MS, utcDay } from '../time.js';

const POLL_EVERY_MS = 500;
/** The index may lag, and clocks differ: what is younger than this is looked at again. */
const OVERLAP_MS = 15_000;
const PAGE_BATCHES = 500;

export interface FollowOptions {
  site: string;
  /** Shards of the site's index, over all of its steps. */
  shards: number;
  /** First arrival wanted, in ms. */
  since: number;
  signal: AbortSignal;
  /** Told when the store can't be read, and when it can again (undefined). */
  onStoreError(cause: Error | undefined): void;
}

export async function* follow(store: EventStore, options: FollowOptions): AsyncGenerator<StoredBatch> {
  const { since, signal, onStoreError } = options;
  /** Arrival by batch, of those young enough to be met again. */
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

async function readRange(store: EventStore, options: FollowOptions, from: number, to: number) {
  const parts: Promise<StoredBatch[]>[] = [];
  for (let at = Math.floor(from / DAY_MS) * DAY_MS; at < to; at += DAY_MS) {
    const day = utcDay(at);
    for (let shard = 0; shard < options.shards; shard += 1) {
      parts.push(readShard(store, { site: options.site, day, shard, from, to, limit: PAGE_BATCHES }));
    }
  }
  return (await Promise.all(parts)).flat().sort((a, b) => a.received_at - b.received_at);
}

async function readShard(store: EventStore, query: Parameters<EventStore['arrivals']>[0]) {
  const batches: StoredBatch[] = [];
  let page = await store.arrivals(query);
  batches.push(...page.batches);
  while (page.next !== undefined) {
    page = await store.arrivals({ ...query, after: page.next });
    batches.push(...page.batches);
  }
  return batches;
}
