/** When events arrived: events of one batch, next to each other in a context, make a run. */
import type { ContextColumns } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { readIntegers, writeIntegers } from './integer-column.js';
import { readNumbers, writeNumbers } from './number-column.js';
import { unreadable } from './unreadable-segment-error.js';

/** Runs of one arrival, none of which is of two contexts. */
export function writeArrivals(
  writer: GroupWriter,
  { count, firstEvent }: ContextColumns,
  arrival: Float64Array,
  from: number,
): void {
  const lengths: number[] = [];
  const [firsts, steps]: number[][] = [[], []];
  for (let context = 0; context < count; context += 1) {
    const start = firstEvent[context] ?? 0;
    const end = firstEvent[context + 1] ?? 0;
    for (let row = start; row < end; row += 1) {
      const [at = 0, before = 0] = [arrival[row], arrival[row - 1]];
      if (row > start && at === before) lengths[lengths.length - 1] = (lengths[lengths.length - 1] ?? 0) + 1;
      else {
        lengths.push(1);
        if (row === start) firsts?.push(at - from);
        else steps?.push(at - before);
      }
    }
  }
  writer.varint(lengths.length);
  writeIntegers(writer, lengths);
  writeNumbers(writer, Float64Array.from(firsts ?? []));
  writeNumbers(writer, Float64Array.from(steps ?? []));
}

export function readArrivals(
  reader: GroupReader,
  { count, firstEvent }: ContextColumns,
  events: number,
  from: number,
): Float64Array {
  const runs = reader.varint(events);
  const lengths = readIntegers(reader, new Uint32Array(runs), events);
  let contexts = 0;
  for (let context = 0; context < count; context += 1)
    if (firstEvent[context + 1] !== firstEvent[context]) contexts += 1;
  if (runs < contexts) throw unreadable('a context has no arrival');
  const firsts = readNumbers(reader, contexts);
  const steps = readNumbers(reader, runs - contexts);
  const arrival = new Float64Array(events);
  let [run, first, step] = [0, 0, 0];
  for (let context = 0; context < count; context += 1) {
    const end = firstEvent[context + 1] ?? 0;
    let at = from + (firsts[first] ?? 0);
    let row = firstEvent[context] ?? 0;
    if (row < end) first += 1;
    while (row < end) {
      const length = lengths[run] ?? 0;
      run += 1;
      if (length === 0 || row + length > end) throw unreadable('arrivals are not those of the contexts');
      arrival.fill(at, row, row + length);
      row += length;
      if (row < end) {
        at += steps[step] ?? 0;
        step += 1;
      }
    }
  }
  if (run !== runs) throw unreadable('arrivals are not those of the contexts');
  return arrival;
}
