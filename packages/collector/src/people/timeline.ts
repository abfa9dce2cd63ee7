/** One session's story: what happened, in the order it happened. Pure. */
import type { SessionTimeline } from '@liveinsight/schema';
import { streamEvent } from '../read/stream-event.js';
import { eventsOf, MAX_SESSION_ITEMS, summaryOf, type WholeSession } from './whole-session.js';

export function timelineOf(site: string, session: WholeSession): SessionTimeline {
  const events = eventsOf(session.batches);
  return {
    site,
    session: summaryOf(session, events),
    events: events.map(({ event, batch }, at) => ({
      ...streamEvent(event, batch),
      since_previous_ms: event.timestamp - (events[at - 1]?.event.timestamp ?? event.timestamp),
    })),
    ...(session.batches.length < MAX_SESSION_ITEMS
      ? {}
      : { notes: [`the session is longer: only the newest ${MAX_SESSION_ITEMS} batches of it are shown`] }),
  };
}
