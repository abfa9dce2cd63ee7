/** The values of a dictionary: their lengths in bytes, then all in UTF-8. */
import { MAX_DICTIONARY_VALUES } from '../../budgets.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { readIntegers, writeIntegers } from './integer-column.js';

/** More than any value has that a chunk is built with. */
const MAX_VALUE_BYTES = 0xffff;

/** @param values the first stands for none, and is not written */
export function writeValues(writer: GroupWriter, values: readonly string[]): void {
  const encoded = values.slice(1).map((value) => Buffer.from(value));
  writer.varint(encoded.length);
  writeIntegers(
    writer,
    encoded.map(({ length }) => length),
  );
  for (const bytes of encoded) writer.bytes(bytes);
}

export function readValues(reader: GroupReader): string[] {
  const lengths = new Uint16Array(reader.varint(MAX_DICTIONARY_VALUES - 1));
  readIntegers(reader, lengths, MAX_VALUE_BYTES);
  const values = [''];
  for (const length of lengths) values.push(Buffer.from(reader.bytes(length)).toString());
  return values;
}

/** Codes that are all of a value. */
export const readCodes = (reader: GroupReader, rows: number, values: readonly unknown[]): Uint16Array =>
  readIntegers(reader, new Uint16Array(rows), values.length - 1);
