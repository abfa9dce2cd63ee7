/**
 * Slices of a chunk by visitor, so that a question about very many events can read some visitors whole instead of some days.
 * A session is in the slice of the visitor of its first context: it is never cut. Pure.
 */
import { MAX_SLICES, SLICE_EVENTS } from '../budgets.js';
import type { Chunk, ContextColumns } from './chunk.js';
import { withoutEvents } from './derive-chunk.js';

/** One of a power of two, at most `MAX_SLICES`. */
export interface Slice {
  index: number;
  of: number;
}

/**
 * The sampling key of each context, from 0 to `MAX_SLICES` − 1, by the visitor of its session's first context: the lowest bits of the hash,
 * which neither the sketches of visitors nor the order of chunks depend on.
 */
export function listSampleKeys({ count, session, visitor }: ContextColumns): Uint8Array {
  const keys = new Uint8Array(count);
  for (let context = 0; context < count; context += 1) {
    const goesOn = context > 0 && session[context] === session[context - 1];
    keys[context] = goesOn ? (keys[context - 1] ?? 0) : (visitor.low[context] ?? 0) % MAX_SLICES;
  }
  return keys;
}

/** The keys of a slice begin with this one, and are this many. */
export const firstKey = ({ index, of }: Slice): number => index * (MAX_SLICES / of);

/** @param sliceEvents that a slice has at most, about */
export function countSlices(events: number, sliceEvents = SLICE_EVENTS): number {
  let of = 1;
  while (of < MAX_SLICES && events / of > sliceEvents) of *= 2;
  return of;
}

/** The slices that have events, one after the other. */
export function* sliceChunk(chunk: Chunk, of: number): Generator<{ chunk: Chunk; slice: Slice }> {
  const keys = listSampleKeys(chunk.context());
  const width = MAX_SLICES / of;
  for (let index = 0; index < of; index += 1) {
    const isIn = (context: number) => Math.floor((keys[context] ?? 0) / width) === index;
    const slice = withoutEvents(chunk, (_, context) =>
      isIn(context) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
    );
    // What was left out of the chunk is noted once.
    const notes = index === 0 ? {} : { botEvents: 0, over: new Map<string, number>() };
    if (slice.events > 0) yield { chunk: { ...slice, ...notes }, slice: { index, of } };
  }
}
