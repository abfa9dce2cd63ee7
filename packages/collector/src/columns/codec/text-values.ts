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

export interface StoredValues {
  /** How many there are, with the first that stands for none. */
  size: number;
  decode(): string[];
}

/** Finds a dictionary, and goes on behind it. */
export function findValues(reader: GroupReader): StoredValues {
  const lengths = new Uint16Array(reader.varint(MAX_DICTIONARY_VALUES - 1));
  readIntegers(reader, lengths, MAX_VALUE_BYTES);
  let total = 0;
  for (const length of lengths) total += length;
  const bytes = reader.bytes(total);
  return { size: lengths.length + 1, decode: () => decodeValues(bytes, lengths) };
}

function decodeValues(bytes: Uint8Array, lengths: Uint16Array): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Plain letters are one byte each: the whole is a text of which all are parts, made in a fraction of the time.
  const text = buffer.toString();
  const isPlain = text.length === buffer.length;
  const values = [''];
  let start = 0;
  for (const length of lengths) {
    values.push(isPlain ? text.slice(start, start + length) : buffer.toString('utf8', start, start + length));
    start += length;
  }
  return values;
}

export const readValues = (reader: GroupReader): string[] => findValues(reader).decode();
