/** Whole numbers from 0 to 2^53 − 1 as byte planes: as wide as the largest one, a byte where there are few different ones. */
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { unreadable } from './unreadable-segment-error.js';

/** All rows have one value. Forms 1 to 7 are as many planes. */
const CONSTANT = 0;
const MAX_WIDTH = 7;
/** A list of different values, and one plane that names them. */
const TABLE = 8;
const MAX_TABLE = 256;

export type IntegerList = ArrayLike<number>;
export type IntegerArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

export function writeIntegers(writer: GroupWriter, values: IntegerList): void {
  if (values.length === 0) return;
  const { min, max } = getRange(values);
  if (min === max) {
    writer.varint(CONSTANT);
    writer.varint(min);
    return;
  }
  const width = getWidth(max);
  const table = width > 1 ? listDistinct(values) : undefined;
  if (!table) {
    writer.varint(width);
    writer.planes(toPlanes(values, width));
    return;
  }
  writer.varint(TABLE);
  writer.varint(table.size);
  for (const value of table.keys()) writer.varint(value);
  const plane = new Uint8Array(values.length);
  for (let row = 0; row < plane.length; row += 1) plane[row] = table.get(values[row] ?? 0) ?? 0;
  writer.planes([plane]);
}

/** @param into as many rows as were written, of which none is more than `max` */
export function readIntegers<Rows extends IntegerArray>(reader: GroupReader, into: Rows, max: number): Rows {
  if (into.length === 0) return into;
  const form = reader.varint(TABLE);
  if (form === CONSTANT) {
    into.fill(reader.varint(max));
  } else if (form === TABLE) {
    const table = Array.from({ length: reader.varint(MAX_TABLE) }, () => reader.varint(max));
    const [plane] = reader.planes(1, into.length);
    for (let row = 0; row < into.length; row += 1) {
      const value = table[plane?.[row] ?? 0];
      if (value === undefined) throw unreadable('a value is not in its table');
      into[row] = value;
    }
  } else {
    fromPlanes(reader.planes(form, into.length), into, max);
  }
  return into;
}

function getRange(values: IntegerList): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, 0];
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? 0;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

function getWidth(max: number): number {
  let width = 1;
  while (width < MAX_WIDTH && max >= 256 ** width) width += 1;
  return width;
}

/** Undefined where they are more than a byte can name. */
function listDistinct(values: IntegerList): Map<number, number> | undefined {
  const distinct = new Map<number, number>();
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? 0;
    if (distinct.has(value)) continue;
    if (distinct.size === MAX_TABLE) return undefined;
    distinct.set(value, distinct.size);
  }
  // A table costs more than a plane where rows are few.
  return distinct.size * 4 < values.length ? distinct : undefined;
}

function toPlanes(values: IntegerList, width: number): Uint8Array[] {
  return Array.from({ length: width }, (_, index) => {
    const plane = new Uint8Array(values.length);
    // Bits beyond the lowest 32 can't be shifted.
    const factor = 256 ** index;
    if (index < 4 && width <= 4)
      for (let row = 0; row < plane.length; row += 1) plane[row] = (values[row] ?? 0) >>> (8 * index);
    else
      for (let row = 0; row < plane.length; row += 1)
        plane[row] = Math.floor((values[row] ?? 0) / factor) % 256;
    return plane;
  });
}

function fromPlanes(planes: Uint8Array[], into: IntegerArray, max: number): void {
  let highest = 0;
  const [a = NO_BYTES, b = NO_BYTES, c = NO_BYTES, d = NO_BYTES] = planes;
  for (let row = 0; row < into.length; row += 1) {
    let value = a[row] ?? 0;
    if (planes.length > 1) value |= (b[row] ?? 0) << 8;
    if (planes.length > 2) value |= (c[row] ?? 0) << 16;
    if (planes.length > 3) value = (value | ((d[row] ?? 0) << 24)) >>> 0;
    for (let index = 4; index < planes.length; index += 1)
      value += (planes[index]?.[row] ?? 0) * 256 ** index;
    if (value > highest) highest = value;
    into[row] = value;
  }
  if (highest > max) throw unreadable(`${highest} is more than ${max}`);
}

const NO_BYTES = new Uint8Array(0);
