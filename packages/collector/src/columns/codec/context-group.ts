/** Contexts: visitors, dimensions, and how many events each has. */
import type { SessionDimension } from '../../events/dimensions.js';
import type { ContextColumns, TextColumn } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { findHashes, writeHashes } from './hash-column.js';
import { findIntegers, readIntegers, writeIntegers } from './integer-column.js';
import { lazily, type OnDecoded } from './lazily.js';
import { readRows, writeRows } from './row-list.js';
import { findValues, writeValues } from './text-values.js';
import { findTuples, writeTuples } from './tuple-columns.js';
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
  ['bot', 'bot_operator', 'bot_category', 'bot_reason'],
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
export function readContexts(reader: GroupReader, events: number, onDecoded: OnDecoded): ContextColumns {
  const count = reader.varint(events);
  const { session, sessions } = readSessions(reader, count);
  const visitor = findHashes(reader, count);
  const find = (tuple: readonly SessionDimension[]) => findTuple(reader, tuple, count);
  const first = TUPLES.map(find);
  const firstEvent = readFirstEvents(reader, count, events);
  const duration = findIntegers(reader, count);
  const later = LATER_TUPLES.map((tuple) => (reader.isAtEnd ? withoutValues(tuple, count) : find(tuple)));
  const make: Dimensions = Object.assign({}, ...first, ...later);
  return lazily<ContextColumns>(
    {
      count: () => count,
      session: () => session,
      sessions: () => sessions,
      visitor: () => visitor.decode(),
      dimensions: () => lazily(make, onDecoded),
      firstEvent: () => firstEvent,
      duration: () => duration.decode(new Float64Array(count), Number.MAX_SAFE_INTEGER),
    },
    onDecoded,
  );
}

/** Each decodes one. */
type Dimensions = Record<SessionDimension, () => TextColumn>;

function findTuple(
  reader: GroupReader,
  tuple: readonly SessionDimension[],
  count: number,
): Partial<Dimensions> {
  const values = tuple.map(() => findValues(reader));
  const codes = findTuples(
    reader,
    count,
    values.map(({ size }) => size),
  );
  return Object.fromEntries(
    tuple.map((dimension, index) => [
      dimension,
      () => ({
        codes: codes[index]?.() ?? new Uint16Array(count),
        values: values[index]?.decode() ?? [''],
      }),
    ]),
  );
}

const withoutValues = (tuple: readonly SessionDimension[], count: number): Partial<Dimensions> =>
  Object.fromEntries(
    tuple.map((dimension) => [dimension, () => ({ codes: new Uint16Array(count), values: [''] })]),
  );

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
