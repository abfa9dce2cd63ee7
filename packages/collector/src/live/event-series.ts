/** Events by buckets of time, of the last so many buckets. */
import type { EventBucket } from '@liveinsight/schema';

export interface Count {
  events: number;
  page_views: number;
}

export interface EventSeries {
  add(at: number, count: Count): void;
  /** Takes a bucket's total from elsewhere, where it is more. */
  raise(start: number, count: Count): void;
  expire(now: number): void;
  clear(): void;
  /** Up to now, each beginning at a whole multiple of the width. */
  buckets(now: number): EventBucket[];
}

export function emptySeries(widthMs: number, buckets: number): EventSeries {
  const counts = new Map<number, Count>();
  const startAt = (at: number) => Math.floor(at / widthMs) * widthMs;
  return {
    add(at, { events, page_views }) {
      const start = startAt(at);
      const count = counts.get(start) ?? { events: 0, page_views: 0 };
      counts.set(start, { events: count.events + events, page_views: count.page_views + page_views });
    },
    raise(start, count) {
      if (count.events > (counts.get(start)?.events ?? 0)) counts.set(start, count);
    },
    expire(now) {
      for (const start of counts.keys()) if (start < now - (buckets + 1) * widthMs) counts.delete(start);
    },
    clear: () => counts.clear(),
    buckets(now) {
      const first = startAt(now) - (buckets - 1) * widthMs;
      return Array.from({ length: buckets }, (_, at) => {
        const start = first + at * widthMs;
        return {
          start: new Date(start).toISOString(),
          ...(counts.get(start) ?? { events: 0, page_views: 0 }),
        };
      });
    },
  };
}
