/** Properties, by key and within it by kind of event: values that are alike are next to each other. */
import { MAX_PROPERTY_KEYS } from '../../budgets.js';
import type { EventColumns, PropertyColumn } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { readIntegers, writeIntegers } from './integer-column.js';
import { sortByKind } from './kind-rows.js';
import { lazily, type OnDecoded } from './lazily.js';
import { findNumbers, writeNumbers } from './number-column.js';
import { pickRows, placeRows } from './pick-rows.js';
import { readShapes, writeShapes } from './property-shapes.js';
import { findValues, readValues, writeValues } from './text-values.js';
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
  const numbers = new Uint32Array(places.length);
  let count = 0;
  for (let index = 0; index < places.length; index += 1)
    if (codes[index] === 0) {
      numbers[count] = places[index] ?? 0;
      count += 1;
    }
  return numbers.subarray(0, count);
}

export function readProperties(
  reader: GroupReader,
  event: EventColumns,
  onDecoded: OnDecoded,
): Map<string, PropertyColumn> {
  const keys = readValues(reader).slice(1);
  if (keys.length > MAX_PROPERTY_KEYS) throw unreadable(`there are ${keys.length} keys of properties`);
  const rowsByKey = readShapes(reader, event, keys.length);
  const columns = new Map<string, PropertyColumn>();
  for (const [index, key] of keys.entries())
    columns.set(
      key,
      findColumn(reader, event, { key, rows: rowsByKey[index] ?? new Uint32Array(0) }, onDecoded),
    );
  if (columns.size < keys.length) throw unreadable('a key of properties is there twice');
  return columns;
}

function findColumn(
  reader: GroupReader,
  event: EventColumns,
  { key, rows }: Pick<PropertyColumn, 'key' | 'rows'>,
  onDecoded: OnDecoded,
): PropertyColumn {
  const values = findValues(reader);
  const codes = new Uint16Array(rows.length);
  const numbers = sortByKind(event, rows).map((places) => {
    const ofKind = readIntegers(reader, new Uint16Array(places.length), values.size - 1);
    placeRows(codes, ofKind, places);
    const ofNumbers = listNumbers(places, ofKind);
    return { ofNumbers, stored: findNumbers(reader, ofNumbers.length) };
  });
  return lazily<PropertyColumn>(
    {
      key: () => key,
      rows: () => rows,
      text: () => ({ codes, values: values.decode() }),
      number: () => {
        const number = new Float64Array(rows.length).fill(Number.NaN);
        for (const { ofNumbers, stored } of numbers) placeRows(number, stored.decode(), ofNumbers);
        return number;
      },
    },
    onDecoded,
  );
}
