/** What the live view keeps of an arrival: who, where and when, and its events as short texts; not the arrival itself. Pure. */
import { MAX_KEY_CHARS, MAX_LIVE_EVENT_CHARS } from '../budgets.js';
import { toPage } from '../events/page-path.js';
import { streamEvent } from '../events/stream-event.js';
import type { Arrival } from '../storage/arrival.js';
import { lacksOrdinals } from '../storage/ordinals.js';

export interface EventFacts {
  id: string;
  timestamp: number;
  isView: boolean;
  page: string | undefined;
  /** The event as JSON, as the stream shows it; undefined for one that is too old to be shown. */
  text: string | undefined;
}

/** Of a session, as the newest arrival says that a tracker sent, else the first. */
export interface SessionFacts {
  session_id: string;
  visitor_id: string;
  user_id: string | undefined;
  entry_page: string | undefined;
  source: string;
  channel: string;
  country: string;
  device: string;
  browser: string;
  os: string;
}

export interface ArrivalFacts {
  receivedAt: number;
  isBot: boolean;
  /** Whether its session is counted by the log, as of a server's events. */
  lacksOrdinals: boolean;
  session: SessionFacts;
  /** The batch's own fields as JSON, without the brace that ends it; undefined for one that is too old to be shown. */
  head: string | undefined;
  events: EventFacts[];
}

/** What facts take in memory besides their texts. */
const BYTES_OF_ARRIVAL = 600;
const BYTES_OF_EVENT = 150;

/** @param isVisible whether the stream can still show it */
export function toFacts({ events, ...fields }: Arrival, isVisible = true): ArrivalFacts {
  const { session_id, visitor_id, user_id, received_at, bot } = fields;
  const head = { ...fields, received_at: new Date(received_at).toISOString() };
  return {
    receivedAt: received_at,
    isBot: bot === true,
    lacksOrdinals: lacksOrdinals(events),
    session: {
      session_id,
      visitor_id,
      user_id,
      entry_page: fields.entry_page && truncateText(toPage(fields.entry_page)),
      source: truncateText(fields.source),
      channel: truncateText(fields.channel),
      country: truncateText(fields.country),
      device: truncateText(fields.device),
      browser: truncateText(fields.browser),
      os: truncateText(fields.os),
    },
    head: isVisible ? JSON.stringify(head).slice(0, -1) : undefined,
    events: events.map((event) => {
      const { page, ...streamed } = streamEvent(event, fields);
      return {
        id: event.event_id,
        timestamp: event.timestamp,
        isView: event.event_type === 'page_view',
        page: event.page_url ? truncateText(page) : undefined,
        text: isVisible ? toText({ ...streamed, page }) : undefined,
      };
    }),
  };
}

const truncateText = (text = ''): string =>
  text.length <= MAX_KEY_CHARS ? text : text.slice(0, MAX_KEY_CHARS).toWellFormed();

/** The whole event; of a large one what says what happened, marked as truncated. */
function toText(event: ReturnType<typeof streamEvent>): string {
  const text = JSON.stringify(event);
  return text.length <= MAX_LIVE_EVENT_CHARS ? text : JSON.stringify(truncate(event));
}

function truncate({ props: _, ...event }: ReturnType<typeof streamEvent>): object {
  const short = Object.entries(event).map(([name, value]) => [
    name,
    typeof value === 'string' ? truncateText(value) : value,
  ]);
  return { ...Object.fromEntries(short), truncated: true };
}

export function countFactBytes({ head = '', events }: ArrivalFacts): number {
  let bytes = BYTES_OF_ARRIVAL + head.length;
  for (const { text = '' } of events) bytes += BYTES_OF_EVENT + text.length;
  return bytes;
}

/** The arrival without the events that have been told of; undefined where none is left. */
export function withoutSeen(facts: ArrivalFacts, isSeen: (id: string) => boolean): ArrivalFacts | undefined {
  const events = facts.events.filter(({ id }) => !isSeen(id));
  if (events.length === 0) return undefined;
  return events.length === facts.events.length ? facts : { ...facts, events };
}
