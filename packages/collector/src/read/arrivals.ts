/** Reads what arrived for a site within a range, over its days and shards, up to a bound. */
import { utcDays } from '../rollup/read-log.js';
import { shardsOn } from '../site/shards.js';
import type { KnownSite } from '../site/sites.js';
import type { EventStore, StoredBatch } from '../store/store.js';

const PAGE_BATCHES = 1_000;

export interface ArrivalRange {
  /** ms, inclusive. */
  from: number;
  /** ms, exclusive. */
  to: number;
  /** Batches read at the most; the oldest are left out. */
  limit: number;
}

export interface Arrivals {
  /** In order of arrival. */
  batches: StoredBatch[];
  /** Whether there was more than the limit. */
  cut: boolean;
}

export async function readArrivals(
  store: EventStore,
  site: KnownSite,
  range: ArrivalRange,
): Promise<Arrivals> {
  const batches: StoredBatch[] = [];
  let cut = false;
  for (const day of utcDays(range.from, range.to).reverse()) {
    const shards = Array.from({ length: shardsOn(site.shards, day) }, (_, shard) => shard);
    const left = range.limit - batches.length;
    const found = await Promise.all(
      shards.map((shard) => readShard(store, site.id, day, shard, range, left)),
    );
    batches.push(...found.flatMap((part) => part.batches));
    cut ||= found.some((part) => part.cut);
    if (batches.length >= range.limit) {
      cut ||= Date.parse(day) > range.from;
      break;
    }
  }
  batches.sort((a, b) => a.received_at - b.received_at);
  cut ||= batches.length > range.limit;
  return { batches: batches.slice(-range.limit), cut };
}

async function readShard(
  store: EventStore,
  site: string,
  day: string,
  shard: number,
  { from, to }: ArrivalRange,
  limit: number,
): Promise<Arrivals> {
  const batches: StoredBatch[] = [];
  let after: string | undefined;
  do {
    const asked = { site, day, shard, from, to, limit: Math.min(PAGE_BATCHES, limit), newestFirst: true };
    const page = await store.arrivals(after === undefined ? asked : { ...asked, after });
    batches.push(...page.batches);
    after = page.next;
  } while (after !== undefined && batches.length < limit);
  return { batches, cut: after !== undefined };
}
