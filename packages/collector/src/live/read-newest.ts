/** Reads the newest arrivals of a site, page by page, and makes facts of them within a budget in bytes. */
import { MAX_LIVE_ARRIVALS_BYTES, MAX_LIVE_READ_BYTES } from '../budgets.js';
import { utcDays } from '../event-log/scan-forward.js';
import { shardsOn } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';
import { type ArrivalFacts, countFactBytes, toFacts } from './facts.js';

/** Batches read at most at once and per shard. */
const MAX_BATCHES = 2_000;

export interface NewestArrivals {
  /** In order of arrival. */
  arrivals: ArrivalFacts[];
  /** Arrival (ms) before which something may be left out; undefined where all was read. */
  truncatedAt: number | undefined;
}

export async function readNewestFacts(
  store: Store,
  site: ResolvedSite,
  from: number,
  to: number,
): Promise<NewestArrivals> {
  const partitions = utcDays(from, to).flatMap((day) =>
    Array.from({ length: shardsOn(site.shards, day) }, (_, shard) => ({ day, shard })),
  );
  const budget = MAX_LIVE_READ_BYTES / partitions.length;
  const parts = await Promise.all(
    partitions.map((partition) => readShard(store, { site: site.id, from, to, ...partition }, budget)),
  );
  const truncations = parts.flatMap(({ truncatedAt }) => truncatedAt ?? []);
  return {
    arrivals: parts.flatMap((part) => part.arrivals).sort((a, b) => a.receivedAt - b.receivedAt),
    truncatedAt: truncations.length > 0 ? Math.max(...truncations) : undefined,
  };
}

async function readShard(
  store: Store,
  partition: { site: string; day: string; shard: number; from: number; to: number },
  budget: number,
): Promise<NewestArrivals> {
  const arrivals: ArrivalFacts[] = [];
  let after: string | undefined;
  let [batches, bytes] = [0, 0];
  do {
    const query = { ...partition, limit: MAX_BATCHES - batches, newestFirst: true };
    const page = await store.arrivals(after === undefined ? query : { ...query, after });
    after = page.next;
    batches += page.batches.length;
    for (const { expires_at: _, ...batch } of page.batches) {
      // What readers can no longer be shown counts all the same.
      const facts = toFacts(batch, bytes < MAX_LIVE_ARRIVALS_BYTES);
      bytes += countFactBytes(facts);
      arrivals.push(facts);
    }
  } while (after !== undefined && batches < MAX_BATCHES && bytes < budget);
  const oldest = arrivals.at(-1)?.receivedAt ?? partition.to;
  return { arrivals, truncatedAt: after === undefined ? undefined : oldest };
}
