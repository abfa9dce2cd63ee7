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
    const before = this.size;
    super.set(value, counters);
    // Not by `has`: a question sets hundreds of thousands of rows, and most of the time is spent on looking them up.
    if (this.size > before) this.bytes += rowBytes(value);
    return this;
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
  if (set.size === (set.has(OTHER) ? 1 : 0)) return 0;
  const other = countersAt(set, OTHER);
  const before = set.size;
  const moveRow = (value: string, counters: Counters) => {
    set.delete(value);
    addCounters(other, counters);
  };
  const last = findLastWeight(set, target);
  const equal: string[] = [];
  for (const [value, counters] of set) {
    if (value === OTHER) continue;
    const difference = counters.events - last.events || counters.page_views - last.page_views;
    if (difference < 0) moveRow(value, counters);
    else if (difference === 0) equal.push(value);
  }
  // Of those that are equally heavy, the ones that come first stay.
  for (const value of equal.sort().reverse()) {
    const counters = set.get(value);
    if (set.bytes <= target || !counters) break;
    moveRow(value, counters);
  }
  return before - set.size;
}

type Weight = Pick<Counters, 'events' | 'page_views'>;

/**
 * The weight up to which rows have to go for the rest to take no more than `target`. Rows of a weight are added up together:
 * most of a large set are of a few, and to sort all rows takes most of the time of a question.
 */
function findLastWeight(set: RowSet, target: number): Weight {
  const bytesByWeight = new Map<number, Map<number, number>>();
  for (const [value, { events, page_views }] of set) {
    if (value === OTHER) continue;
    const ofEvents = bytesByWeight.get(events) ?? new Map<number, number>();
    if (ofEvents.size === 0) bytesByWeight.set(events, ofEvents);
    ofEvents.set(page_views, (ofEvents.get(page_views) ?? 0) + rowBytes(value));
  }
  let { bytes } = set;
  let last: Weight = { events: 0, page_views: 0 };
  for (const [events, ofEvents] of ascending(bytesByWeight)) {
    for (const [page_views, ofWeight] of ascending(ofEvents)) {
      last = { events, page_views };
      bytes -= ofWeight;
      if (bytes <= target) return last;
    }
  }
  return last;
}

const ascending = <Value>(map: Map<number, Value>): [number, Value][] => [...map].sort(([a], [b]) => a - b);

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
