/** The numbers of a time range, and the pure functions that make them: add batches, merge two, cut the long tail. */
import { boundKey, isCut } from '../events/bound-key.js';
import { addCounters, type Counters, noCounters } from '../events/counters.js';
import { mayAddCurrency } from '../events/currencies.js';
import {
  clickTarget,
  DIMENSIONS,
  type Dimension,
  EDGE_SEPARATOR,
  eventName,
  SESSION_DIMENSIONS,
  type SessionValues,
  sessionValues,
} from '../events/dimensions.js';
import { roundMicros, toMicros } from '../events/money.js';
import type { OverBudget, OverReason } from '../events/over-budget.js';
import { toPage } from '../events/page-path.js';
import type { StoredBatch, StoredEvent } from '../storage/event-store.js';
import { DistinctCounter } from './distinct-counter.js';
import { boundRows, countersAt, type RowFilter, RowSet, type Rows } from './row-set.js';

/** Width of a strip. */
export const FIVE_MINUTES_MS = 300_000;

export interface Rollup {
  totals: Counters;
  /** Events of bots, which count nowhere else. */
  bot_events: number;
  /** Whether engaged sessions are counted in all of it. */
  knowsEngaged: boolean;
  /** Micro-units of money by currency. */
  revenue: Map<string, number>;
  /** Conversions that brought an amount, by its currency; those counted before this was kept are not among them. */
  payments: Map<string, number>;
  /** Totals by 5 minutes, by the strip's first ms. */
  fiveMinuteTotals: Map<number, Counters>;
  visitors: DistinctCounter;
  /** Sessions whose page views carry no ordinal. */
  unnumbered_sessions: DistinctCounter;
  rows: Rows;
  /** How often something was over a budget, by reason. */
  over: OverBudget;
}

export interface AggregateOptions {
  /** 64-bit keyed hash of a visitor or session id: all that is kept of it. */
  hash: (id: string) => bigint;
  countBots?: boolean;
  /** The rows that are wanted. Default: all. */
  rowFilter?: RowFilter | undefined;
}

export function emptyRollup(): Rollup {
  const rows = {} as Rollup['rows'];
  for (const dimension of DIMENSIONS) rows[dimension] = new RowSet();
  return {
    totals: noCounters(),
    bot_events: 0,
    knowsEngaged: true,
    revenue: new Map(),
    payments: new Map(),
    fiveMinuteTotals: new Map(),
    visitors: new DistinctCounter(),
    unnumbered_sessions: new DistinctCounter(),
    rows,
    over: new Map(),
  };
}

/**
 * Adds a batch to the numbers of the time it arrived in.
 * @param values of the batch, where they are known
 */
export function addBatch(
  rollup: Rollup,
  batch: StoredBatch,
  options: AggregateOptions,
  values?: SessionValues,
): void {
  const { events } = batch;
  if (events.length === 0) return;
  if (batch.bot && !options.countBots) {
    rollup.bot_events += events.length;
    return;
  }
  const sum = noCounters();
  for (const event of events) addEvent(rollup, batch, event, sum, options);
  addCounters(rollup.totals, sum);
  addCounters(
    countersAt(rollup.fiveMinuteTotals, Math.floor(batch.received_at / FIVE_MINUTES_MS) * FIVE_MINUTES_MS),
    sum,
  );
  const known = values ?? sessionValues(batch);
  SESSION_DIMENSIONS.forEach((dimension, index) => {
    const value = known[index];
    if (value !== undefined) addCounters(rowAt(rollup, dimension, value, options), sum);
  });
  rollup.visitors.add(options.hash(batch.visitor_id));
  boundRollup(rollup);
}

