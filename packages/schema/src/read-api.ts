import type { Event } from './event.js';

/** An ISO 8601 instant in UTC, as `2026-01-31T09:00:00.000Z`. */
export type Instant = string;

/** A value of a dimension, and in how many of the sessions looked at. */
export interface ValueCount {
  value: string;
  sessions: number;
}

/** A session that sent something within the last 30 minutes. */
export interface ActiveSession {
  session_id: string;
  visitor_id: string;
  user_id?: string;
  /** When its first event within the window arrived. */
  started_at: Instant;
  last_seen_at: Instant;
  /** Page of its newest page view. */
  current_page: string;
  entry_page: string;
  source: string;
  channel: string;
  country: string;
  device: string;
  browser: string;
  os: string;
  duration_ms: number;
  page_views: number;
  events: number;
}

/** One event of the stream: what arrived, of whom, and when. */
export type StreamEvent = Event & {
  session_id: string;
  page: string;
  received_at: Instant;
  /** Whether it was sent by a bot: shown, but kept out of the numbers. */
  bot?: boolean;
};

/** A bucket of a series. `start` is its first instant. */
export interface EventBucket {
  start: Instant;
  events: number;
  page_views: number;
}

/** `GET /api/realtime`: who is on the site now. */
export interface RealtimeData {
  site: string;
  as_of: Instant;
  /** Ask with `?cursor=` of the last answer for the events since. */
  cursor: string;
  active_sessions: { last_5_minutes: number; last_30_minutes: number };
  sessions: ActiveSession[];
  pages: ValueCount[];
  sources: ValueCount[];
  countries: ValueCount[];
  devices: ValueCount[];
  /** Twenty buckets of 5 minutes: the last 100 minutes. */
  events_per_5_minutes: EventBucket[];
  /** Sixty buckets of one second: the last minute. */
  events_per_second: EventBucket[];
  /** The newest events, newest first. */
  events: StreamEvent[];
  /** Present where there was too much to look at every session. */
  estimated?: true;
}

/** The numbers of a period. Null: can't be known for this period. */
export interface Totals {
  visitors: number | null;
  sessions: number;
  page_views: number;
  views_per_session: number;
  events: number;
  clicks: number;
  conversions: number;
  /** Converting sessions per session, 0 to 1. */
  conversion_rate: number;
  /** Sessions of one page view per session, 0 to 1. */
  bounce_rate: number;
  average_session_duration_ms: number;
  /** Visible and focused time per page view. */
  average_engaged_ms: number;
  /** Value of conversions by currency. */
  revenue: Record<string, number>;
}

export type SeriesPoint = Totals & { start: Instant };

/** A row of a breakdown. */
export interface BreakdownRow {
  value: string;
  page_views: number;
  sessions: number;
  events: number;
  conversions: number;
  /** Converting sessions per session, 0 to 1. */
  conversion_rate: number;
  average_engaged_ms?: number;
  /** Of pages: views that ended the session per view, 0 to 1. */
  exit_rate?: number;
}

/** `GET /api/stats`: what happened over a range. */
export interface StatsData {
  site: string;
  from: Instant;
  to: Instant;
  interval: string;
  timezone: string;
  as_of: Instant;
  totals: Totals;
  series: SeriesPoint[];
  breakdowns: Record<string, BreakdownRow[]>;
  /** With `compare=previous`: the same numbers for the period of the same length just before. */
  previous?: { from: Instant; to: Instant; totals: Totals; series: SeriesPoint[] };
  /** What was cut or is approximate, in words. */
  notes?: string[];
}
