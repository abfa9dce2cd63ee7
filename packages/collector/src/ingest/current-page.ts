/** Where a session is: the one definition of the live view, of alerts and of lists of sessions. Pure. */

import { toPage } from '../events/page-path.js';
import type { StoredEvent } from '../storage/event-store.js';

/** An event as far as it says where its session is. */
export interface PageSeen {
  timestamp: number;
  isView: boolean;
  /** Undefined where the event names none. */
  page: string | undefined;
}

export const pageSeen = ({ event_type, page_url, timestamp }: StoredEvent): PageSeen => ({
  timestamp,
  isView: event_type === 'page_view',
  page: page_url === undefined ? undefined : toPage(page_url),
});

/**
 * The page of its newest page view, by when that happened; before the first, of its newest event that names a page.
 * @param before what earlier events said, of which some can have happened later
 */
export function currentPage(before: PageSeen | undefined, events: readonly PageSeen[]): PageSeen | undefined {
  let current = before;
  for (const { timestamp, isView, page } of events) {
    if (!isView && (page === undefined || current?.isView)) continue;
    const isBetter = isView && !current?.isView;
    // Of its own: what it is made of can hold much more, and this is kept.
    if (!current || isBetter || timestamp >= current.timestamp) current = { timestamp, isView, page };
  }
  return current;
}
