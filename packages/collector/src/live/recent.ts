/** What is going on at one site, kept up to date arrival by arrival, within bounds. Pure. */
import type { ActiveSession, EventBucket, StreamEvent, ValueCount } from '@liveinsight/schema';
import { pageOf } from '../ingest/page.js';
import { streamEvent } from '../read/stream-event.js';
import type { Arrival } from './arrival.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** What the series look back over. */
export const SERIES_MS = 100 * MINUTE_MS;
const STRIP_MS = 5 * MINUTE_MS;
const SECONDS = 60;
/** What makes a session active. */
const ACTIVE_MS = 30 * MINUTE_MS;
/** Sessions kept at the most; beyond, the quietest are forgotten and numbers are estimates. */
const MAX_SESSIONS = 20_000;
/** Numbered arrivals kept for readers that come back. */
const MAX_ARRIVALS = 2_000;
const LISTED_SESSIONS = 200;
const LISTED_VALUES = 50;

interface Count {
  events: number;
  page_views: number;
}

interface SessionState {
  facts: Arrival;
  firstAt: number;
  lastAt: number;
  happenedFirst: number;
  happenedLast: number;
  entryPage: string | undefined;
  currentPage: string | undefined;
  pageViews: number;
  events: number;
}

export interface NumberedArrival {
  number: number;
  arrival: Arrival;
}

export class Recent {
  /** Of the newest arrival told of; 0 before the first. */
  number = 0;
  /** Whether something was forgotten, or never looked at, for there was too much. */
  isEstimate = false;
  readonly #strips = new Map<number, Count>();
  readonly #seconds = new Map<number, Count>();
  /** Least recently active first. */
  readonly #sessions = new Map<string, SessionState>();
  readonly #arrivals: NumberedArrival[] = [];

  constructor(readonly countBots: boolean) {}

