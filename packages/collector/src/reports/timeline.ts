/** One session's story: what happened, in the order it happened. Pure. */
import { MAX_ID_CHARS, type SessionTimeline, type TimelineEvent } from '@liveinsight/schema';
import { MAX_TIMELINE_BYTES } from '../budgets.js';
import { streamEvent } from '../events/stream-event.js';
import { invalid, rejectUnknown } from '../http/query-params.js';
import { createNote, toNoteFields } from '../notes.js';
import {
  type LoadedSession,
  MAX_SESSION_ITEMS,
  type SessionEvent,
  toSessionEvents,
  toSummary,
} from './session-loader.js';

const PARAMETERS = new Set(['site', 'cursor']);

/** The event that the part before ended with; undefined where the beginning is wanted. */
export function parseTimelineQuery(query: URLSearchParams): string | undefined {
  rejectUnknown(query, PARAMETERS);
  const after = query.get('cursor') ?? undefined;
  if (after !== undefined && after.length > MAX_ID_CHARS) throw noCursor();
  return after;
}

const noCursor = () => invalid('cursor', 'is invalid: use the cursor of a previous response');

/** From the beginning, or behind an event, as many events as one reply takes. */
export function toTimeline(site: string, session: LoadedSession, after?: string): SessionTimeline {
  const all = toSessionEvents(session.batches);
  const start = after === undefined ? 0 : 1 + all.findIndex(({ event }) => event.event_id === after);
  if (after !== undefined && start === 0) throw noCursor();
  const events = eventsFrom(all, start);
  const last = events.at(-1);
  const isTruncated = start + events.length < all.length;
  const notes = [
    ...(session.batches.length < MAX_SESSION_ITEMS
      ? []
      : [
          createNote(
            'session_cut',
            `the session is longer: only the newest ${MAX_SESSION_ITEMS} batches of it are shown`,
            { limit: MAX_SESSION_ITEMS },
          ),
        ]),
    ...(isTruncated || start > 0 ? [partNote(start + 1, start + events.length, all.length)] : []),
  ];
  return {
    site,
    session: toSummary(session, all),
    events,
    ...(isTruncated && last ? { cursor: last.event_id } : {}),
    ...toNoteFields(notes),
  };
}

const partNote = (first: number, last: number, count: number) =>
  createNote('timeline_part', `these are events ${first} to ${last} of ${count}`, { first, last, count });

function eventsFrom(all: SessionEvent[], start: number): TimelineEvent[] {
  const events: TimelineEvent[] = [];
  let bytes = 0;
  for (let index = start; index < all.length && bytes < MAX_TIMELINE_BYTES; index += 1) {
    const here = all[index];
    if (!here) break;
    const { event, batch } = here;
    const before = all[index - 1]?.event ?? event;
    const entry = { ...streamEvent(event, batch), since_previous_ms: event.timestamp - before.timestamp };
    events.push(entry);
    bytes += Buffer.byteLength(JSON.stringify(entry));
  }
  return events;
}
