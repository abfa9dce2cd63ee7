/** The numbers of a range, folded from its batches. Pure. */
import type { BreakdownRow, SeriesPoint, StatsData, Totals } from '@liveinsight/schema';
import { pageOf } from '../ingest/page.js';
import type { StoredBatch, StoredEvent } from '../store/store.js';
import { durationMs, groupBy, type SessionFold, sessionsOf } from './sessions-of.js';

const HOUR_MS = 3_600_000;
const LISTED_ROWS = 100;
/** Money is summed in whole micro-units: sums of fractions drift. */
const MICRO = 1_000_000;

export interface StatsQuestion {
  site: string;
  timezone: string;
  /** ms, inclusive. */
  from: number;
  /** ms, exclusive. */
  to: number;
  countBots: boolean;
}

/** @param batches of the range, in order of arrival */
export function statsOf(batches: StoredBatch[], { from, to, countBots, ...asked }: StatsQuestion): StatsData {
  const counted = batches.filter(({ bot }) => countBots || !bot);
  const sessions = [...sessionsOf(counted).values()];
  return {
    ...asked,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    interval: 'hour',
    as_of: new Date(to).toISOString(),
    totals: totalsOf(sessions),
    series: hoursOf(counted, from, to),
    breakdowns: {
      page: pageRows(sessions),
      source: sessionRows(sessions, ({ source }) => source ?? ''),
      channel: sessionRows(sessions, ({ channel }) => channel ?? ''),
      country: sessionRows(sessions, ({ country }) => country ?? ''),
      device: sessionRows(sessions, ({ device }) => device ?? ''),
      browser: sessionRows(sessions, ({ browser }) => browser ?? ''),
      os: sessionRows(sessions, ({ os }) => os ?? ''),
    },
  };
}

function totalsOf(sessions: SessionFold[]): Totals {
  const events = sessions.flatMap((session) => session.events);
  const views = ofType(events, 'page_view').length;
  const conversions = ofType(events, 'conversion');
  const micros: Record<string, number> = {};
  for (const { value, currency } of conversions) {
    if (value === undefined || currency === undefined) continue;
    micros[currency] = (micros[currency] ?? 0) + Math.round(value * MICRO);
  }
  const durations = sessions.map(({ events }) => durationMs(events));
  return {
    visitors: new Set(sessions.map(({ newest }) => newest.visitor_id)).size,
    sessions: sessions.length,
    page_views: views,
    views_per_session: per(views, sessions.length),
    events: events.length,
    clicks: ofType(events, 'click').length,
    conversions: conversions.length,
    conversion_rate: per(sessions.filter(converted).length, sessions.length),
    bounce_rate: per(
      sessions.filter((session) => ofType(session.events, 'page_view').length === 1).length,
      sessions.length,
    ),
    average_session_duration_ms: Math.round(per(sum(durations), sessions.length)),
    average_engaged_ms: Math.round(per(engagedMs(events), views)),
    revenue: Object.fromEntries(Object.entries(micros).map(([currency, all]) => [currency, all / MICRO])),
  };
}

function hoursOf(batches: StoredBatch[], from: number, to: number): SeriesPoint[] {
  const first = Math.floor(from / HOUR_MS);
  const hours = Array.from({ length: Math.ceil(to / HOUR_MS) - first }, (): StoredBatch[] => []);
  for (const batch of batches) hours[Math.floor(batch.received_at / HOUR_MS) - first]?.push(batch);
  return hours.map((hour, at) => ({
    start: new Date((first + at) * HOUR_MS).toISOString(),
    ...totalsOf([...sessionsOf(hour).values()]),
  }));
}

function pageRows(sessions: SessionFold[]): BreakdownRow[] {
  const visits = sessions.flatMap((session) =>
    [...groupBy(session.events, ({ page_url }) => pageOf(page_url))].map(([value, events]) => ({
      value,
      events,
    })),
  );
  return rows(visits.filter(({ value }) => value !== ''));
}

function sessionRows(sessions: SessionFold[], value: (batch: StoredBatch) => string): BreakdownRow[] {
  return rows(sessions.map((session) => ({ value: value(session.newest), events: session.events })));
}

/** @param parts what one session did at one value */
function rows(parts: { value: string; events: StoredEvent[] }[]): BreakdownRow[] {
  return [...groupBy(parts, ({ value }) => value)]
    .map(([value, parts]) => {
      const events = parts.flatMap((part) => part.events);
      const views = ofType(events, 'page_view').length;
      return {
        value,
        page_views: views,
        sessions: parts.length,
        events: events.length,
        conversions: ofType(events, 'conversion').length,
        conversion_rate: per(parts.filter(converted).length, parts.length),
        average_engaged_ms: Math.round(per(engagedMs(events), views)),
      };
    })
    .sort((a, b) => b.page_views - a.page_views || b.sessions - a.sessions)
    .slice(0, LISTED_ROWS);
}

const converted = ({ events }: { events: StoredEvent[] }) => ofType(events, 'conversion').length > 0;

type OfType<Type> = Extract<StoredEvent, { event_type: Type }>;

const ofType = <Type extends StoredEvent['event_type']>(events: StoredEvent[], type: Type) =>
  events.filter((event): event is OfType<Type> => event.event_type === type);

const engagedMs = (events: StoredEvent[]) =>
  sum(events.map((event) => ('engaged_ms' in event ? (event.engaged_ms ?? 0) : 0)));

const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);

const per = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
