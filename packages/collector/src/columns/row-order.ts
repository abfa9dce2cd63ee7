/** Numbers of rows in the order that a chunk has them in. Pure. */
import type { IntegerRows, NumberRows } from './growing-column.js';

/** Rows so near to their place are moved there one by one. */
const MAX_SHORT = 32;
/** Contexts whose events are sorted before others may work. */
const CONTEXTS_A_STEP = 4_096;

/** The rows that `isWanted`, ascending. */
export function selectRows(rows: number, isWanted: (row: number) => boolean): Uint32Array {
  const wanted = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    if (!isWanted(row)) continue;
    wanted[count] = row;
    count += 1;
  }
  return wanted.slice(0, count);
}

/**
 * Events by the rank of their context, and within it in the order they happened: by time, then arrival, then as they came.
 *
 * @param ranks of the contexts, by row
 * @param contexts how many ranks there are
 */
export function* orderEvents(
  { context, timestamp, arrival }: { context: IntegerRows; timestamp: NumberRows; arrival: NumberRows },
  ranks: Uint32Array,
  contexts: number,
): Generator<void, { rows: Uint32Array; firstEvent: Uint32Array }> {
  const firstEvent = new Uint32Array(contexts + 1);
  for (let row = 0; row < context.length; row += 1) {
    const rank = ranks[context.get(row)] ?? 0;
    firstEvent[rank + 1] = (firstEvent[rank + 1] ?? 0) + 1;
  }
  for (let rank = 0; rank < contexts; rank += 1)
    firstEvent[rank + 1] = (firstEvent[rank + 1] ?? 0) + (firstEvent[rank] ?? 0);
  const rows = new Uint32Array(context.length);
  const next = firstEvent.slice();
  for (let row = 0; row < context.length; row += 1) {
    const rank = ranks[context.get(row)] ?? 0;
    const place = next[rank] ?? 0;
    rows[place] = row;
    next[rank] = place + 1;
  }
  const compare = (a: number, b: number): number =>
    timestamp.get(a) - timestamp.get(b) || arrival.get(a) - arrival.get(b) || a - b;
  for (let rank = 0; rank < contexts; rank += 1) {
    if (rank % CONTEXTS_A_STEP === 0) yield;
    sort(rows.subarray(firstEvent[rank], firstEvent[rank + 1]), compare);
  }
  return { rows, firstEvent };
}

/** Most contexts have few events, and most of them in order. */
function sort(rows: Uint32Array, compare: (a: number, b: number) => number): void {
  if (rows.length > MAX_SHORT) {
    rows.sort(compare);
    return;
  }
  for (let index = 1; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    let place = index;
    for (; place > 0 && compare(rows[place - 1] ?? 0, row) > 0; place -= 1)
      rows[place] = rows[place - 1] ?? 0;
    rows[place] = row;
  }
}

/** The order that sorts rows by the place of their event, and those places. */
export function sortByPlace(
  events: IntegerRows,
  places: Uint32Array,
): { order: Uint32Array; places: Uint32Array } {
  const rows = events.length;
  // Place and row in one number, which is sorted without calling back: both together have less than 53 bits.
  const keys = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) keys[row] = (places[events.get(row)] ?? 0) * rows + row;
  keys.sort();
  const order = Uint32Array.from(keys, (key) => key % rows);
  return { order, places: Uint32Array.from(keys, (key) => Math.floor(key / rows)) };
}
