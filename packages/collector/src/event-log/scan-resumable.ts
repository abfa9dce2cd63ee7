/** The whole log of a site over a range, page by page, from wherever an earlier reading ended. */
import { invalid } from '../http/query-params.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { InvalidCursorError, type Store, type StoredBatch } from '../storage/event-store.js';
import { DAY_MS, utcDays } from '../time/ms.js';
import {
  type LogPage,
  type LogPartition,
  listPartitions,
  readPartition,
  type TimeBounds,
} from './read-partition.js';
import { CLOCK_MARGIN_MS } from './retention-window.js';

const PAGE_BATCHES = 500;
/** Partitions read at once while they are empty, at most: ten years hold thousands of days, of which few have raw events. */
const MAX_AHEAD = 16;

export interface ScanOptions extends TimeBounds {
  /** `cursor` of the last page seen; the range of that reading then goes on. */
  after?: string | undefined;
  /** Only what this visitor sent. */
  visitorId?: string;
  /** Batches looked at for a page, at most. Default 500. */
  pageBatches?: number;
}

export interface ScanPage {
  batches: StoredBatch[];
  /** Where to go on after this page; undefined at the end of the range. */
  cursor: string | undefined;
}

/** A partition, and where in it. */
interface ScanPosition extends TimeBounds {
  day: string;
  shard: number;
  after?: string;
}

/** In order of day and shard, within these by arrival. Days without anything cost one small read per shard. */
export async function* scanResumable(
  store: Store,
  site: ResolvedSite,
  options: ScanOptions,
): AsyncGenerator<ScanPage> {
  const end = store.now() + CLOCK_MARGIN_MS;
  const start = options.after === undefined ? undefined : readCursor(options.after, end + CLOCK_MARGIN_MS);
  // A range that was given as "the last hour" must not move while it is read: the cursor has it.
  const { from } = start ?? options;
  const to = Math.min((start ?? options).to, end);
  const { pageBatches = PAGE_BATCHES, visitorId } = options;
  const partitions = listPartitions(site, await listDays(store, site, from, to));
  const left = start ? partitions.filter((partition) => !isBefore(partition, start)) : partitions;

  function openPartition(partition: LogPartition) {
    const after = start && !isBefore(start, partition) ? start.after : undefined;
    const pages = readPartition(store, { ...partition, from, to, pageBatches, visitorId, after });
    const first = pages.next();
    // Whoever reads on hears of a failure in its turn; a reading that ends before has no need to.
    first.catch(() => {});
    return { pages, first };
  }

  const opened = new Map<number, ReturnType<typeof openPartition>>();
  let ahead = 1;
  try {
    for (const [index, partition] of left.entries()) {
      for (const [offset, further] of left.slice(index, index + ahead).entries()) {
        if (!opened.has(index + offset)) opened.set(index + offset, openPartition(further));
      }
      const { pages, first } = opened.get(index) ?? openPartition(partition);
      opened.delete(index);
      for (let read = await nextPage(first); read; read = await nextPage(pages.next())) {
        const { batches, next: after } = read;
        ahead = batches.length > 0 || after !== undefined ? 1 : Math.min(2 * ahead, MAX_AHEAD);
        const next = after === undefined ? left[index + 1] : { ...partition, after };
        yield { batches, cursor: next && writeCursor({ ...next, from, to }) };
      }
    }
  } finally {
    // Nothing is under way any more when a reading has ended, early or not.
    await Promise.allSettled([...opened.values()].map(({ first }) => first));
  }
}

/** The cursor within a partition comes from the client: the store knows whether it is one. */
async function nextPage(next: Promise<IteratorResult<LogPage>>): Promise<LogPage | undefined> {
  try {
    const { value, done } = await next;
    return done ? undefined : value;
  } catch (error) {
    throw error instanceof InvalidCursorError ? invalidCursor() : error;
  }
}

type Partition = Pick<LogPartition, 'day' | 'shard'>;

const isBefore = (a: Partition, b: Partition) => a.day < b.day || (a.day === b.day && a.shard < b.shard);

/**
 * Live batches are kept for the site's retention; imported ones from their import on, which took days of that same
 * age, or older ones that it marked as history.
 */
async function listDays(store: Store, site: ResolvedSite, from: number, to: number): Promise<string[]> {
  const oldest = store.now() - (2 * site.retentionDays + 1) * DAY_MS;
  const historyDays = from < oldest ? await store.markedDays(site.id, 'history') : [];
  const days = new Set(historyDays.map(({ day }) => day).filter((day) => isWithin(day, from, to)));
  for (const day of utcDays(Math.max(from, oldest), to)) days.add(day);
  return [...days].sort();
}

function isWithin(day: string, from: number, to: number): boolean {
  const start = Date.parse(day);
  return start + DAY_MS > from && start < to;
}

const writeCursor = ({ day, shard, from, to, after }: ScanPosition): string =>
  Buffer.from(JSON.stringify([day, shard, from, to, after])).toString('base64url');

/** @param end in ms: a range that ends later was written by no reading, whatever its clock */
function readCursor(cursor: string, end: number): ScanPosition {
  try {
    const [day, shard, from, to, after] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const isRange = Number.isSafeInteger(from) && Number.isSafeInteger(to) && to <= end;
    const isPosition =
      /^\d{4}-\d\d-\d\d$/.test(day) && isWithin(day, from, to) && Number.isSafeInteger(shard);
    if (isRange && isPosition && shard >= 0)
      return { day, shard, from, to, ...(typeof after === 'string' ? { after } : {}) };
  } catch {
    // Rejected below.
  }
  throw invalidCursor();
}

const invalidCursor = () => invalid('after', 'is invalid: use the cursor of a previous response');
