/** The log from its newest arrival back, over days and shards: what lists are paged by. */

import type { ResolvedSite } from '../sites/site-registry.js';
import type { StoredBatch } from '../storage/event-store.js';
import { utcDays } from '../time/ms.js';
import {
  type LogSource,
  listPartitions,
  type PartitionQuery,
  readPartition,
  type TimeBounds,
} from './read-partition.js';

export interface ScanBackwardOptions extends TimeBounds {
  /** Batches asked for at a time. */
  pageBatches: number;
}

/** By arrival, newest first; of the same millisecond by session and name, so that the order is the same at every reading. */
export async function* scanBackward(
  events: LogSource,
  site: ResolvedSite,
  options: ScanBackwardOptions,
): AsyncGenerator<StoredBatch> {
  for (const day of utcDays(options.from, options.to).reverse()) {
    const shards = listPartitions(site, [day]).map((partition) =>
      scanShard(events, { ...options, ...partition, newestFirst: true }),
    );
    yield* mergeShards(shards);
  }
}

async function* scanShard(events: LogSource, query: PartitionQuery): AsyncGenerator<StoredBatch> {
  // Batches of one millisecond come in any order, and a page may end among them.
  let held: StoredBatch[] = [];
  for await (const { batches, next } of readPartition(events, query)) {
    const found = [...held, ...batches].sort(inOrder);
    const oldest = next === undefined ? Number.NEGATIVE_INFINITY : (found.at(-1)?.received_at ?? 0);
    held = found.filter(({ received_at }) => received_at <= oldest);
    yield* found.slice(0, found.length - held.length);
  }
}

async function* mergeShards(streams: AsyncGenerator<StoredBatch>[]): AsyncGenerator<StoredBatch> {
  const heads = await Promise.all(
    streams.map(async (stream) => ({
      stream,
      batch: (await stream.next()).value as StoredBatch | undefined,
    })),
  );
  for (;;) {
    const [first] = heads
      .filter((head): head is typeof head & { batch: StoredBatch } => head.batch !== undefined)
      .sort((a, b) => inOrder(a.batch, b.batch));
    if (!first) return;
    yield first.batch;
    first.batch = (await first.stream.next()).value;
  }
}

type BatchPosition = Pick<StoredBatch, 'received_at' | 'session_id' | 'batch'>;

export const inOrder = (a: BatchPosition, b: BatchPosition): number =>
  b.received_at - a.received_at || byText(a.session_id, b.session_id) || byText(a.batch, b.batch);

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
