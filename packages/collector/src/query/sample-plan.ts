/** How many visitors a question looks at whose segments are more than it may read. Pure. */
import { MAX_SLICES } from '../budgets.js';
import { firstKey } from '../columns/slice-chunk.js';
import type { SegmentRef } from '../storage/segment-store.js';

/** Visitors whose sampling key is lower: the same ones of each day, shard and of the log. */
export interface SampleBound {
  bound: number;
}

export const getShare = ({ bound }: SampleBound): number => bound / MAX_SLICES;

/** Whether a segment may have events of visitors below the bound. */
export const isWithinBound = ({ slice }: SegmentRef, bound: number): boolean =>
  slice === undefined || firstKey(slice) < bound;

/**
 * The largest bound whose segments are at most so many bytes; undefined where there is none, as where days are not stored
 * in slices.
 */
export function findBound(
  segments: readonly { ref: SegmentRef; bytes: number }[],
  maxBytes: number,
): SampleBound | undefined {
  const bytesBelow = (bound: number) =>
    segments.reduce((sum, { ref, bytes }) => sum + (isWithinBound(ref, bound) ? bytes : 0), 0);
  for (let bound = MAX_SLICES - 1; bound > 0; bound -= 1) if (bytesBelow(bound) <= maxBytes) return { bound };
  return undefined;
}
