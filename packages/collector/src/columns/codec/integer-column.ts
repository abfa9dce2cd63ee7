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

/** Rows that were found among the bytes, and are decoded when they are wanted. */
export interface StoredIntegers {
  /** @param into as many rows as were written, of which none is more than `max` */
  decode<Rows extends IntegerArray>(into: Rows, max: number): Rows;
}

/** Finds as many rows as were written, and goes on behind them. */
export function findIntegers(reader: GroupReader, rows: number): StoredIntegers {
  if (rows === 0) return { decode: (into) => into };
  const form = reader.varint(TABLE);
  if (form === CONSTANT) {
    const value = reader.varint();
    return { decode: (into, max) => into.fill(checkMax(value, max)) as typeof into };
  }
  if (form !== TABLE) {
    const planes = reader.planes(form, rows);
    return { decode: (into, max) => joinPlanes(planes, into, max) };
  }
  const table = Array.from({ length: reader.varint(MAX_TABLE) }, () => reader.varint());
  const [plane = NO_BYTES] = reader.planes(1, rows);
  return { decode: (into, max) => lookUp(table, plane, into, max) };
}

/** @param into as many rows as were written, of which none is more than `max` */
export const readIntegers = <Rows extends IntegerArray>(reader: GroupReader, into: Rows, max: number): Rows =>
  findIntegers(reader, into.length).decode(into, max);

function checkMax(value: number, max: number): number {
  if (value > max) throw unreadable(`${value} is more than ${max}`);
  return value;
}

function lookUp<Rows extends IntegerArray>(
  table: readonly number[],
  plane: Uint8Array,
  into: Rows,
  max: number,
): Rows {
  const values = new Float64Array(MAX_TABLE);
  for (const [code, value] of table.entries()) values[code] = checkMax(value, max);
  let highest = 0;
  for (let row = 0; row < into.length; row += 1) {
    const code = plane[row] ?? 0;
    if (code > highest) highest = code;
    into[row] = values[code] ?? 0;
  }
  if (highest >= table.length) throw unreadable('a value is not in its table');
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

/** A loop for each width: one for all takes three times as long. */
function joinPlanes<Rows extends IntegerArray>(planes: Uint8Array[], into: Rows, max: number): Rows {
  const [a = NO_BYTES, b = NO_BYTES, c = NO_BYTES] = planes;
  const rows = into.length;
  // What does not fit must not be cut to what does.
  if (planes.length > into.BYTES_PER_ELEMENT || planes.length > 3) joinWide(planes, into, max);
  else if (planes.length === 1) into.set(a);
  else if (planes.length === 2)
    for (let row = 0; row < rows; row += 1) into[row] = (a[row] ?? 0) | ((b[row] ?? 0) << 8);
  else
    for (let row = 0; row < rows; row += 1)
      into[row] = (a[row] ?? 0) | ((b[row] ?? 0) << 8) | ((c[row] ?? 0) << 16);
  if (planes.length < 4 && max < 256 ** planes.length - 1)
    for (let row = 0; row < rows; row += 1) if ((into[row] ?? 0) > max) checkMax(into[row] ?? 0, max);
  return into;
}

function joinWide(planes: Uint8Array[], into: IntegerArray, max: number): void {
  const [a = NO_BYTES, b = NO_BYTES, c = NO_BYTES, d = NO_BYTES] = planes;
  let highest = 0;
  for (let row = 0; row < into.length; row += 1) {
    let value = ((a[row] ?? 0) | ((b[row] ?? 0) << 8) | ((c[row] ?? 0) << 16) | ((d[row] ?? 0) << 24)) >>> 0;
    for (let index = 4; index < planes.length; index += 1)
      value += (planes[index]?.[row] ?? 0) * 256 ** index;
    if (value > highest) highest = value;
    into[row] = value;
  }
  checkMax(highest, max);
}

const NO_BYTES = new Uint8Array(0);
