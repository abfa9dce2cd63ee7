/** The chunks of a set, each with what of it a question is about. */
import type { Chunk } from '../columns/chunk.js';
import type { ChunkSet } from '../columns/chunk-source.js';
import { selectSample } from '../engine/sample.js';
import { type Restriction, type Selection, selectArrivals, selectEvents } from '../engine/selection.js';
import { SessionMarks } from '../engine/session-marks.js';
import { createTimeSlice } from '../time-slice.js';

/** Where conditions are about sessions, all chunks are gone through first. */
export async function createSelect(
  set: ChunkSet,
  restriction: Restriction,
): Promise<(chunk: Chunk) => Selection> {
  const slice = createTimeSlice();
  const isOfSessions = restriction.level === 'session' && restriction.conditions.length > 0;
  const marks = isOfSessions ? new SessionMarks(restriction) : undefined;
  if (marks) {
    for await (const chunk of set.chunks()) {
      marks.add(chunk);
      await slice();
    }
  }
  return (chunk) => {
    const arrived = { events: selectArrivals(chunk, restriction) };
    const selection = marks?.select(chunk) ?? selectEvents(chunk, restriction, arrived);
    return set.sample ? selectSample(chunk, selection, set.sample.bound) : selection;
  };
}

export async function* selectChunks(
  set: ChunkSet,
  restriction: Restriction,
): AsyncGenerator<{ chunk: Chunk; selection: Selection }> {
  const slice = createTimeSlice();
  const select = await createSelect(set, restriction);
  for await (const chunk of set.chunks()) {
    yield { chunk, selection: select(chunk) };
    await slice();
  }
}
