/** Events of the application that the collector runs in. */
import { type IngestData, readVisit, type WireBareEvent } from '@liveinsight/schema';
import { v7 as uuidv7 } from 'uuid';
import { ApiError } from '../errors.js';
import type { Ingest } from './ingest.js';

/** An event as the wire has it; its own id and time may be left out. */
export type TrackedEvent = WithoutSender<WireBareEvent>;
type WithoutSender<Event> = Event extends unknown
  ? Omit<Event, 'site' | 'session_id' | 'visitor_id' | 'user_id' | 'referrer' | 'sent_at'>
  : never;

/** A browser's request that the application answers: Node's, Express's, Fastify's, or a web `Request`. */
export interface TrackedRequest {
  headers: { get(name: string): string | null } | { [name: string]: string | string[] | undefined };
  socket?: { remoteAddress?: string | undefined };
}

/** Whose event it is. What is given here counts, not what the request says. */
export interface TrackSource {
  /** The browser's request that it came of: its visitor and session, by the tracker's cookies; else a session of all that this browser does on a day. */
  request?: TrackedRequest;
  /** The client's address where the request has none, as a web `Request`. Used, and stored nowhere. */
  ip?: string;
  /** A person as your application knows them. */
  userId?: string;
  /** As `session_id` of the tracker, where your page passes it on. */
  sessionId?: string;
  visitorId?: string;
  /** Default: `defaultSite`. */
  site?: string;
}

export type Track = (event: TrackedEvent, source?: TrackSource) => Promise<IngestData>;

const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 200;

/** @param defaultSite of events that name none */
export function createTrack(ingest: Ingest, defaultSite: string | undefined): Track {
  return async (event, { request, ip, userId, sessionId, visitorId, site = defaultSite } = {}) => {
    const now = Date.now();
    const { consent, ...visit } = readVisit(request, site ?? '', now);
    if (consent === 'denied') return { accepted: 0, rejected: [] };
    const isAnonymous = consent === 'anonymous';
    const session_id = sessionId ?? visit.session_id;
    const visitor_id = isAnonymous ? undefined : (visitorId ?? visit.visitor_id);
    const event_id = event.event_id ?? uuidv7();
    const text = JSON.stringify({
      site,
      batch: event_id,
      visitor_id,
      user_id: isAnonymous ? undefined : userId,
      session: session_id === undefined ? undefined : { session_id },
      // What the request says of the browser counts where the session does not say it already.
      server: request === undefined || session_id !== undefined,
      events: [{ timestamp: now, ...event, event_id }],
    });
    const address = ip ?? request?.socket?.remoteAddress;
    const headers = { header: (name: string) => readHeader(request, name) };
    const connection = address === undefined ? {} : { ip: address };
    for (let attempt = 1; ; attempt += 1) {
      const data = await take(() =>
        ingest.take(text, headers, connection, { isByDay: request !== undefined }),
      );
      if (!data.retry || attempt === ATTEMPTS) return data;
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 4 ** (attempt - 1)));
    }
  };
}

/** A wrong event is a fault of the program that calls, which gets it as one that names the field. */
async function take(run: () => Promise<IngestData>): Promise<IngestData> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ApiError && error.code === 'refused')
      throw new TypeError(`collector.track: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Of the request, but for its origin: the application, not a page, sends. */
function readHeader(request: TrackedRequest | undefined, name: string): string | undefined {
  if (!request || name === 'origin') return undefined;
  const { headers } = request;
  const value =
    typeof headers.get === 'function'
      ? headers.get(name)
      : (headers as Record<string, string | string[] | undefined>)[name];
  return (Array.isArray(value) ? value.join(', ') : value) ?? undefined;
}
