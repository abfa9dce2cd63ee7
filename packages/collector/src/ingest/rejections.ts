/** What this process did not take of what was sent, by site, reason and 5 minutes: in memory, within a budget. */
import type { Rejection, RejectionCode } from '@liveinsight/schema';
import { MAX_REJECTION_ROWS, MAX_REJECTION_ROWS_AT_ONCE } from '../budgets.js';

const BUCKET_MS = 300_000;
const MAX_LISTED = 100;
/** Characters of a message or path that are kept: senders choose some of them. */
const MAX_CHARS = 200;
const OTHER = '(other)';

export interface RejectionReason {
  code: RejectionCode;
  path: string;
  message: string;
}

export interface Rejections {
  /** @param site undefined where a request names none of this collector */
  add(site: string | undefined, reasons: readonly RejectionReason[], count?: number): void;
  /** Those of the site within that time (ms), and of requests that name no site. */
  between(site: string, from: number, to: number): { knownFrom: number; count: number; rows: Rejection[] };
}

interface Row extends Rejection {
  site: string | undefined;
}

export function createRejections(now: () => number): Rejections {
  /** By their start, oldest first. */
  const buckets = new Map<number, Map<string, Row>>();
  let knownFrom = now();
  let size = 0;

  function bucketAt(start: number): Map<string, Row> {
    const found = buckets.get(start);
    if (found) return found;
    const bucket = new Map<string, Row>();
    buckets.set(start, bucket);
    return bucket;
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
      for (const reason of reasons) {
        const [path, message] = [reason.path.slice(0, MAX_CHARS), reason.message.slice(0, MAX_CHARS)];
        const isFull = bucket.size >= MAX_REJECTION_ROWS_AT_ONCE;
        const key = JSON.stringify([site, reason.code, path]);
        const row = bucket.get(key);
        if (row || !isFull) {
          if (!row) size += 1;
          bucket.set(key, { site, code: reason.code, path, message, count: (row?.count ?? 0) + count });
          continue;
        }
        const rest = JSON.stringify([site, reason.code, OTHER]);
        const before = bucket.get(rest);
        if (!before) size += 1;
        bucket.set(rest, {
          site,
          code: reason.code,
          path: OTHER,
          message: '',
          count: (before?.count ?? 0) + count,
        });
      }
      evictOldest();
    },

    between(site, from, to) {
      const sums = new Map<string, Rejection>();
      for (const [start, bucket] of buckets) {
        if (start + BUCKET_MS <= from || start >= to) continue;
        for (const { site: rowSite, ...row } of bucket.values()) {
          if (rowSite !== undefined && rowSite !== site) continue;
          const key = JSON.stringify([row.code, row.path]);
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
