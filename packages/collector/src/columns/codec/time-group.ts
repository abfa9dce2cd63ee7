/** When events happened, and scroll depths: a batch is sent soon after its last event, and gaps lead from one event to the next. */
import { type Chunk, NO_SCROLL, type TimeColumns } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { findIntegers, writeIntegers } from './integer-column.js';
import { findKindIntegers, writeKindIntegers } from './kind-rows.js';
import { lazily, type OnDecoded } from './lazily.js';
import { findNumbers, writeNumbers } from './number-column.js';
import { readRows, writeRows } from './row-list.js';

const MAX_GAP = 0xffffffff;
/** An event further from its arrival than this, in ms, has a time of its own: 35 years. */
const MAX_LAG_MS = 2 ** 40;
/** Whether times that are not as expected are differences; where those are not exact, they are what they are. */
const DIFFERENCES = 1;
const TIMES = 0;

/** What times are told from. */
type TimedChunk = Pick<Chunk, 'context' | 'event' | 'arrival' | 'events'>;

export function writeTimes(
  writer: GroupWriter,
  chunk: TimedChunk,
  { timestamp, gap, scroll }: TimeColumns,
): void {
  const [context, arrival] = [chunk.context(), chunk.arrival()];
  const lags = new Float64Array(context.count);
  const rows: number[] = [];
  const times: number[] = [];
  const differences: number[] = [];
  let isExact = true;
  for (let index = 0; index < context.count; index += 1) {
    const [start = 0, end = 0] = [context.firstEvent[index], context.firstEvent[index + 1]];
    const sent = startOfFirstBatch(arrival, gap, start, end);
    const lag = sent - (timestamp[start] ?? sent);
    if (start < end && Math.abs(lag) < MAX_LAG_MS) lags[index] = lag;
    let expected = sent - (lags[index] ?? 0);
    for (let row = start; row < end; row += 1) {
      if (row > start) expected += gap[row] ?? 0;
      const time = timestamp[row] ?? 0;
      if (time === expected) continue;
      rows.push(row);
      times.push(time);
      differences.push(time - expected);
      isExact &&= expected + (time - expected) === time;
      expected = time;
    }
  }
  writeIntegers(writer, gap);
  writeNumbers(writer, lags);
  writeRows(writer, rows);
  writer.varint(isExact ? DIFFERENCES : TIMES);
  writeNumbers(writer, Float64Array.from(isExact ? differences : times));
  writeKindIntegers(writer, chunk.event(), scroll, NO_SCROLL);
}

export function readTimes(reader: GroupReader, chunk: TimedChunk, onDecoded: OnDecoded): TimeColumns {
  const { events } = chunk;
  const gaps = findIntegers(reader, events);
  const lags = findNumbers(reader, chunk.context().count);
  const rows = readRows(reader, events);
  const isExact = reader.varint(DIFFERENCES) === DIFFERENCES;
  const others = findNumbers(reader, rows.length);
  const scrolls = findKindIntegers(reader, chunk.event());
  const columns: TimeColumns = lazily<TimeColumns>(
    {
      timestamp: () =>
        fillTimes(chunk, columns.gap, { lags: lags.decode(), rows, isExact, others: others.decode() }),
      gap: () => gaps.decode(new Uint32Array(events), MAX_GAP),
      scroll: () => scrolls.decode(new Uint8Array(events), NO_SCROLL, NO_SCROLL),
    },
    onDecoded,
  );
  return columns;
}

interface StoredTimes {
  /** By context: how long after its first event the first batch would have arrived. */
  lags: Float64Array;
  /** Events that did not happen as their gaps say. */
  rows: Uint32Array;
  isExact: boolean;
  others: Float64Array;
}

function fillTimes(
  chunk: TimedChunk,
  gap: Uint32Array,
  { lags, rows, isExact, others }: StoredTimes,
): Float64Array {
  const { count, firstEvent } = chunk.context();
  const arrival = chunk.arrival();
  const timestamp = new Float64Array(arrival.length);
  let other = 0;
  let next = rows[0] ?? -1;
  for (let index = 0; index < count; index += 1) {
    const start = firstEvent[index] ?? 0;
    const end = firstEvent[index + 1] ?? 0;
    let expected = startOfFirstBatch(arrival, gap, start, end) - (lags[index] ?? 0);
    for (let row = start; row < end; row += 1) {
      if (row > start) expected += gap[row] ?? 0;
      if (next === row) {
        expected = (isExact ? expected : 0) + (others[other] ?? 0);
        other += 1;
        next = rows[other] ?? -1;
      }
      timestamp[row] = expected;
    }
  }
  return timestamp;
}

/** When the first event of a context would have happened if its batch had arrived with its last event. */
function startOfFirstBatch(arrival: Float64Array, gap: Uint32Array, start: number, end: number): number {
  let time = arrival[start] ?? 0;
  for (let row = start + 1; row < end && arrival[row] === arrival[start]; row += 1) time -= gap[row] ?? 0;
  return time;
}
