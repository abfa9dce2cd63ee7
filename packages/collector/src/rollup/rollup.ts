/** The numbers of a stretch of time, and the pure ways to get them: fold batches in, merge two, cut the long tail. */
import { pageOf } from '../ingest/page.js';
import type { StoredBatch, StoredEvent } from '../store/store.js';
import { addCounters, type Counters, noCounters } from './counters.js';
import {
  clickTarget,
  DIMENSIONS,
  type Dimension,
  eventName,
  PAIR,
  SESSION_DIMENSIONS,
  sessionValue,
} from './dimensions.js';
import { Distinct } from './distinct.js';

/** Width of a strip. */
export const STRIP_MS = 300_000;
/** Where values beyond the top ones are counted. */
export const OTHER = '(other)';

export interface Rollup {
  totals: Counters;
  /** Events of bots, which count nowhere else. */
  bot_events: number;
  /** Micro-units of money by currency. */
  revenue: Map<string, number>;
  /** Totals by 5 minutes, by the strip's first ms. */
  strips: Map<number, Counters>;
  visitors: Distinct;
  /** Sessions whose page views carry no ordinal. */
  unnumbered_sessions: Distinct;
  rows: Record<Dimension, Map<string, Counters>>;
}

export interface FoldOptions {
  /** 64-bit keyed hash of a visitor or session id: all that is kept of it. */
  hash: (id: string) => bigint;
  countBots?: boolean;
  /** Event ids folded already; given where an event could come twice. */
  seen?: Set<string>;
}

export function emptyRollup(): Rollup {
  const rows = {} as Rollup['rows'];
  for (const dimension of DIMENSIONS) rows[dimension] = new Map();
  return {
    totals: noCounters(),
    bot_events: 0,
    revenue: new Map(),
    strips: new Map(),
    visitors: new Distinct(),
    unnumbered_sessions: new Distinct(),
    rows,
  };
}

/** Adds a batch to the numbers of the time it arrived in. */
export function foldBatch(rollup: Rollup, batch: StoredBatch, options: FoldOptions): void {
  const events = options.seen ? unseen(batch.events, options.seen) : batch.events;
  if (events.length === 0) return;
  if (batch.bot && !options.countBots) {
    rollup.bot_events += events.length;
    return;
  }
  const sum = noCounters();
  for (const event of events) foldEvent(rollup, batch, event, sum, options);
  addCounters(rollup.totals, sum);
  addCounters(countersAt(rollup.strips, Math.floor(batch.received_at / STRIP_MS) * STRIP_MS), sum);
  for (const dimension of SESSION_DIMENSIONS) {
    const value = sessionValue(batch, dimension);
    if (value !== undefined) addCounters(countersAt(rollup.rows[dimension], value), sum);
  }
  rollup.visitors.add(options.hash(batch.visitor_id));
}

function foldEvent(
  rollup: Rollup,
  batch: StoredBatch,
  event: StoredEvent,
  sum: Counters,
  options: FoldOptions,
) {
  const page = event.page_url === undefined ? undefined : pageOf(event.page_url);
  const row = page === undefined ? noCounters() : countersAt(rollup.rows.page, page);
  const name = countersAt(rollup.rows.event_name, eventName(event));
  for (const counters of [sum, row, name]) counters.events += 1;
  sum.duration_ms += event.gap_ms ?? 0;
  if (event.delayed) sum.delayed += 1;
  switch (event.event_type) {
    case 'page_view': {
      sum.page_views += 1;
      row.page_views += 1;
      name.page_views += 1;
      if (event.view === 1) sum.sessions += 1;
      if (event.view === 2) sum.second_views += 1;
      if (!event.view) rollup.unnumbered_sessions.add(options.hash(batch.session_id));
      if (event.first_on_page) row.sessions += 1;
      if (event.from_page && page !== undefined) {
        countersAt(rollup.rows.page, event.from_page).continued += 1;
        countersAt(rollup.rows.journey, `${event.from_page}${PAIR}${page}`).page_views += 1;
      }
      break;
    }
    case 'click': {
      const target = clickTarget(event);
      const rows = [sum, row, name];
      if (target !== undefined) rows.push(countersAt(rollup.rows.click_target, target));
      if (target !== undefined && page !== undefined) {
        rows.push(countersAt(rollup.rows.click_on_page, `${page}${PAIR}${target}`));
      }
      for (const counters of rows) counters.clicks += 1;
      break;
    }
    case 'conversion': {
      const type = countersAt(rollup.rows.conversion_type, event.conversion_type);
      for (const counters of [sum, row, name, type]) counters.conversions += 1;
      if (event.nth === 1) for (const counters of [sum, row, name]) counters.converting_sessions += 1;
      if (event.nth_of_type === 1) type.converting_sessions += 1;
      if (event.value !== undefined && event.currency !== undefined) {
        addMoney(rollup.revenue, event.currency, Math.round(event.value * 1e6));
      }
      break;
    }
    case 'page_exit':
    case 'heartbeat':
    case 'scroll':
      sum.engaged_ms += event.engaged_ms ?? 0;
      row.engaged_ms += event.engaged_ms ?? 0;
  }
}

/** Adds the numbers of one stretch of time to another's. */
export function mergeRollup(into: Rollup, from: Rollup): void {
  mergeTotals(into, from);
  mergeRows(into, from);
}

/** What is of the whole stretch. */
export function mergeTotals(into: Rollup, from: Rollup): void {
  addCounters(into.totals, from.totals);
  into.bot_events += from.bot_events;
  for (const [currency, micros] of from.revenue) addMoney(into.revenue, currency, micros);
  into.visitors.merge(from.visitors);
  into.unnumbered_sessions.merge(from.unnumbered_sessions);
}

/** What is of its parts: strips, and values of dimensions. */
export function mergeRows(into: Rollup, from: Rollup): void {
  for (const [start, counters] of from.strips) addCounters(countersAt(into.strips, start), counters);
  for (const dimension of DIMENSIONS) {
    const rows = into.rows[dimension];
    for (const [value, counters] of from.rows[dimension]) addCounters(countersAt(rows, value), counters);
  }
}

/** Keeps the `most` heaviest values of each dimension and counts the rest under `(other)`. */
export function cutRows(rollup: Rollup, most: number, dimensions: readonly Dimension[] = DIMENSIONS): void {
  for (const dimension of dimensions) {
    const rows = rollup.rows[dimension];
    if (rows.size <= most) continue;
    const byWeight = [...rows].filter(([value]) => value !== OTHER).sort(heavierFirst);
    for (const [value, counters] of byWeight.slice(most - 1)) {
      rows.delete(value);
      addCounters(countersAt(rows, OTHER), counters);
    }
  }
}

const heavierFirst = ([a, x]: [string, Counters], [b, y]: [string, Counters]): number =>
  y.events - x.events || y.page_views - x.page_views || (a < b ? -1 : 1);

export function countersAt<Key>(rows: Map<Key, Counters>, key: Key): Counters {
  let counters = rows.get(key);
  if (!counters) {
    counters = noCounters();
    rows.set(key, counters);
  }
  return counters;
}

export const addMoney = (revenue: Map<string, number>, currency: string, micros: number) =>
  revenue.set(currency, (revenue.get(currency) ?? 0) + micros);

const unseen = (events: StoredEvent[], seen: Set<string>): StoredEvent[] =>
  events.filter(({ event_id }) => !seen.has(event_id) && seen.add(event_id));
