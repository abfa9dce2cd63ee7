/** Properties, by key and within it by kind of event: values that are alike are next to each other. */
import { MAX_PROPERTY_KEYS } from '../../budgets.js';
import type { EventColumns, PropertyColumn } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { writeIntegers } from './integer-column.js';
import { sortByKind } from './kind-rows.js';
import { readNumbers, writeNumbers } from './number-column.js';
import { pickRows, placeRows } from './pick-rows.js';
import { readShapes, writeShapes } from './property-shapes.js';
import { readCodes, readValues, writeValues } from './text-values.js';
import { unreadable } from './unreadable-segment-error.js';

export function writeProperties(
  writer: GroupWriter,
  event: EventColumns,
  property: ReadonlyMap<string, PropertyColumn>,
): void {
  const columns = [...property.values()];
  writeValues(writer, ['', ...columns.map(({ key }) => key)]);
  writeShapes(
    writer,
    event,
    columns.map(({ rows }) => rows),
  );
  for (const { rows, text, number } of columns) {
    writeValues(writer, text.values);
    for (const places of sortByKind(event, rows)) {
      const codes = pickRows(new Uint16Array(places.length), text.codes, places);
      writeIntegers(writer, codes);
      const ofNumbers = listNumbers(places, codes);
      writeNumbers(writer, pickRows(new Float64Array(ofNumbers.length), number, ofNumbers));
    }
  }
}

/** The places whose value is no text. */
function listNumbers(places: Uint32Array, codes: Uint16Array): Uint32Array {
  return places.filter((_, index) => codes[index] === 0);
}

export function readProperties(reader: GroupReader, event: EventColumns): Map<string, PropertyColumn> {
  const keys = readValues(reader).slice(1);
  if (keys.length > MAX_PROPERTY_KEYS) throw unreadable(`there are ${keys.length} keys of properties`);
  const rowsByKey = readShapes(reader, event, keys.length);
  const columns = new Map<string, PropertyColumn>();
  for (const [index, key] of keys.entries()) {
    const rows = rowsByKey[index] ?? new Uint32Array(0);
    const values = readValues(reader);
    const column: PropertyColumn = {
      key,
      rows,
      text: { codes: new Uint16Array(rows.length), values },
      number: new Float64Array(rows.length).fill(Number.NaN),
    };
    for (const places of sortByKind(event, rows)) readOfKind(reader, column, places);
    columns.set(key, column);
  }
  if (columns.size < keys.length) throw unreadable('a key of properties is there twice');
  return columns;
}

/** @param places of the rows of one kind */
function readOfKind(reader: GroupReader, { text, number }: PropertyColumn, places: Uint32Array): void {
  const codes = readCodes(reader, places.length, text.values);
  const ofNumbers = listNumbers(places, codes);
  placeRows(text.codes, codes, places);
  placeRows(number, readNumbers(reader, ofNumbers.length), ofNumbers);
}
