/** Rows of one dimension that know what they weigh, and how rows over the budget are counted as `(other)`. Pure. */
import { MAX_ROW_SET_BYTES, ROW_BYTES } from '../budgets.js';
import { addCounters, type Counters, noCounters } from '../events/counters.js';
import { DIMENSIONS, type Dimension } from '../events/dimensions.js';
import { OTHER } from '../events/over-budget.js';

export type Rows = Record<Dimension, RowSet>;

/** Whether a row is wanted; the one that stands for all others always is. */
export type RowFilter = (dimension: Dimension, value: string) => boolean;

/** Counters by value. */
export class RowSet extends Map<string, Counters> {
  /** What the rows take in memory. */
  bytes = 0;

  override set(value: string, counters: Counters): this {
    if (!this.has(value)) this.bytes += rowBytes(value);
    return super.set(value, counters);
  }

  override delete(value: string): boolean {
    if (!super.delete(value)) return false;
    this.bytes -= rowBytes(value);
    return true;
  }
}

/** Characters above U+00FF take two bytes. */
const rowBytes = (value: string): number => ROW_BYTES + 2 * value.length;

export function countersAt<Key>(rows: Map<Key, Counters>, key: Key): Counters {
  let counters = rows.get(key);
  if (!counters) {
    counters = noCounters();
    rows.set(key, counters);
  }
  return counters;
}

/** Keeps the `most` heaviest values of each dimension and counts the rest as `(other)`. */
export function truncateRows(rows: Rows, max: number, dimensions: readonly Dimension[] = DIMENSIONS): void {
  for (const dimension of dimensions) {
    const set = rows[dimension];
    if (set.size <= max) continue;
    for (const [value, counters] of heaviestFirst(set).slice(max - 1)) moveToOther(set, value, counters);
  }
}

/**
 * Keeps the rows within `maxBytes` by halving the largest dimension until they fit. To be called after each addition:
 * what a rollup takes in memory must not depend on how many different values visitors send. Returns the rows moved.
 */
export function boundRows(
  rows: Rows,
  maxBytes = MAX_ROW_SET_BYTES,
  dimensions: readonly Dimension[] = DIMENSIONS,
): number {
  let moved = 0;
  while (countRowBytes(rows, dimensions) > maxBytes) {
    const largest = dimensions.reduce((a, b) => (rows[b].bytes > rows[a].bytes ? b : a));
    const halved = halveRows(rows[largest]);
    // Nothing but sums is left.
    if (halved === 0) break;
    moved += halved;
  }
  return moved;
}

/** The same of rows that stand alone. */
export function boundRowSet(set: RowSet, maxBytes = MAX_ROW_SET_BYTES): number {
  let moved = 0;
  while (set.bytes > maxBytes) {
    const halved = halveRows(set);
    if (halved === 0) break;
    moved += halved;
  }
  return moved;
}

/** Counts the lightest values as `(other)`, until the rest take half as much. Returns the rows moved. */
function halveRows(set: RowSet): number {
  const target = set.bytes / 2;
  let moved = 0;
  for (const rows of lightestFirst(set)) {
    if (set.bytes <= target) break;
    const bytes = rows.reduce((sum, [value]) => sum + rowBytes(value), 0);
    // Which of several equally light ones go matters only where some of them stay.
    if (set.bytes - bytes < target) rows.sort(heavierFirst).reverse();
    for (const [value, counters] of rows) {
      if (set.bytes <= target) break;
      moveToOther(set, value, counters);
      moved += 1;
    }
  }
  return moved;
}

type Row = [value: string, counters: Counters];

/** Rows of equal weight together: most of a large set are, and to sort all by their values takes most of the time of a question. */
function lightestFirst(set: RowSet): Row[][] {
  const byWeight = new Map<number, Map<number, Row[]>>();
  for (const row of set) {
    const [value, { events, page_views }] = row;
    if (value === OTHER) continue;
    const ofEvents = byWeight.get(events) ?? new Map<number, Row[]>();
    const equal = ofEvents.get(page_views) ?? [];
    if (ofEvents.size === 0) byWeight.set(events, ofEvents);
    if (equal.length === 0) ofEvents.set(page_views, equal);
    equal.push(row);
  }
  const ascending = <Value>(map: Map<number, Value>) => [...map].sort(([a], [b]) => a - b);
  return ascending(byWeight).flatMap(([, ofEvents]) => ascending(ofEvents).map(([, rows]) => rows));
}

export function countRowBytes(rows: Rows, dimensions: readonly Dimension[] = DIMENSIONS): number {
  let bytes = 0;
  for (const dimension of dimensions) bytes += rows[dimension].bytes;
  return bytes;
}

export function moveToOther(set: RowSet, value: string, counters: Counters): void {
  set.delete(value);
  addCounters(countersAt(set, OTHER), counters);
}

const heaviestFirst = (set: RowSet): [string, Counters][] =>
  [...set].filter(([value]) => value !== OTHER).sort(heavierFirst);

const heavierFirst = ([a, x]: [string, Counters], [b, y]: [string, Counters]): number =>
  y.events - x.events || y.page_views - x.page_views || (a < b ? -1 : 1);
