/** One session's story: what happened, in the order it happened. Pure. */
import { MAX_ID_CHARS, type SessionTimeline, type TimelineEvent } from '@liveinsight/schema';
import { MAX_TIMELINE_BYTES } from '../budgets.js';
import { streamEvent } from '../events/stream-event.js';
import { invalid, rejectUnknown } from '../http/query-params.js';
import { noteOf, tellNotes } from '../notes.js';
import {
  eventsOf,
  MAX_SESSION_ITEMS,
  type SessionEvent,
  summaryOf,
  type WholeSession,
} from './session-loader.js';

const PARAMETERS = new Set(['site', 'cursor']);

/** The event that the part before ended with; undefined where the beginning is wanted. */
export function timelineQuestion(query: URLSearchParams): string | undefined {
  rejectUnknown(query, PARAMETERS);
  const behind = query.get('cursor') ?? undefined;
  if (behind !== undefined && behind.length > MAX_ID_CHARS) throw noCursor();
  return behind;
}

const noCursor = () => invalid('cursor', 'must be one that an earlier answer gave');

/** From the beginning, or behind an event, as many events as one reply takes. */
export function timelineOf(site: string, session: WholeSession, behind?: string): SessionTimeline {
  const all = eventsOf(session.batches);
  const start = behind === undefined ? 0 : 1 + all.findIndex(({ event }) => event.event_id === behind);
  if (behind !== undefined && start === 0) throw noCursor();
  const events = eventsFrom(all, start);
  const last = events.at(-1);
  const isCut = start + events.length < all.length;
  const notes = [
    ...(session.batches.length < MAX_SESSION_ITEMS
      ? []
      : [
          noteOf(
            'session_cut',
            `the session is longer: only the newest ${MAX_SESSION_ITEMS} batches of it are shown`,
            { limit: MAX_SESSION_ITEMS },
          ),
        ]),
    ...(isCut || start > 0 ? [partNote(start + 1, start + events.length, all.length)] : []),
  ];
  return {
    site,
    session: summaryOf(session, all),
    events,
    ...(isCut && last ? { cursor: last.event_id } : {}),
    ...tellNotes(notes),
  };
}

const partNote = (first: number, last: number, count: number) =>
  noteOf('timeline_part', `these are events ${first} to ${last} of ${count}`, { first, last, count });

function eventsFrom(all: SessionEvent[], start: number): TimelineEvent[] {
  const events: TimelineEvent[] = [];
  let bytes = 0;
  for (let index = start; index < all.length && bytes < MAX_TIMELINE_BYTES; index += 1) {
    const here = all[index];
    if (!here) break;
    const { event, batch } = here;
    const before = all[index - 1]?.event ?? event;
    const shown = { ...streamEvent(event, batch), since_previous_ms: event.timestamp - before.timestamp };
    events.push(shown);
    bytes += Buffer.byteLength(JSON.stringify(shown));
  }
  return events;
}
