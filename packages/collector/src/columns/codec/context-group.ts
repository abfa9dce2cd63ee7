/** Contexts: visitors, dimensions, and how many events each has. */
import type { SessionDimension } from '../../events/dimensions.js';
import type { ContextColumns, TextColumn } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { readHashes, writeHashes } from './hash-column.js';
import { readIntegers, writeIntegers } from './integer-column.js';
import { readRows, writeRows } from './row-list.js';
import { readValues, writeValues } from './text-values.js';
import { readTuples, writeTuples } from './tuple-columns.js';
import { unreadable } from './unreadable-segment-error.js';

/** Dimensions that go together: what one says, the others mostly follow from. The order is part of the layout. */
const TUPLES: readonly (readonly SessionDimension[])[] = [
  ['entry_page'],
  ['source', 'referrer', 'channel', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'],
  ['country', 'region', 'language'],
  ['device', 'browser', 'os', 'screen'],
];

/** Dimensions that were added later. A group of an older segment ends before one of them: its values are not known. New ones go to the end. */
const LATER_TUPLES: readonly (readonly SessionDimension[])[] = [
  ['city'],
  ['click_id'],
  ['release'],
  ['visitor_type'],
];

export function writeContexts(writer: GroupWriter, context: ContextColumns): void {
  const { count, session, visitor, dimensions, firstEvent, duration } = context;
  writer.varint(count);
  writeRows(writer, goesOn(session));
  writeHashes(writer, visitor, true);
  for (const tuple of TUPLES) writeTuple(writer, tuple, dimensions);
  writeIntegers(
    writer,
    firstEvent.subarray(1).map((end, index) => end - (firstEvent[index] ?? 0)),
  );
  writeIntegers(writer, duration);
  for (const tuple of LATER_TUPLES) writeTuple(writer, tuple, dimensions);
}

function writeTuple(
  writer: GroupWriter,
  tuple: readonly SessionDimension[],
  dimensions: ContextColumns['dimensions'],
): void {
  for (const dimension of tuple) writeValues(writer, dimensions[dimension].values);
  writeTuples(
    writer,
    tuple.map((dimension) => dimensions[dimension].codes),
  );
}

/** Contexts of the same session as the one before. */
const goesOn = (session: Uint32Array): number[] =>
  [...session.keys()].filter((row) => row > 0 && session[row] === session[row - 1]);

/** @param events that all contexts have together */
export function readContexts(reader: GroupReader, events: number): ContextColumns {
  const count = reader.varint(events);
  const { session, sessions } = readSessions(reader, count);
  const visitor = readHashes(reader, count);
  const dimensions = {} as Record<SessionDimension, TextColumn>;
  for (const tuple of TUPLES) Object.assign(dimensions, readTuple(reader, tuple, count));
  const firstEvent = readFirstEvents(reader, count, events);
  const duration = readIntegers(reader, new Float64Array(count), Number.MAX_SAFE_INTEGER);
  for (const tuple of LATER_TUPLES)
    Object.assign(dimensions, reader.isAtEnd ? withoutValues(tuple, count) : readTuple(reader, tuple, count));
  return { count, session, sessions, visitor, dimensions, firstEvent, duration };
}

type Dimensions = Partial<Record<SessionDimension, TextColumn>>;

function readTuple(reader: GroupReader, tuple: readonly SessionDimension[], count: number): Dimensions {
  const values = tuple.map(() => readValues(reader));
  const codes = readTuples(reader, count, values);
  const read: Dimensions = {};
  for (const [index, dimension] of tuple.entries())
    read[dimension] = { codes: codes[index] ?? new Uint16Array(count), values: values[index] ?? [''] };
  return read;
}

const withoutValues = (tuple: readonly SessionDimension[], count: number): Dimensions =>
  Object.fromEntries(tuple.map((dimension) => [dimension, { codes: new Uint16Array(count), values: [''] }]));

function readSessions(reader: GroupReader, count: number): { session: Uint32Array; sessions: number } {
  const session = new Uint32Array(count).fill(1);
  for (const row of readRows(reader, count)) {
    if (row === 0) throw unreadable('no context comes before the first');
    session[row] = 0;
  }
  let sessions = 0;
  for (let row = 0; row < count; row += 1) {
    sessions += session[row] ?? 0;
    session[row] = sessions - 1;
  }
  return { session, sessions };
}

function readFirstEvents(reader: GroupReader, count: number, events: number): Uint32Array {
  const firstEvent = new Uint32Array(count + 1);
  readIntegers(reader, firstEvent.subarray(1), events);
  let end = 0;
  for (let row = 1; row <= count; row += 1) {
    end += firstEvent[row] ?? 0;
    if (end > events) break;
    firstEvent[row] = end;
  }
  if (end !== events) throw unreadable(`contexts have other than ${events} events`);
  return firstEvent;
}
