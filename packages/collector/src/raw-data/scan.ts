/** A site's log over a range, page by page, from wherever an earlier reading ended. */

import { CLOCK_MARGIN_MS } from '../event-log/retention-window.js';
import { invalid } from '../http/query-params.js';
import { shardsOn } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import {
  type ArrivalsPage,
  type ArrivalsQuery,
  InvalidCursorError,
  type Store,
  type StoredBatch,
} from '../storage/event-store.js';

const DAY_MS = 86_400_000;
const PAGE_BATCHES = 500;
/** Places read at once while they are empty, at most: ten years hold thousands of days, of which few have raw events. */
const MAX_AHEAD = 16;

export interface ScanOptions {
  /** First arrival wanted, in ms, inclusive. */
  from: number;
  /** Arrival to stop before, in ms. */
  to: number;
  /** `cursor` of the last page seen; the range of that reading then goes on. */
  after?: string | undefined;
  /** Only what this visitor sent. */
  visitorId?: string;
  /** Batches looked at for a page, at most. Default 500. */
  pageBatches?: number;
}

export interface ScanPage {
  batches: StoredBatch[];
  /** Where to go on behind this page; undefined at the end of the range. */
  cursor: string | undefined;
}

/** A place in the log: a shard of a day, and where in it. */
interface LogPosition {
  day: string;
  shard: number;
  /** The range, in ms: one that was given as "the last hour" must not move while it is read. */
  from: number;
  to: number;
  after?: string;
}

/** In order of day and shard, within these by arrival. Days without anything cost one small read per shard. */
export async function* scan(
  store: Store,
  site: ResolvedSite,
  options: ScanOptions,
): AsyncGenerator<ScanPage> {
  const end = store.now() + CLOCK_MARGIN_MS;
  const start = options.after === undefined ? undefined : readCursor(options.after, end + CLOCK_MARGIN_MS);
  const { from } = start ?? options;
  const to = Math.min((start ?? options).to, end);
  const positions = await listPositions(store, site, from, to);
  const left = start ? positions.filter((position) => !isBefore(position, start)) : positions;
  const firstPages = new Map<number, Promise<ArrivalsPage>>();
  let ahead = 1;
  try {
    for (const [index, position] of left.entries()) {
      for (const [offset, further] of left.slice(index, index + ahead).entries()) {
        if (firstPages.has(index + offset)) continue;
        const after = start && !isBefore(start, further) ? start.after : undefined;
        const promise = readPage(store, toQuery(site, further, options, after));
        // It is heard where its turn comes; a reading that ends before has no need of it.
        promise.catch(() => {});
        firstPages.set(index + offset, promise);
      }
      let first = firstPages.get(index);
      firstPages.delete(index);
      let after: string | undefined;
      do {
        const page = await (first ?? readPage(store, toQuery(site, position, options, after)));
        first = undefined;
        after = page.next;
        ahead = page.batches.length > 0 || after !== undefined ? 1 : Math.min(2 * ahead, MAX_AHEAD);
        const next = after === undefined ? left[index + 1] : { ...position, after };
        yield { batches: page.batches, cursor: next && writeCursor(next) };
      } while (after !== undefined);
    }
  } finally {
    // Nothing is under way any more when a reading has ended, early or not.
    await Promise.allSettled(firstPages.values());
  }
}

/** A place within the log is the client's word: the store knows whether it is one. */
async function readPage(store: Store, query: ArrivalsQuery): Promise<ArrivalsPage> {
  try {
    return await store.arrivals(query);
  } catch (error) {
    throw error instanceof InvalidCursorError ? noCursor() : error;
  }
}

const isBefore = (a: LogPosition, b: LogPosition) => a.day < b.day || (a.day === b.day && a.shard < b.shard);

function toQuery(
  { id }: ResolvedSite,
  { day, shard, from, to }: LogPosition,
  { visitorId, pageBatches = PAGE_BATCHES }: ScanOptions,
  after: string | undefined,
): ArrivalsQuery {
  return {
    site: id,
    day,
    shard,
    from,
    to,
    limit: pageBatches,
    ...(visitorId === undefined ? {} : { visitor_id: visitorId }),
    ...(after === undefined ? {} : { after }),
  };
}

/**
 * Live batches are kept for the site's retention; imported ones from their import on, which took days of that same
 * age, or older ones that it marked as history.
 */
async function listPositions(
  store: Store,
  site: ResolvedSite,
  from: number,
  to: number,
): Promise<LogPosition[]> {
  const oldest = store.now() - (2 * site.retentionDays + 1) * DAY_MS;
  const historyDays = from < oldest ? await store.markedDays(site.id, 'history') : [];
  const days = new Set(historyDays.map(({ day }) => day).filter((day) => isWithin(day, from, to)));
  for (let index = Math.floor(Math.max(from, oldest) / DAY_MS) * DAY_MS; index < to; index += DAY_MS) {
    days.add(new Date(index).toISOString().slice(0, 10));
  }
  return [...days]
    .sort()
    .flatMap((day) =>
      Array.from({ length: shardsOn(site.shards, day) }, (_, shard) => ({ day, shard, from, to })),
    );
}

function isWithin(day: string, from: number, to: number): boolean {
  const start = Date.parse(day);
  return start + DAY_MS > from && start < to;
}

const writeCursor = ({ day, shard, from, to, after }: LogPosition): string =>
  Buffer.from(JSON.stringify([day, shard, from, to, after])).toString('base64url');

/** @param end in ms: a range that ends later was written by no reading, whatever its clock */
function readCursor(cursor: string, end: number): LogPosition {
  try {
    const [day, shard, from, to, after] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const isRange = Number.isSafeInteger(from) && Number.isSafeInteger(to) && to <= end;
    const isPosition =
      /^\d{4}-\d\d-\d\d$/.test(day) && isWithin(day, from, to) && Number.isSafeInteger(shard);
    if (isRange && isPosition && shard >= 0)
      return { day, shard, from, to, ...(typeof after === 'string' ? { after } : {}) };
  } catch {
    // Told below.
  }
  throw noCursor();
}

const noCursor = () => invalid('after', 'is invalid: use the cursor of a previous response');
