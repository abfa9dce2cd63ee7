/** Rows of counters by column: what stands below each other is alike, so that it deflates well and is quickly read. Pure. */
import { addValue, COUNTERS, type Counters } from '../events/counters.js';
import { countersAt } from './row-set.js';

/** Keys, then a column for each counter in the order of `COUNTERS`; 0 for one that is 0 in every row. */
export type PackedRows<Key> = [Key[], ...(number[] | 0)[]];

export function packRows<Key>(rows: ReadonlyMap<Key, Counters>): PackedRows<Key> {
  const all = [...rows.values()];
  const columns = COUNTERS.map((name) => {
    const column = all.map((counters) => counters[name]);
    return column.some((number) => number !== 0) ? column : 0;
  });
  return [[...rows.keys()], ...columns];
}

/** Adds packed rows to those that are there already, but for those whose key is undefined. */
export function addPackedRows<Key>(
  into: Map<Key, Counters>,
  [keys, ...columns]: PackedRows<Key | undefined>,
): void {
  const rows = keys.map((key) => (key === undefined ? undefined : countersAt(into, key)));
  // By column: most are 0 in every row, as all but one are of edges.
  for (const [place, column] of columns.entries()) {
    if (!column) continue;
    for (const [row, counters] of rows.entries()) {
      const value = column[row];
      if (counters && value) addValue(counters, place, value);
    }
  }
}
