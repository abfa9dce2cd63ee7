/** Makes facts of the newest arrivals of a site, within a budget in bytes. */
import { MAX_LIVE_ARRIVALS_BYTES, MAX_LIVE_READ_BYTES } from '../budgets.js';
import { readNewestPages } from '../event-log/read-newest.js';
import { type LogPage, type LogSource, listPartitions } from '../event-log/read-partition.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { utcDays } from '../time/ms.js';
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
  events: LogSource,
  site: ResolvedSite,
  from: number,
  to: number,
): Promise<NewestArrivals> {
  const partitions = listPartitions(site, utcDays(from, to));
  const budget = { batches: MAX_BATCHES, bytes: MAX_LIVE_READ_BYTES / partitions.length };
  const parts = await Promise.all(
    partitions.map(async (partition) => {
      const facts = createFactList();
      const query = { ...partition, from, to, pageBatches: MAX_BATCHES };
      const { truncated, begins } = await readNewestPages(events, query, budget, facts.take);
      return { arrivals: facts.arrivals, truncations: truncated ? [begins] : [] };
    }),
  );
  const truncations = parts.flatMap((part) => part.truncations);
  return {
    arrivals: parts.flatMap((part) => part.arrivals).sort((a, b) => a.receivedAt - b.receivedAt),
    truncatedAt: truncations.length > 0 ? Math.max(...truncations) : undefined,
  };
}

function createFactList() {
  const arrivals: ArrivalFacts[] = [];
  let bytes = 0;
  return {
    arrivals,
    /** Returns the bytes that the facts of the page take. */
    take({ batches }: LogPage): number {
      const before = bytes;
      for (const { expires_at: _, ...batch } of batches) {
        // What viewers can no longer be shown counts all the same.
        const facts = toFacts(batch, bytes < MAX_LIVE_ARRIVALS_BYTES);
        bytes += countFactBytes(facts);
        arrivals.push(facts);
      }
      return bytes - before;
    },
  };
}
