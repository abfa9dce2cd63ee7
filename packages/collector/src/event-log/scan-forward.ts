/** The log of one shard in order of arrival, page by page, over any number of UTC days. */
import type { ArrivalsQuery, UndecodableBatch } from '../storage/event-store.js';
import { utcDays } from '../time/ms.js';
import { type LogPage, type LogSource, readPartition, type TimeBounds } from './read-partition.js';

const PAGE_BATCHES = 1_000;

export interface LogRange extends TimeBounds {
  site: string;
  shard: number;
  /** Leaves out what it returns true for, as `ArrivalsQuery.skip`. */
  skip?: ArrivalsQuery['skip'] | undefined;
  /** As `ArrivalsQuery.skipsMost`. Default: false. */
  skipsMost?: boolean;
  /** Called with what is left out because it cannot be read. */
  onUndecodable?: (batches: UndecodableBatch[]) => void;
}

export async function* scanForward(
  events: LogSource,
  { onUndecodable, ...range }: LogRange,
  pageBatches = PAGE_BATCHES,
): AsyncGenerator<LogPage> {
  for (const day of utcDays(range.from, range.to)) {
    for await (const page of readPartition(events, { ...range, day, pageBatches })) {
      if (page.undecodable.length > 0) onUndecodable?.(page.undecodable);
      yield page;
    }
  }
}

/** Time (ms) of the first arrival in the range. */
export async function firstArrival(events: LogSource, range: LogRange): Promise<number | undefined> {
  for await (const { batches } of scanForward(events, range, 1)) {
    if (batches[0]) return batches[0].received_at;
  }
  return undefined;
}
