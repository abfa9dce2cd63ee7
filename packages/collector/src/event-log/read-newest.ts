/** The newest part of the log within a range, and within a budget of batches and bytes. */
import { MAX_READ_BYTES } from '../budgets.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { StoredBatch } from '../storage/event-store.js';
import { utcDays } from '../time/ms.js';
import {
  type LogPage,
  type LogPartition,
  type LogSource,
  listPartitions,
  readPartition,
  type TimeBounds,
} from './read-partition.js';

const PAGE_BATCHES = 1_000;

/** Reading of a partition ends with the page that reaches one of the two. */
export interface ReadBudget {
  batches: number;
  bytes: number;
}

export interface NewestPages {
  bytes: number;
  /** Whether the partition holds more. */
  truncated: boolean;
  /** Arrival (ms) from which on the partition was read completely. */
  begins: number;
}

/**
 * Reads a partition from its newest arrival back.
 * @param take called with each page; returns the bytes that count towards the budget
 */
export async function readNewestPages(
  events: LogSource,
  query: LogPartition & TimeBounds & { pageBatches: number },
  budget: ReadBudget,
  take: (page: LogPage) => number,
): Promise<NewestPages> {
  const read: NewestPages = { bytes: 0, truncated: false, begins: query.to };
  const pages = readPartition(events, { ...query, newestFirst: true, maxBatches: budget.batches });
  for await (const page of pages) {
    read.bytes += take(page);
    read.begins = page.batches.at(-1)?.received_at ?? read.begins;
    read.truncated = page.next !== undefined;
    if (read.bytes >= budget.bytes) break;
  }
  return read;
}

export interface ArrivalRange extends TimeBounds {
  /** Batches read at most; the oldest are left out. */
  limit: number;
}

export interface NewestBatches {
  /** In order of arrival. */
  batches: StoredBatch[];
  /** Whether there was more than the limit, or than the budget in bytes. */
  truncated: boolean;
}

/** Reads all shards, day by day from the newest back; ends where the first of them is truncated. */
export async function readNewestBatches(
  events: LogSource,
  site: ResolvedSite,
  { from, to, limit }: ArrivalRange,
): Promise<NewestBatches> {
  const batches: StoredBatch[] = [];
  let truncated = false;
  let bytes = 0;
  /** From when on all shards are read completely. */
  let begins = from;
  for (const day of utcDays(from, to).reverse()) {
    const partitions = listPartitions(site, [day]);
    const budget = { batches: limit - batches.length, bytes: (MAX_READ_BYTES - bytes) / partitions.length };
    const parts = await Promise.all(
      partitions.map(async (partition) => {
        const found: StoredBatch[] = [];
        const query = { ...partition, from, to, pageBatches: PAGE_BATCHES };
        const pages = await readNewestPages(events, query, budget, (page) => {
          found.push(...page.batches);
          return page.bytes;
        });
        return { ...pages, found };
      }),
    );
    for (const part of parts) {
      batches.push(...part.found);
      bytes += part.bytes;
      truncated ||= part.truncated;
      if (part.truncated) begins = Math.max(begins, part.begins);
    }
    if (batches.length >= limit || truncated) {
      truncated ||= Date.parse(day) > from;
      break;
    }
  }
  const complete = batches.filter(({ received_at }) => received_at >= begins);
  complete.sort((a, b) => a.received_at - b.received_at);
  truncated ||= complete.length > limit;
  return { batches: complete.slice(-limit), truncated };
}
