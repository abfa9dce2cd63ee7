/** Who is on the site now, folded from what arrived lately. Pure. */
import type { ActiveSession, EventBucket, RealtimeData, StreamEvent, ValueCount } from '@liveinsight/schema';
import type { StoredBatch } from '../store/store.js';
import { activeSession, sessionsOf } from './sessions-of.js';
import { streamEvent } from './stream-event.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** What a realtime answer looks back over. */
export const REALTIME_WINDOW_MS = 100 * MINUTE_MS;
const STREAM_EVENTS = 100;
const LISTED_SESSIONS = 200;
const LISTED_VALUES = 50;

export interface RealtimeQuestion {
  site: string;
  /** ms. */
  now: number;
  /** Arrival (ms) from which on the event stream is wanted. */
  since: number;
  countBots: boolean;
}

/** @param batches of the window, in order of arrival */
export function realtimeOf(batches: StoredBatch[], question: RealtimeQuestion): RealtimeData {
  const { now, countBots } = question;
  const counted = batches.filter(({ bot }) => countBots || !bot);
  const within = (minutes: number) =>
    counted.filter(({ received_at }) => received_at > now - minutes * MINUTE_MS);
  const sessions = [...sessionsOf(within(30)).values()]
    .sort((a, b) => b.lastAt - a.lastAt)
    .map(activeSession);
  const top = (value: (session: ActiveSession) => string) => countValues(sessions.map(value));
  return {
    site: question.site,
    as_of: new Date(now).toISOString(),
    cursor: String(batches.at(-1)?.received_at ?? question.since),
    active_sessions: { last_5_minutes: sessionsOf(within(5)).size, last_30_minutes: sessions.length },
    sessions: sessions.slice(0, LISTED_SESSIONS),
    pages: top(({ current_page }) => current_page),
    sources: top(({ source }) => source),
    countries: top(({ country }) => country),
    devices: top(({ device }) => device),
    events_per_5_minutes: buckets(counted, now, 5 * MINUTE_MS, 20),
    events_per_second: buckets(counted, now, SECOND_MS, 60),
    events: newestEvents(batches, question.since),
  };
}

function countValues(values: string[]): ValueCount[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, sessions]) => ({ value, sessions }))
    .sort((a, b) => b.sessions - a.sessions)
    .slice(0, LISTED_VALUES);
}

/** So many buckets up to now, each beginning at a whole multiple of its width. */
function buckets(batches: StoredBatch[], now: number, widthMs: number, count: number): EventBucket[] {
  const first = (Math.floor(now / widthMs) - count + 1) * widthMs;
  const found = Array.from({ length: count }, (_, at) => ({
    start: new Date(first + at * widthMs).toISOString(),
    events: 0,
    page_views: 0,
  }));
  for (const { received_at, events } of batches) {
    const bucket = found[Math.floor((received_at - first) / widthMs)];
    if (!bucket) continue;
    bucket.events += events.length;
    bucket.page_views += events.filter(({ event_type }) => event_type === 'page_view').length;
  }
  return found;
}

function newestEvents(batches: StoredBatch[], since: number): StreamEvent[] {
  const newest: StreamEvent[] = [];
  for (let at = batches.length - 1; at >= 0 && newest.length < STREAM_EVENTS; at -= 1) {
    const batch = batches[at];
    if (!batch || batch.received_at < since) break;
    newest.push(...batch.events.toReversed().map((event) => streamEvent(event, batch)));
  }
  return newest.slice(0, STREAM_EVENTS);
}
