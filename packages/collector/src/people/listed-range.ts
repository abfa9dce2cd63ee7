/** The range that a list is of, and what of it a page has to read: days without raw events are not looked at. Pure. */
import { invalid } from '../read/asked-site.js';
import { CLOCK_MARGIN_MS, expiredNote } from '../read/kept.js';
import { spanOf } from '../read/time-range.js';
import type { Calendar } from '../rollup/calendar.js';
import type { KnownSite } from '../site/sites.js';
import { type Cursor, cursorOf } from './cursor.js';

const DAY_MS = 86_400_000;

export interface ListedRange {
  /** ms, inclusive. */
  from: number;
  /** ms, exclusive: as the first page had it. */
  to: number;
  cursor: Cursor | undefined;
  /** The part of the range that this page is to be found in. */
  reads: { from: number; to: number };
  notes: string[];
}

/** Reads `from`, `to` and `cursor`, or throws the refusal that names what is wrong. */
export function listedRange(
  query: URLSearchParams,
  calendar: Calendar,
  site: KnownSite,
  now: number,
): ListedRange {
  const cursor = cursorOf(query);
  const { from, to } = spanOf(query, calendar, now);
  // Times ago have moved on since the first page was asked for, and another collector's clock may be ahead: its end is
  // behind today's all the same.
  if (cursor && (cursor.to > to + CLOCK_MARGIN_MS || cursor.at >= cursor.to))
    throw invalid('cursor', 'must be one that an earlier answer to the same question gave');
  const kept = now - (site.retentionDays + 1) * DAY_MS;
  return {
    from,
    to: cursor?.to ?? to,
    cursor,
    reads: {
      from: Math.max(from, kept),
      to: Math.min(cursor ? cursor.at + 1 : to, now + CLOCK_MARGIN_MS),
    },
    notes: from < kept ? [expiredNote(kept)] : [],
  };
}
