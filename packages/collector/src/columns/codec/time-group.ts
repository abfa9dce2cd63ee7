/** When events happened, and scroll depths: a batch is sent soon after its last event, and gaps lead from one event to the next. */
import { type Chunk, NO_SCROLL, type TimeColumns } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { readIntegers, writeIntegers } from './integer-column.js';
import { readKindIntegers, writeKindIntegers } from './kind-rows.js';
import { readNumbers, writeNumbers } from './number-column.js';
import { readRows, writeRows } from './row-list.js';

const MAX_GAP = 0xffffffff;
/** An event further from its arrival than this, in ms, has a time of its own: 35 years. */
const MAX_LAG_MS = 2 ** 40;
/** Whether times that are not as expected are differences; where those are not exact, they are what they are. */
const DIFFERENCES = 1;
const TIMES = 0;

/** What times are told from. */
type TimedChunk = Pick<Chunk, 'context' | 'event' | 'arrival'>;

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

export function readTimes(reader: GroupReader, chunk: TimedChunk): TimeColumns {
  const [context, arrival] = [chunk.context(), chunk.arrival()];
  const gap = readIntegers(reader, new Uint32Array(arrival.length), MAX_GAP);
  const lags = readNumbers(reader, context.count);
  const rows = readRows(reader, arrival.length);
  const isExact = reader.varint(DIFFERENCES) === DIFFERENCES;
  const others = readNumbers(reader, rows.length);
  const timestamp = new Float64Array(arrival.length);
  let other = 0;
  for (let index = 0; index < context.count; index += 1) {
    const [start = 0, end = 0] = [context.firstEvent[index], context.firstEvent[index + 1]];
    let expected = startOfFirstBatch(arrival, gap, start, end) - (lags[index] ?? 0);
    for (let row = start; row < end; row += 1) {
      if (row > start) expected += gap[row] ?? 0;
      if (rows[other] === row) {
        expected = (isExact ? expected : 0) + (others[other] ?? 0);
        other += 1;
      }
      timestamp[row] = expected;
    }
  }
  const scroll = readKindIntegers(
    reader,
    chunk.event(),
    new Uint8Array(arrival.length),
    NO_SCROLL,
    NO_SCROLL,
  );
  return { timestamp, gap, scroll };
}

/** When the first event of a context would have happened if its batch had arrived with its last event. */
function startOfFirstBatch(arrival: Float64Array, gap: Uint32Array, start: number, end: number): number {
  let time = arrival[start] ?? 0;
  for (let row = start + 1; row < end && arrival[row] === arrival[start]; row += 1) time -= gap[row] ?? 0;
  return time;
}
