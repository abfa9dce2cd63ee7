/** One session's story: what happened, in the order it happened. Pure. */
import type { ActiveSession, StreamEvent } from '@liveinsight/schema';
import type { StoredBatch } from '../store/store.js';
import { activeSession, sessionsOf } from './sessions-of.js';
import { streamEvent } from './stream-event.js';

/** `GET /api/sessions/{id}`. */
export interface SessionTimeline {
  site: string;
  session: ActiveSession;
  /** Each event once, by `timestamp`. */
  events: StreamEvent[];
}

/** @param batches all of one session, in order of arrival */
export function sessionTimeline(site: string, batches: StoredBatch[]): SessionTimeline | undefined {
  const [fold] = sessionsOf(batches).values();
  if (!fold) return undefined;
  const events = new Map<string, StreamEvent>();
  for (const batch of batches) {
    for (const event of batch.events) {
      if (!events.has(event.event_id)) events.set(event.event_id, streamEvent(event, batch));
    }
  }
  return {
    site,
    session: activeSession(fold),
    events: [...events.values()].sort((a, b) => a.timestamp - b.timestamp),
  };
}
