/** Reads what arrived for a site within a range, over its days and shards, up to a number of batches and of bytes. */
import { MAX_READ_BYTES } from '../budgets.js';
import { shardsOn } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { EventStore, StoredBatch } from '../storage/event-store.js';
import { utcDays } from './scan-forward.js';

const PAGE_BATCHES = 1_000;

export interface ArrivalRange {
  /** ms, inclusive. */
  from: number;
  /** ms, exclusive. */
  to: number;
  /** Batches read at most; the oldest are left out. */
  limit: number;
}

export interface NewestBatches {
  /** In order of arrival. */
  batches: StoredBatch[];
  /** Whether there was more than the limit, or than the budget in bytes. */
  truncated: boolean;
}

export async function readNewestBatches(
  store: EventStore,
  site: ResolvedSite,
  range: ArrivalRange,
): Promise<NewestBatches> {
  const batches: StoredBatch[] = [];
  let truncated = false;
  let bytes = 0;
  /** From when on all shards are read whole. */
  let begins = range.from;
  for (const day of utcDays(range.from, range.to).reverse()) {
    const shards = Array.from({ length: shardsOn(site.shards, day) }, (_, shard) => shard);
    const left = range.limit - batches.length;
    const budget = (MAX_READ_BYTES - bytes) / shards.length;
    const found = await Promise.all(
      shards.map((shard) => readShard(store, site.id, day, shard, { ...range, limit: left, bytes: budget })),
    );
    for (const part of found) {
      batches.push(...part.batches);
      bytes += part.bytes;
      truncated ||= part.truncated;
      if (part.truncated) begins = Math.max(begins, part.begins);
    }
    if (batches.length >= range.limit || truncated) {
      truncated ||= Date.parse(day) > range.from;
      break;
    }
  }
  const complete = batches.filter(({ received_at }) => received_at >= begins);
  complete.sort((a, b) => a.received_at - b.received_at);
  truncated ||= complete.length > range.limit;
  return { batches: complete.slice(-range.limit), truncated };
}

async function readShard(
  store: EventStore,
  site: string,
  day: string,
  shard: number,
  { from, to, limit, bytes: maxBytes }: ArrivalRange & { bytes: number },
): Promise<NewestBatches & { bytes: number; begins: number }> {
  const batches: StoredBatch[] = [];
  let bytes = 0;
  let after: string | undefined;
  do {
    const query = { site, day, shard, from, to, limit: Math.min(PAGE_BATCHES, limit), newestFirst: true };
    const page = await store.arrivals(after === undefined ? query : { ...query, after });
    batches.push(...page.batches);
    bytes += page.bytes ?? 0;
    after = page.next;
  } while (after !== undefined && batches.length < limit && bytes < maxBytes);
  return { batches, bytes, truncated: after !== undefined, begins: batches.at(-1)?.received_at ?? to };
}
