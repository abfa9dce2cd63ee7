/** Which keys of properties each event has: events of a kind mostly have the same ones, which are written once. */
import { MAX_CHUNK_PROPERTIES, MAX_EVENT_PROPERTIES } from '../../budgets.js';
import type { EventColumns } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { readIntegers, writeIntegers } from './integer-column.js';
import { readKinds, sortByKind, writeKinds } from './kind-rows.js';
import { placeRows } from './pick-rows.js';
import { unreadable } from './unreadable-segment-error.js';

/** @param rowsByKey ascending */
export function writeShapes(
  writer: GroupWriter,
  event: EventColumns,
  rowsByKey: readonly Uint32Array[],
): void {
  const shapes = toShapes(event.count, rowsByKey);
  writer.varint(shapes.keys.length);
  writeIntegers(
    writer,
    shapes.keys.map(({ length }) => length),
  );
  writeIntegers(writer, shapes.keys.flat());
  const rows = writeKinds(writer, event, (row) => shapes.codes[row] !== 0);
  for (const places of sortByKind(event, rows))
    writeIntegers(
      writer,
      places.map((place) => shapes.codes[rows[place] ?? 0] ?? 0),
    );
}

/** The rows of each key. */
export function readShapes(reader: GroupReader, event: EventColumns, keys: number): Uint32Array[] {
  const lengths = readIntegers(reader, new Uint8Array(reader.varint(event.count)), MAX_EVENT_PROPERTIES);
  const starts = [0];
  for (const length of lengths) starts.push((starts.at(-1) ?? 0) + length);
  const flat = readIntegers(reader, new Uint8Array(starts.at(-1) ?? 0), keys - 1);
  for (let shape = 1; shape < starts.length; shape += 1)
    for (let index = (starts[shape - 1] ?? 0) + 1; index < (starts[shape] ?? 0); index += 1)
      if ((flat[index] ?? 0) <= (flat[index - 1] ?? 0)) throw unreadable('an event has a property twice');
  const rows = readKinds(reader, event);
  /** By place in `rows`. */
  const shapes = new Uint32Array(rows.length);
  for (const places of sortByKind(event, rows))
    placeRows(shapes, readIntegers(reader, new Uint32Array(places.length), lengths.length), places);
  return listRows(rows, shapes, { starts, flat }, keys);
}

/** Shapes are numbered from 1 on, as they come; 0 stands for no properties. */
function toShapes(
  events: number,
  rowsByKey: readonly Uint32Array[],
): { codes: Uint32Array; keys: number[][] } {
  const { starts, flat } = listKeys(events, rowsByKey);
  const known = new Map<string, number>();
  const keys: number[][] = [];
  const codes = new Uint32Array(events);
  for (let row = 0; row < events; row += 1) {
    const own = flat.subarray(starts[row], starts[row + 1]);
    if (own.length === 0) continue;
    const name = String.fromCharCode(...own);
    let code = known.get(name);
    if (code === undefined) {
      keys.push([...own]);
      code = keys.length;
      known.set(name, code);
    }
    codes[row] = code;
  }
  return { codes, keys };
}

/** The keys of each event, ascending: those of one after those of the one before it. */
function listKeys(
  events: number,
  rowsByKey: readonly Uint32Array[],
): { starts: Uint32Array; flat: Uint8Array } {
  const starts = new Uint32Array(events + 1);
  for (const rows of rowsByKey) for (const row of rows) starts[row + 1] = (starts[row + 1] ?? 0) + 1;
  for (let row = 0; row < events; row += 1) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
  const flat = new Uint8Array(starts[events] ?? 0);
  const next = starts.slice();
  for (const [key, rows] of rowsByKey.entries()) {
    for (const row of rows) {
      flat[next[row] ?? 0] = key;
      next[row] = (next[row] ?? 0) + 1;
    }
  }
  return { starts, flat };
}

function listRows(
  events: Uint32Array,
  shapes: Uint32Array,
  { starts, flat }: { starts: number[]; flat: Uint8Array },
  keys: number,
): Uint32Array[] {
  /** How many events have each shape. */
  const uses = new Uint32Array(starts.length);
  for (let index = 0; index < shapes.length; index += 1) {
    const shape = shapes[index] ?? 0;
    uses[shape] = (uses[shape] ?? 0) + 1;
  }
  const counts = new Uint32Array(keys);
  let total = 0;
  for (let shape = 1; shape < starts.length; shape += 1) {
    const [start = 0, end = 0, times = 0] = [starts[shape - 1], starts[shape], uses[shape]];
    total += times * (end - start);
    for (let index = start; index < end; index += 1) {
      const key = flat[index] ?? 0;
      counts[key] = (counts[key] ?? 0) + times;
    }
  }
  if (total > MAX_CHUNK_PROPERTIES)
    throw unreadable(`there are more than ${MAX_CHUNK_PROPERTIES} properties`);
  const rowsByKey = Array.from(counts, (count) => new Uint32Array(count));
  const next = new Uint32Array(keys);
  for (let event = 0; event < shapes.length; event += 1) {
    const shape = shapes[event] ?? 0;
    if (shape === 0) continue;
    const end = starts[shape] ?? 0;
    for (let index = starts[shape - 1] ?? 0; index < end; index += 1) {
      const key = flat[index] ?? 0;
      const rows = rowsByKey[key];
      const place = next[key] ?? 0;
      if (rows) rows[place] = events[event] ?? 0;
      next[key] = place + 1;
    }
  }
  return rowsByKey;
}
