/** Columns that depend on each other: a list of the combinations that there are, and which of them each row has. */
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { findIntegers, readIntegers, writeIntegers } from './integer-column.js';
import { once } from './lazily.js';
import { pickRows } from './pick-rows.js';

export function writeTuples(writer: GroupWriter, columns: readonly Uint16Array[]): void {
  const rows = columns[0]?.length ?? 0;
  const tuples = new Map<string, number>();
  const firstRows: number[] = [];
  const codes = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const key = columns.map((column) => String.fromCharCode(column[row] ?? 0)).join('');
    let code = tuples.get(key);
    if (code === undefined) {
      code = tuples.size;
      tuples.set(key, code);
      firstRows.push(row);
    }
    codes[row] = code;
  }
  writer.varint(tuples.size);
  for (const column of columns)
    writeIntegers(
      writer,
      firstRows.map((row) => column[row] ?? 0),
    );
  writeIntegers(writer, codes);
}

/**
 * Finds the columns, and goes on behind them.
 *
 * @param sizes by column: how many values its codes are of
 * @returns by column: decodes its codes
 */
export function findTuples(
  reader: GroupReader,
  rows: number,
  sizes: readonly number[],
): (() => Uint16Array)[] {
  const count = reader.varint(rows);
  const columns = sizes.map((size) => readIntegers(reader, new Uint16Array(count), size - 1));
  const stored = findIntegers(reader, rows);
  const codes = once(() =>
    stored.decode(count <= 0x10000 ? new Uint16Array(rows) : new Uint32Array(rows), count - 1),
  );
  return columns.map((column) => () => pickRows(new Uint16Array(rows), column, codes()));
}
