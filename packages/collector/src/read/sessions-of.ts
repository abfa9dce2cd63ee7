/** Groups batches by session. Pure. */
import type { ActiveSession } from '@liveinsight/schema';
import { pageOf } from '../ingest/page.js';
import type { StoredBatch, StoredEvent } from '../store/store.js';

export interface SessionFold {
  /** Facts of the session are those of its newest batch. */
  newest: StoredBatch;
  firstAt: number;
  lastAt: number;
  /** In order of arrival. */
  events: StoredEvent[];
}

/** @param batches in order of arrival */
export function sessionsOf(batches: StoredBatch[]): Map<string, SessionFold> {
  const sessions = new Map<string, SessionFold>();
  for (const batch of batches) {
    const known = sessions.get(batch.session_id);
    if (known) {
      known.newest = batch;
      known.lastAt = batch.received_at;
      known.events.push(...batch.events);
    } else {
      const { received_at } = batch;
      sessions.set(batch.session_id, {
        newest: batch,
        firstAt: received_at,
        lastAt: received_at,
        events: [...batch.events],
      });
    }
  }
  return sessions;
}

export function activeSession({ newest, firstAt, lastAt, events }: SessionFold): ActiveSession {
  const views = events.filter(({ event_type }) => event_type === 'page_view');
  return {
    session_id: newest.session_id,
    visitor_id: newest.visitor_id,
    ...(newest.user_id === undefined ? {} : { user_id: newest.user_id }),
    started_at: new Date(firstAt).toISOString(),
    last_seen_at: new Date(lastAt).toISOString(),
    current_page: pageOf((views.at(-1) ?? events.findLast(({ page_url }) => page_url))?.page_url),
    entry_page: newest.entry_page ?? pageOf(views[0]?.page_url),
    source: newest.source ?? '',
    channel: newest.channel ?? '',
    country: newest.country ?? '',
    device: newest.device ?? '',
    browser: newest.browser ?? '',
    os: newest.os ?? '',
    duration_ms: durationMs(events),
    page_views: views.length,
    events: events.length,
  };
}

/** From the first to the last thing that happened. */
export function durationMs(events: StoredEvent[]): number {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { timestamp } of events) {
    first = Math.min(first, timestamp);
    last = Math.max(last, timestamp);
  }
  return events.length === 0 ? 0 : last - first;
}

/** What `Map.groupBy` does from Node 21 on. */
export function groupBy<Item>(items: Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
