/** A session as far as it is kept: read by its key, each event once, in the order it happened. */
import type { SessionSummary } from '@liveinsight/schema';
import { toPage } from '../events/page-path.js';
import { currentPage, pageSeen } from '../ingest/current-page.js';
import { numberSession, toOutline, withFacts } from '../rollup/number-session.js';
import type { BatchFields, EventStore, StoredBatch, StoredEvent } from '../storage/event-store.js';

/** Items read of one session at most, its newest: enough for days of clicking, not for a script that shares one id. */
export const MAX_SESSION_ITEMS = 1_000;
/** Sessions read at a time. */
const AT_ONCE = 25;

/** A stored event and the batch it came in. */
export interface SessionEvent {
  event: StoredEvent;
  batch: StoredBatch;
}

export interface LoadedSession {
  /** In order of arrival; at least one. */
  batches: StoredBatch[];
  newest: StoredBatch;
}

/** In the order of the ids; undefined where nothing is kept of a session. */
export async function readSessions(
  store: EventStore,
  site: string,
  ids: string[],
): Promise<(LoadedSession | undefined)[]> {
  const found: (LoadedSession | undefined)[] = [];
  for (let index = 0; index < ids.length; index += AT_ONCE) {
    const some = ids.slice(index, index + AT_ONCE).map((id) => readSession(store, site, id));
    found.push(...(await Promise.all(some)));
  }
  return found;
}

export async function readSession(
  store: EventStore,
  site: string,
  id: string,
): Promise<LoadedSession | undefined> {
  const batches = await store.session(site, id, { limit: MAX_SESSION_ITEMS });
  const newest = batches.at(-1);
  return newest && { batches, newest };
}

/** @param batches of one session, in order of arrival */
export function toSessionEvents(batches: StoredBatch[]): SessionEvent[] {
  const events = new Map<string, SessionEvent>();
  for (const batch of batches) {
    for (const event of batch.events) {
      if (!events.has(event.event_id)) events.set(event.event_id, { event, batch });
    }
  }
  return [...events.values()].sort((a, b) => a.event.timestamp - b.event.timestamp);
}

export function toSummary(
  { batches, newest }: LoadedSession,
  events = toSessionEvents(batches),
): SessionSummary {
  // What a server sends into a browser's session says nothing of the visitor's source and device.
  const numberedFacts = numberSession(batches.map(toOutline)).get(newest.batch)?.facts;
  const facts = numberedFacts ? withFacts(newest, numberedFacts) : newest;
  const happened = events.map(({ event }) => event);
  const views = happened.filter(({ event_type }) => event_type === 'page_view');
  const [first] = happened;
  const last = happened.at(-1);
  return {
    session_id: newest.session_id,
    visitor_id: facts.visitor_id,
    ...(facts.user_id === undefined ? {} : { user_id: facts.user_id }),
    started_at: instant(batches[0]?.received_at ?? newest.received_at),
    last_seen_at: instant(newest.received_at),
    current_page: currentPage(undefined, happened.map(pageSeen))?.page ?? '',
    entry_page: toPage(facts.entry_page ?? views[0]?.page_url),
    source: facts.source ?? '',
    channel: facts.channel ?? '',
    country: facts.country ?? '',
    region: facts.region ?? '',
    city: facts.city ?? '',
    ...(facts.location_source === undefined ? {} : { location_source: facts.location_source }),
    device: facts.device ?? '',
    browser: facts.browser ?? '',
    os: facts.os ?? '',
    duration_ms: first && last ? last.timestamp - first.timestamp : 0,
    page_views: views.length,
    events: happened.length,
    conversions: happened.filter(({ event_type }) => event_type === 'conversion').length,
    ...(facts.bot ? toBot(facts) : {}),
  };
}

type SessionBot = Pick<SessionSummary, 'bot' | 'bot_name' | 'bot_operator' | 'bot_category' | 'bot_reason'>;

const toBot = ({ bot_name, bot_operator, bot_category, bot_reason }: BatchFields): SessionBot => ({
  bot: true,
  ...(bot_name === undefined ? {} : { bot_name }),
  ...(bot_operator === undefined ? {} : { bot_operator }),
  ...(bot_category === undefined ? {} : { bot_category }),
  ...(bot_reason === undefined ? {} : { bot_reason }),
});

const instant = (ms: number): string => new Date(ms).toISOString();
