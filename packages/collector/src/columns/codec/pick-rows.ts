/** Copies rows of a column by loops: `from` of a typed array with a callback takes ten times as long. */
import type { IntegerArray } from './integer-column.js';

/** The values that `rows` names, in its order. */
export function pickRows<Into extends IntegerArray>(
  into: Into,
  column: ArrayLike<number>,
  rows: ArrayLike<number>,
): Into {
  for (let index = 0; index < into.length; index += 1) into[index] = column[rows[index] ?? 0] ?? 0;
  return into;
}

/** Puts values to the rows that `rows` names. */
export function placeRows(into: IntegerArray, values: ArrayLike<number>, rows: ArrayLike<number>): void {
  for (let index = 0; index < rows.length; index += 1) into[rows[index] ?? 0] = values[index] ?? 0;
}

/** The rows whose code is one of those that `isWanted` has, ascending. */
export function listRows(codes: ArrayLike<number>, isWanted: ArrayLike<number>): Uint32Array {
  const rows = new Uint32Array(codes.length);
  let count = 0;
  for (let row = 0; row < codes.length; row += 1) {
    // Written whether it is wanted or not, so that the loop has no branch.
    rows[count] = row;
    count += isWanted[codes[row] ?? 0] === 1 ? 1 : 0;
  }
  return rows.slice(0, count);
}
