/** The numbers by their definitions, computed the plain way from a list: what rollups must agree with. */
import type { Counters } from '../../src/events/counters.js';
import type { NewBatch, StoredEvent } from '../../src/storage/event-store.js';

/** A batch and when it counts. */
export interface Arrived {
  at: number;
  batch: NewBatch;
}

export interface Expected {
  totals: Counters;
  bot_events: number;
  visitors: number;
  revenue: Record<string, number>;
  pages: Record<string, number>;
  sources: Record<string, number>;
  /** Views by the page before and their own. */
  journeys: Record<string, number>;
}

export function expectedNumbers(arrived: Arrived[], from: number, to: number): Expected {
  const inside = arrived.filter(({ at }) => at >= from && at < to).map(({ batch }) => batch);
  const human = inside.filter(({ bot }) => !bot);
  const events = human.flatMap((batch) => batch.events);
  const views = events.filter(({ event_type }) => event_type === 'page_view') as Extract<
    StoredEvent,
    { event_type: 'page_view' }
  >[];
  const conversions = events.filter(({ event_type }) => event_type === 'conversion') as Extract<
    StoredEvent,
    { event_type: 'conversion' }
  >[];
  const sum = (numbers: (number | undefined)[]) => numbers.reduce<number>((all, one) => all + (one ?? 0), 0);
  return {
    totals: {
      events: events.length,
      page_views: views.length,
      clicks: events.filter(({ event_type }) => event_type === 'click').length,
      conversions: conversions.length,
      sessions: views.filter(({ view }) => view === 1).length,
      second_views: views.filter(({ view }) => view === 2).length,
      converting_sessions: conversions.filter(({ nth }) => nth === 1).length,
      duration_ms: sum(events.map(({ gap_ms }) => gap_ms)),
      engaged_ms: sum(events.map((event) => ('engaged_ms' in event ? event.engaged_ms : 0))),
      continued: 0,
      engaged_sessions: events.filter(({ engaged }) => engaged).length,
      delayed: events.filter(({ delayed }) => delayed).length,
    },
    bot_events: sum(inside.filter(({ bot }) => bot).map((batch) => batch.events.length)),
    visitors: new Set(human.map(({ visitor_id }) => visitor_id)).size,
    revenue: count(
      conversions,
      ({ currency }) => currency ?? 'none',
      ({ value }) => (value ?? 0) * 1e6,
    ),
    pages: count(
      views,
      ({ page_url }) => new URL(page_url ?? '').pathname,
      () => 1,
    ),
    journeys: count(
      views,
      ({ from_page, page_url }) => `${from_page} ${new URL(page_url ?? '').pathname}`,
      () => 1,
    ),
    sources: count(
      human,
      ({ source }) => source ?? '(direct)',
      (batch) => batch.events.length,
    ),
  };
}

function count<Item>(items: Item[], key: (item: Item) => string, by: (item: Item) => number) {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + by(item);
  return counts;
}
