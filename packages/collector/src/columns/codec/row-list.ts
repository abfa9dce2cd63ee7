/** A few rows of many, ascending: how far each is from the one before. */
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { findIntegers, writeIntegers } from './integer-column.js';
import { unreadable } from './unreadable-segment-error.js';

export function writeRows(writer: GroupWriter, rows: ArrayLike<number>): void {
  writer.varint(rows.length);
  const steps = new Uint32Array(rows.length);
  for (let index = 0; index < rows.length; index += 1)
    steps[index] = (rows[index] ?? 0) - (index === 0 ? 0 : (rows[index - 1] ?? 0) + 1);
  writeIntegers(writer, steps);
}

/** @param count that there are of all */
export const readRows = (reader: GroupReader, count: number): Uint32Array => findRows(reader, count)();

/** The same, decoded when they are asked for. */
export function findRows(reader: GroupReader, count: number): () => Uint32Array {
  const length = reader.varint(count);
  const steps = findIntegers(reader, length);
  return () => toRows(steps.decode(new Uint32Array(length), count), count);
}

function toRows(rows: Uint32Array, count: number): Uint32Array {
  let next = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = next + (rows[index] ?? 0);
    if (row >= count) throw unreadable(`there is no row ${row}`);
    rows[index] = row;
    next = row + 1;
  }
  return rows;
}