  /** @param arrival with events not told of before */
  add(arrival: Arrival): NumberedArrival {
    this.number += 1;
    const numbered = { number: this.number, arrival };
    this.#arrivals.push(numbered);
    if (this.#arrivals.length > MAX_ARRIVALS) this.#arrivals.shift();
    if (!arrival.bot || this.countBots) this.#count(arrival);
    return numbered;
  }

  /** Forgets what is too old to matter. */
  expire(now: number): void {
    for (const start of this.#strips.keys())
      if (start < now - SERIES_MS - STRIP_MS) this.#strips.delete(start);
    for (const start of this.#seconds.keys()) {
      if (start < now - 2 * SECONDS * SECOND_MS) this.#seconds.delete(start);
    }
    for (const [id, { lastAt }] of this.#sessions) {
      if (lastAt > now - ACTIVE_MS) break;
      this.#sessions.delete(id);
    }
  }

  /** Takes 5-minute totals from elsewhere, where the arrivals themselves were too many to read. */
  setStrip(start: number, count: Count): void {
    this.#strips.set(start, count);
  }

  /** The numbered arrivals after that one; undefined where some of them are no longer kept. */
  since(number: number): NumberedArrival[] | undefined {
    const first = this.#arrivals[0]?.number ?? this.number + 1;
    return number + 1 < first ? undefined : this.#arrivals.slice(number + 1 - first);
  }

  /** Those still kept that arrived from then on. */
  from(receivedAt: number): NumberedArrival[] {
    return this.#arrivals.filter(({ arrival }) => arrival.received_at >= receivedAt);
  }

  activeSessions(now: number, minutes: number): number {
    let count = 0;
    for (const { lastAt } of this.#sessions.values()) if (lastAt > now - minutes * MINUTE_MS) count += 1;
    return count;
  }

  /** Most recently active first. */
  sessions(): ActiveSession[] {
    return [...this.#sessions.values()].reverse().slice(0, LISTED_SESSIONS).map(activeSession);
  }

  /** In how many active sessions each value stands. */
  top(value: (session: { facts: Arrival; currentPage: string | undefined }) => string): ValueCount[] {
    const counts = new Map<string, number>();
    for (const session of this.#sessions.values()) {
      const found = value(session);
      counts.set(found, (counts.get(found) ?? 0) + 1);
    }
    return [...counts]
      .map(([value, sessions]) => ({ value, sessions }))
      .sort((a, b) => b.sessions - a.sessions || (a.value < b.value ? -1 : 1))
      .slice(0, LISTED_VALUES);
  }

  per5Minutes = (now: number): EventBucket[] => buckets(this.#strips, now, STRIP_MS, SERIES_MS / STRIP_MS);

  perSecond = (now: number): EventBucket[] => buckets(this.#seconds, now, SECOND_MS, SECONDS);

  #count(arrival: Arrival): void {
    const { received_at, events, session_id } = arrival;
    const views = events.filter(({ event_type }) => event_type === 'page_view').length;
    for (const [counts, width] of [
      [this.#strips, STRIP_MS],
      [this.#seconds, SECOND_MS],
    ] as const) {
      const start = Math.floor(received_at / width) * width;
      const count = counts.get(start) ?? { events: 0, page_views: 0 };
      counts.set(start, { events: count.events + events.length, page_views: count.page_views + views });
    }
    const state = nextState(this.#sessions.get(session_id), arrival);
    // Put back at the end: the map is in order of activity.
    this.#sessions.delete(session_id);
    this.#sessions.set(session_id, state);
    if (this.#sessions.size <= MAX_SESSIONS) return;
    const [quietest] = this.#sessions.keys();
    if (quietest !== undefined) this.#sessions.delete(quietest);
    this.isEstimate = true;
  }
}

function nextState(before: SessionState | undefined, arrival: Arrival): SessionState {
  const times = arrival.events.map(({ timestamp }) => timestamp);
  const views = arrival.events.filter(({ event_type }) => event_type === 'page_view');
  const page = pageOf((views.at(-1) ?? arrival.events.findLast(({ page_url }) => page_url))?.page_url);
  return {
    facts: arrival,
    firstAt: Math.min(before?.firstAt ?? arrival.received_at, arrival.received_at),
    lastAt: Math.max(before?.lastAt ?? arrival.received_at, arrival.received_at),
    happenedFirst: Math.min(before?.happenedFirst ?? Number.POSITIVE_INFINITY, ...times),
    happenedLast: Math.max(before?.happenedLast ?? Number.NEGATIVE_INFINITY, ...times),
    entryPage: before?.entryPage ?? (views[0] && pageOf(views[0].page_url)),
    currentPage: views.length > 0 || !before?.currentPage ? page : before.currentPage,
    pageViews: (before?.pageViews ?? 0) + views.length,
    events: (before?.events ?? 0) + arrival.events.length,
  };
}

function activeSession(state: SessionState): ActiveSession {
  const { facts } = state;
  return {
    session_id: facts.session_id,
    visitor_id: facts.visitor_id,
    ...(facts.user_id === undefined ? {} : { user_id: facts.user_id }),
    started_at: new Date(state.firstAt).toISOString(),
    last_seen_at: new Date(state.lastAt).toISOString(),
    current_page: state.currentPage ?? '',
    entry_page: pageOf(facts.entry_page ?? state.entryPage),
    source: facts.source ?? '',
    channel: facts.channel ?? '',
    country: facts.country ?? '',
    device: facts.device ?? '',
    browser: facts.browser ?? '',
    os: facts.os ?? '',
    duration_ms: state.happenedLast - state.happenedFirst,
    page_views: state.pageViews,
    events: state.events,
  };
}

/** So many buckets up to now, each beginning at a whole multiple of its width. */
function buckets(counts: Map<number, Count>, now: number, widthMs: number, number: number): EventBucket[] {
  const first = (Math.floor(now / widthMs) - number + 1) * widthMs;
  return Array.from({ length: number }, (_, at) => {
    const start = first + at * widthMs;
    return { start: new Date(start).toISOString(), ...(counts.get(start) ?? { events: 0, page_views: 0 }) };
  });
}

/** The events of arrivals, newest first. */
export function streamOf(arrivals: NumberedArrival[], most: number): StreamEvent[] {
  const events: StreamEvent[] = [];
  for (let at = arrivals.length - 1; at >= 0 && events.length < most; at -= 1) {
    const arrival = arrivals[at]?.arrival;
    if (arrival) events.push(...arrival.events.toReversed().map((event) => streamEvent(event, arrival)));
  }
  return events.slice(0, most);
}
