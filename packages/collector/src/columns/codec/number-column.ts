/** Numbers of any kind, bit by bit: as whole multiples of a power of ten where they are, else as they are in memory. */
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { findIntegers, writeIntegers } from './integer-column.js';
import { unreadable } from './unreadable-segment-error.js';

/** Powers of ten that are tried, largest unit first: of money in micro-units, of metrics, and of percent. */
const POWERS = [6, 4, 3, 2, 1, 0, -1, -2, -3, -4] as const;
const AS_IN_MEMORY = POWERS.length;
const BYTES = 8;
/** Zigzag takes a bit. */
const MAX_MAGNITUDE = 2 ** 52;

export function writeNumbers(writer: GroupWriter, values: Float64Array): void {
  if (values.length === 0) return;
  const form = POWERS.findIndex((power) => values.every((value) => isMultiple(value, power)));
  if (form === -1) {
    writer.varint(AS_IN_MEMORY);
    writer.planes(toPlanes(values));
    return;
  }
  writer.varint(form);
  const power = POWERS[form] ?? 0;
  writeIntegers(
    writer,
    values.map((value) => zigzag(scale(value, power))),
  );
}

export interface StoredNumbers {
  decode(): Float64Array;
}

/** Finds as many rows as were written, and goes on behind them. */
export function findNumbers(reader: GroupReader, rows: number): StoredNumbers {
  if (rows === 0) return { decode: () => new Float64Array(0) };
  const form = reader.varint(AS_IN_MEMORY);
  if (form === AS_IN_MEMORY) {
    const planes = reader.planes(BYTES, rows);
    return { decode: () => fromPlanes(planes, new Float64Array(rows)) };
  }
  const power = POWERS[form];
  if (power === undefined) throw unreadable(`there is no form ${form} of numbers`);
  const integers = findIntegers(reader, rows);
  return {
    decode() {
      const values = integers.decode(new Float64Array(rows), Number.MAX_SAFE_INTEGER);
      for (let row = 0; row < rows; row += 1) values[row] = unscale(unzigzag(values[row] ?? 0), power);
      return values;
    },
  };
}

export const readNumbers = (reader: GroupReader, rows: number): Float64Array =>
  findNumbers(reader, rows).decode();

/** Signed whole numbers as unsigned ones, near to 0 as small: 0, −1, 1, −2. */
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

/** Dividing by a power of ten is exact to the last bit, multiplying by its inverse is not. */
const scale = (value: number, power: number): number =>
  Math.round(power < 0 ? value * 10 ** -power : value / 10 ** power);
const unscale = (value: number, power: number): number =>
  power < 0 ? value / 10 ** -power : value * 10 ** power;

function isMultiple(value: number, power: number): boolean {
  const scaled = scale(value, power);
  // A whole number has no -0.
  return Math.abs(scaled) < MAX_MAGNITUDE && Object.is(unscale(scaled, power) + 0, value);
}

function toPlanes(values: Float64Array): Uint8Array[] {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return Array.from({ length: BYTES }, (_, index) => {
    const plane = new Uint8Array(values.length);
    for (let row = 0; row < plane.length; row += 1) plane[row] = bytes[row * BYTES + index] ?? 0;
    return plane;
  });
}

function fromPlanes(planes: Uint8Array[], into: Float64Array): Float64Array {
  const bytes = new Uint8Array(into.buffer);
  for (const [index, plane] of planes.entries())
    for (let row = 0; row < plane.length; row += 1) bytes[row * BYTES + index] = plane[row] ?? 0;
  return into;
}
