/** Reads segments back by name. */
import { type Chunk, type Group, withNeeds } from '../columns/chunk.js';
import { openSegment } from '../columns/codec/open-segment.js';
import type { RollupKey } from '../storage/rollup-store.js';
import type { SegmentRef, SegmentStore } from '../storage/segment-store.js';
import { listParts } from './write-segment.js';

/** A part that a state names is not there: the state is old, or the part is lost. */
export class MissingPartError extends Error {
  override name = 'MissingPartError';
}

export interface SegmentRead {
  chunk: Chunk;
  readUnits: number;
}

/** @param groups those that are wanted. Default: all that are still stored */
export async function readSegment(
  store: SegmentStore,
  key: RollupKey,
  ref: SegmentRef,
  { nowMs, groups, consistent }: { nowMs: number; groups?: Iterable<Group>; consistent?: boolean },
): Promise<SegmentRead> {
  const wanted = groups && new Set<string>(['all', ...withNeeds(groups)]);
  const isStored = (group: string) =>
    (ref.groups[group]?.expires_at ?? Number.POSITIVE_INFINITY) * 1_000 > nowMs;
  const keys = listParts(ref, (group) => (wanted?.has(group) ?? true) && isStored(group));
  const { parts, readUnits } = await store.segmentParts(key, keys, { consistent: consistent ?? false });
  const encoded = keys.map(({ group, index }, place) => {
    const bytes = parts[place];
    if (bytes) return { bytes };
    throw new MissingPartError(`part ${index} of ${group} of segment ${ref.id} is not there`);
  });
  return { chunk: openSegment(encoded), readUnits };
}
