/** The reader of the event log: pages of one partition. Everything that reads the log goes through here. */
import { shardsOn } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type {
  ArrivalsCursor,
  ArrivalsQuery,
  EventStore,
  StoredBatch,
  UndecodableBatch,
} from '../storage/event-store.js';

/** What the log is read from: a store, or one that numbers its events. */
export type LogSource = Pick<EventStore, 'arrivals'>;

/** One shard of one UTC day: the store reads the log by these. */
export interface LogPartition {
  site: string;
  /** UTC day, `2026-01-31`. */
  day: string;
  shard: number;
}

export interface TimeBounds {
  /** First arrival wanted, in ms, inclusive. */
  from: number;
  /** Arrival to stop before, in ms. */
  to: number;
}

export interface PartitionQuery extends LogPartition, TimeBounds {
  /** Batches in a page, at most. */
  pageBatches: number;
  /** Batches in all pages, at most: the last page is cut to what is left, and has a `next` where there is more. */
  maxBatches?: number;
  /** Default: in order of arrival. */
  newestFirst?: boolean;
  /** Only what this visitor sent; `pageBatches` then counts what is looked at. */
  visitorId?: string | undefined;
  /** Leaves out what it returns true for, as `ArrivalsQuery.skip`. */
  skip?: ArrivalsQuery['skip'] | undefined;
  /** As `ArrivalsQuery.skipsMost`. Default: false. */
  skipsMost?: boolean;
  /** `next` of the last page seen. */
  after?: ArrivalsCursor | undefined;
}

export interface LogPage {
  batches: StoredBatch[];
  /** JSON text of its batches. */
  bytes: number;
  /** Arrival (ms) of the last item looked at, where there was one and the store says it. */
  lastArrival: number | undefined;
  /** What was left out because it cannot be read. */
  undecodable: UndecodableBatch[];
  /** Cursor after this page; undefined at the end of the partition. */
  next: ArrivalsCursor | undefined;
}

/** Reads one page at a time and none ahead: a reader with a budget in bytes stops iterating. */
export async function* readPartition(
  events: LogSource,
  {
    pageBatches,
    maxBatches = Number.POSITIVE_INFINITY,
    visitorId,
    skip,
    after: start,
    ...query
  }: PartitionQuery,
): AsyncGenerator<LogPage> {
  let after = start;
  let read = 0;
  do {
    const page = await events.arrivals({
      ...query,
      limit: Math.min(pageBatches, maxBatches - read),
      ...(visitorId === undefined ? {} : { visitor_id: visitorId }),
      ...(skip === undefined ? {} : { skip }),
      ...(after === undefined ? {} : { after }),
    });
    const { batches, bytes = 0, undecodable = [], next, lastArrival = batches.at(-1)?.received_at } = page;
    yield { batches, bytes, lastArrival, undecodable, next };
    read += batches.length;
    after = next;
  } while (after !== undefined && read < maxBatches);
}

/** The partitions of these days, in order of day and shard. */
export const listPartitions = ({ id: site, shards }: ResolvedSite, days: string[]): LogPartition[] =>
  days.flatMap((day) => Array.from({ length: shardsOn(shards, day) }, (_, shard) => ({ site, day, shard })));
