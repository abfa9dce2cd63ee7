/** The range that a list is of, and what of it a page has to read: days without raw events are not looked at. */

import { type Cursor, parseCursor } from '../event-log/cursor.js';
import { CLOCK_MARGIN_MS, expiredNote } from '../event-log/retention-window.js';
import { invalid } from '../http/query-params.js';
import type { Note } from '../notes.js';
import { parseSpan } from '../query/time-range.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';
import type { Calendar } from '../time/calendar.js';
import { DAY_MS } from '../time/ms.js';

export interface ListedRange {
  /** ms, inclusive. */
  from: number;
  /** ms, exclusive: as the first page had it. */
  to: number;
  cursor: Cursor | undefined;
  /** The part of the range that this page is to be found in. */
  reads: { from: number; to: number };
  notes: Note[];
}

/**
 * Reads `from`, `to` and `cursor`, or rejects with the refusal that names what is wrong.
 * @param by the order of the list, which its cursors name too. Default: by arrival
 */
export async function listedRange(
  query: URLSearchParams,
  calendar: Calendar,
  site: ResolvedSite,
  store: Store,
  by?: string,
): Promise<ListedRange> {
  const now = store.now();
  const cursor = parseCursor(query);
  const { from, to } = parseSpan(query, calendar, now);
  // Times ago have moved on since the first page was asked for, and another collector's clock may be ahead: its end is
  // behind today's all the same.
  if (cursor && (cursor.to > to + CLOCK_MARGIN_MS || cursor.at > cursor.to || cursor.sorted?.by !== by))
    throw invalid('cursor', 'is invalid: use the cursor of a previous response to the same query');
  const recent = now - (site.retentionDays + 1) * DAY_MS;
  const retainedFrom = from < recent ? await findOldestRetained(store, site, recent) : recent;
  return {
    from,
    to: cursor?.to ?? to,
    cursor,
    reads: {
      from: Math.max(from, retainedFrom),
      to: Math.min(cursor ? Math.min(cursor.at + 1, cursor.to) : to, now + CLOCK_MARGIN_MS),
    },
    notes: from < retainedFrom ? [expiredNote(retainedFrom)] : [],
  };
}

/** Days that imports alone have filled are older, and marked. */
async function findOldestRetained(store: Store, site: ResolvedSite, recent: number): Promise<number> {
  const historyDays = await store.markedDays(site.id, 'history');
  return Math.min(recent, ...historyDays.map(({ day }) => Date.parse(day)));
}