function addEvent(
  rollup: Rollup,
  batch: StoredBatch,
  event: StoredEvent,
  sum: Counters,
  options: AggregateOptions,
) {
  const page = event.page_url === undefined ? undefined : toPage(event.page_url);
  const row = page === undefined ? noCounters() : rowAt(rollup, 'page', page, options);
  const name = rowAt(rollup, 'event_name', eventName(event), options);
  for (const counters of [sum, row, name]) counters.events += 1;
  sum.duration_ms += event.gap_ms ?? 0;
  if (event.delayed) sum.delayed += 1;
  if (event.engaged) sum.engaged_sessions += 1;
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
        const fromPage = toPage(event.from_page);
        rowAt(rollup, 'page', fromPage, options).continued += 1;
        rowAt(rollup, 'journey', `${fromPage}${EDGE_SEPARATOR}${page}`, options).page_views += 1;
      }
      break;
    }
    case 'click': {
      const target = clickTarget(event);
      const rows = [sum, row, name];
      if (target !== undefined) rows.push(rowAt(rollup, 'click_target', target, options));
      if (target !== undefined && page !== undefined) {
        rows.push(rowAt(rollup, 'click_on_page', `${page}${EDGE_SEPARATOR}${target}`, options));
      }
      for (const counters of rows) counters.clicks += 1;
      break;
    }
    case 'conversion': {
      const type = rowAt(rollup, 'conversion_type', boundKey(event.conversion_type), options);
      for (const counters of [sum, row, name, type]) counters.conversions += 1;
      if (event.nth === 1) for (const counters of [sum, row, name]) counters.converting_sessions += 1;
      if (event.nth_of_type === 1) type.converting_sessions += 1;
      if (event.value !== undefined && event.currency !== undefined) {
        addMoney(rollup, event.currency, toMicros(event.value), 1);
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
  into.knowsEngaged &&= from.knowsEngaged;
  for (const [currency, micros] of from.revenue) {
    addMoney(into, currency, micros, from.payments.get(currency) ?? 0);
  }
  for (const [reason, times] of from.over) countOver(into, reason, times);
  into.visitors.merge(from.visitors);
  into.unnumbered_sessions.merge(from.unnumbered_sessions);
}

/** The rows that are wanted. Default: all. */
export interface RowSelection {
  dimensions?: readonly Dimension[];
  rowFilter?: RowFilter | undefined;
}

/** What is of its parts: strips, and values of dimensions. */
export function mergeRows(
  into: Rollup,
  from: Rollup,
  { dimensions = DIMENSIONS, rowFilter }: RowSelection = {},
): void {
  for (const [start, counters] of from.fiveMinuteTotals)
    addCounters(countersAt(into.fiveMinuteTotals, start), counters);
  for (const dimension of dimensions) {
    const rows = into.rows[dimension];
    for (const [value, counters] of from.rows[dimension])
      if (!rowFilter || rowFilter(dimension, value)) addCounters(countersAt(rows, value), counters);
  }
  boundRollup(into);
}

/** Keeps the rows within their budget; to be called after each addition. */
export function boundRollup(rollup: Rollup, maxBytes?: number, dimensions?: readonly Dimension[]): void {
  const moved = boundRows(rollup.rows, maxBytes, dimensions);
  if (moved > 0) countOver(rollup, '(other)', moved);
}

/** The counters of a row; some that are part of nothing for a row that is not wanted. */
function rowAt(rollup: Rollup, dimension: Dimension, key: string, { rowFilter }: AggregateOptions): Counters {
  if (rowFilter && !rowFilter(dimension, key)) return noCounters();
  if (isCut(key)) countOver(rollup, 'truncated', 1);
  return countersAt(rollup.rows[dimension], key);
}

export function countOver({ over }: Pick<Rollup, 'over'>, reason: OverReason, times: number): void {
  over.set(reason, (over.get(reason) ?? 0) + times);
}

/** Amounts cannot be added up over currencies: those in one currency too many are dropped, and counted as dropped. */
export function addMoney(
  rollup: Pick<Rollup, 'revenue' | 'payments' | 'over'>,
  currency: string,
  micros: number,
  payments: number,
): void {
  const { revenue } = rollup;
  const before = revenue.get(currency);
  if (before === undefined && !mayAddCurrency(currency, revenue)) countOver(rollup, 'dropped.currency', 1);
  else {
    revenue.set(currency, roundMicros((before ?? 0) + micros));
    rollup.payments.set(currency, (rollup.payments.get(currency) ?? 0) + payments);
  }
}
