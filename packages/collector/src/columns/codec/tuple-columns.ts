/** Columns that depend on each other: a list of the combinations that there are, and which of them each row has. */
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { readIntegers, writeIntegers } from './integer-column.js';
import { readCodes } from './text-values.js';

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

/** @param values by column: those that its codes are of */
export function readTuples(
  reader: GroupReader,
  rows: number,
  values: readonly (readonly unknown[])[],
): Uint16Array[] {
  const count = reader.varint(rows);
  const columns = values.map((own) => readCodes(reader, count, own));
  const codes = readIntegers(reader, new Uint32Array(rows), count - 1);
  return columns.map((column) => {
    const picked = new Uint16Array(rows);
    for (let row = 0; row < rows; row += 1) picked[row] = column[codes[row] ?? 0] ?? 0;
    return picked;
  });
}
