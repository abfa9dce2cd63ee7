/** Reads segments back by name. */
import { type Group, withNeeds } from '../columns/chunk.js';
import { openSegment, type SegmentChunk } from '../columns/codec/open-segment.js';
import type { RollupKey } from '../storage/rollup-store.js';
import type { SegmentRef, SegmentStore } from '../storage/segment-store.js';
import { listParts } from './write-segment.js';

/** A part that a state names is not there: the state is old, or the part is lost. */
export class MissingPartError extends Error {
  override name = 'MissingPartError';
}

export interface SegmentRead {
  chunk: SegmentChunk;
  readUnits: number;
}

export interface SegmentReadOptions {
  nowMs: number;
  /** Those that are wanted. Default: all that are still stored. */
  groups?: Iterable<Group>;
  consistent?: boolean;
  /** The segment as far as it was read before: the groups that it lacks are added to it. */
  known?: SegmentChunk | undefined;
}

export async function readSegment(
  store: SegmentStore,
  key: RollupKey,
  ref: SegmentRef,
  { nowMs, groups, consistent = false, known }: SegmentReadOptions,
): Promise<SegmentRead> {
  const wanted = groups && new Set<string>(['all', ...withNeeds(groups)]);
  const isStored = (group: string) =>
    (ref.groups[group]?.expires_at ?? Number.POSITIVE_INFINITY) * 1_000 > nowMs;
  const present: ReadonlySet<string> = known?.groups ?? new Set();
  // The part of all groups together has the one that it is known by.
  const isKnown = (group: string) => present.has(group === 'all' ? 'context' : group);
  const keys = listParts(ref, (group) => (wanted?.has(group) ?? true) && isStored(group) && !isKnown(group));
  const { parts, readUnits } = await store.segmentParts(key, keys, { consistent });
  const encoded = keys.map(({ group, index }, place) => {
    const bytes = parts[place];
    if (bytes) return { bytes };
    throw new MissingPartError(`part ${index} of ${group} of segment ${ref.id} is not there`);
  });
  if (!known) return { chunk: openSegment(encoded), readUnits };
  known.addParts(encoded);
  return { chunk: known, readUnits };
}
