/** Which events bring the ordinals that a session's numbers are made of, as the tracker's do, and which do not, as a server's. */
import type { StoredEvent } from './event-store.js';

/**
 * Groups of sessions that are told apart where it is noted which had such events. A tracker's session costs a read where its
 * group is noted: with 500 purchases by servers a day, one of nine does. All groups together are 160 KB to read.
 */
const GROUPS = 4_096;

/** Whether events of a batch must be numbered by what else is stored of their session. */
export function lacksOrdinals(events: StoredEvent[]): boolean {
  let hasOrdinal = false;
  for (const event of events) {
    if (isUnnumbered(event)) return true;
    hasOrdinal ||= hasOrdinals(event);
  }
  return !hasOrdinal;
}

/** A view that does not say which of its session it is, or a conversion that does not. */
const isUnnumbered = (event: StoredEvent): boolean =>
  (event.event_type === 'page_view' && event.view === undefined) ||
  (event.event_type === 'conversion' && event.nth === undefined);

/** Whether whoever sent it has counted the session. */
export const hasOrdinals = (event: StoredEvent): boolean =>
  event.gap_ms !== undefined ||
  (event.event_type === 'page_view' && event.view !== undefined) ||
  (event.event_type === 'conversion' && event.nth !== undefined);

/** The group of a session, as `0a7`. */
export function sessionGroup(sessionId: string): string {
  // FNV-1a.
  let hash = 0x811c9dc5;
  for (let index = 0; index < sessionId.length; index += 1)
    hash = Math.imul(hash ^ sessionId.charCodeAt(index), 0x01000193) >>> 0;
  return (hash % GROUPS).toString(16).padStart(3, '0');
}

/** Whether a session is of a group that is noted; two digits are of a version that told 256 groups apart. */
export function isNoted(groups: Set<string>, sessionId: string): boolean {
  if (groups.size === 0) return false;
  const group = sessionGroup(sessionId);
  return groups.has(group) || groups.has(group.slice(1));
}
