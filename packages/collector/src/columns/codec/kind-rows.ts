/** Columns of which only events of some kinds have values, as clicks have targets: the rows of other kinds take no bytes. */
import type { EventColumns } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { findIntegers, writeIntegers } from './integer-column.js';
import { listRows, pickRows, placeRows } from './pick-rows.js';
import { readRows, writeRows } from './row-list.js';

type Kinds = Pick<EventColumns, 'kind' | 'kinds'>;

/** Writes which kinds have rows that `isSet`, and returns all rows of these kinds. */
export function writeKinds(
  writer: GroupWriter,
  { kind, kinds }: Kinds,
  isSet: (row: number) => boolean,
): Uint32Array {
  const has = new Uint8Array(kinds.length);
  for (let row = 0; row < kind.length; row += 1) if (isSet(row)) has[kind[row] ?? 0] = 1;
  writeRows(
    writer,
    [...has.keys()].filter((code) => has[code] === 1),
  );
  return listRows(kind, has);
}

/** All rows of the kinds that were written. */
export function readKinds(reader: GroupReader, { kind, kinds }: Kinds): Uint32Array {
  const has = new Uint8Array(kinds.length);
  for (const code of readRows(reader, kinds.length)) has[code] = 1;
  return listRows(kind, has);
}

/** A column of which only some kinds have other values than `none`. */
export function writeKindIntegers(
  writer: GroupWriter,
  event: Kinds,
  column: Uint8Array | Uint32Array,
  none: number,
): void {
  const rows = writeKinds(writer, event, (row) => column[row] !== none);
  writeIntegers(writer, pickRows(new Uint32Array(rows.length), column, rows));
}

/** Finds such a column, and goes on behind it. */
export function findKindIntegers(reader: GroupReader, event: Kinds) {
  const rows = readKinds(reader, event);
  const stored = findIntegers(reader, rows.length);
  return {
    decode<Rows extends Uint8Array | Uint32Array>(into: Rows, none: number, max: number): Rows {
      if (none !== 0) into.fill(none);
      placeRows(into, stored.decode(new Uint32Array(rows.length), max), rows);
      return into;
    },
  };
}

/** The places of rows, those of one kind after those of another; each list ascending, none empty. */
export function sortByKind({ kind, kinds }: Kinds, rows: Uint32Array): Uint32Array[] {
  const starts = new Uint32Array(kinds.length + 1);
  for (const row of rows) {
    const code = kind[row] ?? 0;
    starts[code + 1] = (starts[code + 1] ?? 0) + 1;
  }
  for (let code = 0; code < kinds.length; code += 1)
    starts[code + 1] = (starts[code + 1] ?? 0) + (starts[code] ?? 0);
  const sorted = new Uint32Array(rows.length);
  const next = starts.slice();
  for (let place = 0; place < rows.length; place += 1) {
    const code = kind[rows[place] ?? 0] ?? 0;
    sorted[next[code] ?? 0] = place;
    next[code] = (next[code] ?? 0) + 1;
  }
  const lists: Uint32Array[] = [];
  for (let code = 0; code < kinds.length; code += 1)
    if (starts[code] !== starts[code + 1]) lists.push(sorted.subarray(starts[code], starts[code + 1]));
  return lists;
}
