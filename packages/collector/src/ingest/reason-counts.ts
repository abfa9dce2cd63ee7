/** How often something was found with what was sent, by site, reason and 5 minutes: in memory, within a budget. */
import { MAX_REJECTION_ROWS, MAX_REJECTION_ROWS_AT_ONCE } from '../budgets.js';

const BUCKET_MS = 300_000;
const MAX_LISTED = 100;
/** Characters of a message or path that are kept: senders choose some of them. */
const MAX_CHARS = 200;
const OTHER = '(other)';

/** What was found, and where. */
export interface Reason<Code extends string> {
  code: Code;
  /** Name of the event that it is about, where each counts by itself. */
  event?: string;
  path: string;
  message: string;
}

export type CountedReason<Code extends string> = Reason<Code> & { count: number };

export interface ReasonCounts<Code extends string> {
  /** @param site undefined where a request names none of this collector */
  add(site: string | undefined, reasons: readonly Reason<Code>[], count?: number): void;
  /** Those of the site within that time (ms), and of requests that name no site. */
  between(
    site: string,
    from: number,
    to: number,
  ): { knownFrom: number; count: number; rows: CountedReason<Code>[] };
}

type Row<Code extends string> = CountedReason<Code> & { site: string | undefined };

export function createReasonCounts<Code extends string>(now: () => number): ReasonCounts<Code> {
  /** By their start, oldest first. */
  const buckets = new Map<number, Map<string, Row<Code>>>();
  let knownFrom = now();
  let size = 0;

  function bucketAt(start: number): Map<string, Row<Code>> {
    const found = buckets.get(start);
    if (found) return found;
    const bucket = new Map<string, Row<Code>>();
    buckets.set(start, bucket);
    return bucket;
  }

  function addTo(
    bucket: Map<string, Row<Code>>,
    key: string,
    row: Omit<Row<Code>, 'count'>,
    count: number,
  ): void {
    const before = bucket.get(key)?.count;
    if (before === undefined) size += 1;
    bucket.set(key, { ...row, count: (before ?? 0) + count } as Row<Code>);
  }

  function evictOldest(): void {
    for (const [start, bucket] of buckets) {
      if (size <= MAX_REJECTION_ROWS || buckets.size === 1) return;
      buckets.delete(start);
      size -= bucket.size;
      knownFrom = Math.max(knownFrom, start + BUCKET_MS);
    }
  }

  return {
    add(site, reasons, count = 1) {
      if (count === 0) return;
      const receivedAt = now();
      const bucket = bucketAt(receivedAt - (receivedAt % BUCKET_MS));
      for (const { code, ...reason } of reasons) {
        const [path, message, event] = [reason.path, reason.message, reason.event].map(cut);
        const own = { code, path, message, ...(event === undefined ? {} : { event }) } as Reason<Code>;
        const key = toKey(site, own);
        if (bucket.has(key) || bucket.size < MAX_REJECTION_ROWS_AT_ONCE) {
          addTo(bucket, key, { site, ...own }, count);
          continue;
        }
        const rest: Reason<Code> = {
          code,
          ...(event === undefined ? { path: OTHER } : { event: OTHER, path: '' }),
          message: '',
        };
        addTo(bucket, toKey(site, rest), { site, ...rest }, count);
      }
      evictOldest();
    },

    between(site, from, to) {
      const sums = new Map<string, CountedReason<Code>>();
      for (const [start, bucket] of buckets) {
        if (start + BUCKET_MS <= from || start >= to) continue;
        for (const { site: rowSite, ...row } of bucket.values()) {
          if (rowSite !== undefined && rowSite !== site) continue;
          const key = toKey(undefined, row);
          sums.set(key, { ...row, count: row.count + (sums.get(key)?.count ?? 0) });
        }
      }
      const rows = [...sums.values()].sort((a, b) => b.count - a.count || (a.path < b.path ? -1 : 1));
      return {
        knownFrom,
        count: rows.reduce((sum, { count }) => sum + count, 0),
        rows: rows.slice(0, MAX_LISTED),
      };
    },
  };
}

const cut = (text: string | undefined): string | undefined => text?.slice(0, MAX_CHARS);

const toKey = (site: string | undefined, { code, event, path }: Reason<string>): string =>
  JSON.stringify([site, code, event, path]);
