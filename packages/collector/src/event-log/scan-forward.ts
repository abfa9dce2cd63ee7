/** The log of one shard in order of arrival, page by page, over any number of UTC days. */
import type { EventStore, StoredBatch, UndecodableBatch } from '../storage/event-store.js';

const DAY_MS = 86_400_000;
const PAGE_BATCHES = 1_000;

export interface LogRange {
  site: string;
  shard: number;
  /** First arrival wanted, in ms, inclusive. */
  from: number;
  /** Arrival to stop before, in ms. */
  to: number;
  /** Called with what is left out because it cannot be read. */
  onUndecodable?: (batches: UndecodableBatch[]) => void;
}

/** `2026-01-31` of a time in ms. */
export const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The UTC days that a stretch of time touches, in order. */
export function utcDays(from: number, to: number): string[] {
  const days: string[] = [];
  for (let start = Math.floor(from / DAY_MS) * DAY_MS; start < to; start += DAY_MS) days.push(utcDay(start));
  return days;
}

/** Part of the log that is read at once. */
export interface LogPage {
  batches: StoredBatch[];
  /** JSON text of its batches. */
  bytes: number;
}

export async function* scanForward(
  events: EventStore,
  { site, shard, from, to, onUndecodable }: LogRange,
  pageBatches = PAGE_BATCHES,
): AsyncGenerator<LogPage> {
  for (const day of utcDays(from, to)) {
    let after: string | undefined;
    do {
      const query = { site, day, shard, from, to, limit: pageBatches };
      const page = await events.arrivals(after === undefined ? query : { ...query, after });
      if (page.undecodable) onUndecodable?.(page.undecodable);
      const { batches, bytes = 0 } = page;
      yield { batches, bytes };
      after = page.next;
    } while (after !== undefined);
  }
}

/** The first arrival in a stretch, in ms. */
export async function firstArrival(events: EventStore, range: LogRange): Promise<number | undefined> {
  for await (const { batches } of scanForward(events, range, 1)) {
    if (batches[0]) return batches[0].received_at;
  }
  return undefined;
}
