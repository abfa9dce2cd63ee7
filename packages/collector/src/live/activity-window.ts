/** What is going on at one site, kept up to date arrival by arrival, within budgets. Pure. */

import type { ActiveSession, EventBucket, ValueCount } from '@liveinsight/schema';
import { MAX_LIVE_SESSIONS_BYTES } from '../budgets.js';
import { currentPage, type PageSeen } from '../ingest/current-page.js';
import { MINUTE_MS } from '../time/ms.js';
import { type Count, emptySeries } from './event-series.js';
import type { ArrivalFacts, SessionFacts } from './facts.js';
import { RecentArrivals } from './recent-arrivals.js';

const SECOND_MS = 1_000;
/** What the series look back over. */
export const SERIES_MS = 100 * MINUTE_MS;
const FIVE_MINUTES_MS = 5 * MINUTE_MS;
const SECONDS = 60;
/** What makes a session active. */
const ACTIVE_MS = 30 * MINUTE_MS;
const LISTED_SESSIONS = 200;
const LISTED_VALUES = 50;
/** What a session takes in memory besides its texts. */
const BYTES_OF_SESSION = 500;

interface SessionState {
  facts: SessionFacts;
  firstAt: number;
  lastAt: number;
  happenedFirst: number;
  happenedLast: number;
  entryPage: string | undefined;
  current: PageSeen | undefined;
  pageViews: number;
  events: number;
  bytes: number;
}

export class ActivityWindow {
  readonly arrivals = new RecentArrivals();
  /** Up to when (ms) numbers may be too low, because something was forgotten or not read. */
  #estimateUntil = Number.NEGATIVE_INFINITY;
  readonly #fiveMinutes = emptySeries(FIVE_MINUTES_MS, SERIES_MS / FIVE_MINUTES_MS);
  readonly #seconds = emptySeries(SECOND_MS, SECONDS);
  /** Least recently active first. */
  readonly #sessions = new Map<string, SessionState>();
  #sessionBytes = 0;

  constructor(readonly countBots: boolean) {}

  /** @param arrival with events not told of before */
  add(arrival: ArrivalFacts): void {
    if (!arrival.isBot || this.countBots) this.#count(arrival);
  }

  /** Forgets what is too old to matter. */
  expire(now: number): void {
    this.#fiveMinutes.expire(now);
    this.#seconds.expire(now);
    for (const [id, { lastAt }] of this.#sessions) {
      if (lastAt > now - ACTIVE_MS) break;
      this.#forget(id);
    }
  }

  /** Forgets all that is known of anybody. Numbers of arrivals go on. */
  clear(): void {
    this.arrivals.clear();
    this.#fiveMinutes.clear();
    this.#seconds.clear();
    this.#sessions.clear();
    this.#sessionBytes = 0;
  }

  /** Something that arrived up to then is not in: numbers are estimates until it has left every window. */
  addGap(upTo: number): void {
    this.#estimateUntil = Math.max(this.#estimateUntil, upTo + SERIES_MS + FIVE_MINUTES_MS);
  }

  isEstimate = (now: number): boolean => now < this.#estimateUntil;

  /** Takes a 5-minute total from elsewhere, where more is known of it. */
  raiseFiveMinutes(start: number, count: Count): void {
    this.#fiveMinutes.raise(start, count);
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
  top(value: (session: Pick<SessionState, 'facts' | 'current'>) => string): ValueCount[] {
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

  per5Minutes = (now: number): EventBucket[] => this.#fiveMinutes.buckets(now);

  perSecond = (now: number): EventBucket[] => this.#seconds.buckets(now);

  #count(arrival: ArrivalFacts): void {
    const { receivedAt, events, session } = arrival;
    const count = { events: events.length, page_views: events.filter(({ isView }) => isView).length };
    this.#fiveMinutes.add(receivedAt, count);
    this.#seconds.add(receivedAt, count);
    const before = this.#sessions.get(session.session_id);
    const state = nextState(before, arrival, count);
    // Put back at the end: the map is in order of activity.
    this.#forget(session.session_id);
    this.#sessions.set(session.session_id, state);
    this.#sessionBytes += state.bytes;
    for (const [quietest, { lastAt }] of this.#sessions) {
      if (this.#sessionBytes <= MAX_LIVE_SESSIONS_BYTES) break;
      this.#forget(quietest);
      this.addGap(lastAt);
    }
  }

  #forget(session: string): void {
    this.#sessionBytes -= this.#sessions.get(session)?.bytes ?? 0;
    this.#sessions.delete(session);
  }
}

function nextState(before: SessionState | undefined, arrival: ArrivalFacts, count: Count): SessionState {
  const { events, receivedAt, session } = arrival;
  const views = events.filter(({ isView }) => isView);
  let [happenedFirst, happenedLast] = [
    before?.happenedFirst ?? Number.POSITIVE_INFINITY,
    before?.happenedLast ?? Number.NEGATIVE_INFINITY,
  ];
  for (const { timestamp } of events) {
    happenedFirst = Math.min(happenedFirst, timestamp);
    happenedLast = Math.max(happenedLast, timestamp);
  }
  const entryPage = before?.entryPage ?? (views[0] && (views[0].page ?? ''));
  const current = currentPage(before?.current, events);
  // What a server sends into a session says nothing of the visitor's source and device.
  const facts = before && arrival.lacksOrdinals ? before.facts : session;
  let chars = (entryPage?.length ?? 0) + (current?.page?.length ?? 0);
  for (const value of Object.values(facts)) chars += value?.length ?? 0;
  return {
    facts,
    firstAt: Math.min(before?.firstAt ?? receivedAt, receivedAt),
    lastAt: Math.max(before?.lastAt ?? receivedAt, receivedAt),
    happenedFirst,
    happenedLast,
    entryPage,
    current,
    pageViews: (before?.pageViews ?? 0) + count.page_views,
    events: (before?.events ?? 0) + count.events,
    bytes: BYTES_OF_SESSION + 2 * chars,
  };
}

function activeSession(state: SessionState): ActiveSession {
  const { user_id, entry_page, ...facts } = state.facts;
  return {
    ...facts,
    ...(user_id === undefined ? {} : { user_id }),
    started_at: new Date(state.firstAt).toISOString(),
    last_seen_at: new Date(state.lastAt).toISOString(),
    current_page: state.current?.page ?? '',
    entry_page: entry_page ?? state.entryPage ?? '',
    duration_ms: state.happenedLast - state.happenedFirst,
    page_views: state.pageViews,
    events: state.events,
  };
}
