/** A stretch of time with its numbers, and how a stored state is added to those it belongs to. */

import type { Numbers } from '../engine/numbers.js';
import { emptyRollup, type Rollup } from '../rollup/aggregate.js';
import { mergeEncoded, type Selection } from '../rollup/rollup-codec.js';
import type { RollupSite } from '../rollup/rollup-context.js';
import type { RollupState } from '../storage/rollup-store.js';
import type { ReadContext } from '../tail/tails.js';
import { isTimeUnknown } from './row-facts.js';

export interface TimeBucket {
  start: number;
  end: number;
  rollup: Rollup;
  /** Whether a part of it has totals only: no visitors, no revenue, no values of dimensions. */
  additiveOnly: boolean;
  /** Whether they are of single events that pass: then nothing is known of what else their sessions did. */
  byEvent?: boolean;
  /** Whether these can be views without the time that was spent on them, or that without these. */
  isTimeUnknown?: boolean;
}

/**
 * Consecutive stretches with no numbers yet.
 *
 * @param bounds in order, in ms: one more than there are stretches
 * @param rowsOfEach whether each has rows and strips of its own; else all add to the same, which takes half as long
 */
export function createBuckets(bounds: number[], rowsOfEach: boolean): TimeBucket[] {
  const { rows, fiveMinuteTotals } = emptyRollup();
  return bounds.slice(1).map((end, index) => ({
    start: bounds[index] ?? end,
    end,
    rollup: rowsOfEach ? emptyRollup() : { ...emptyRollup(), rows, fiveMinuteTotals },
    additiveOnly: false,
  }));
}

/** Buckets of numbers from columns. */
export const toTimeBuckets = ({ buckets, plan }: Pick<Numbers, 'buckets' | 'plan'>): TimeBucket[] =>
  buckets.map((bucket) => ({
    ...bucket,
    additiveOnly: false,
    byEvent: plan.level === 'event',
    isTimeUnknown: isTimeUnknown(plan),
  }));

export interface BucketResult {
  buckets: TimeBucket[];
  /** Arrivals up to this time (ms) are in. */
  asOf: number;
  /** Batches of the tail that were aggregated: what is due to be rolled up. */
  tailBatches: number;
  /** Time (ms) before which some strips are the hours of the site's zone, though another's begin between them. */
  siteHoursBefore?: number;
  /** Starts (ms) of hours whose numbers cannot be read, and whose log is gone. */
  unreadableHours: Set<number>;
}

/** What all who read a part of the numbers know. */
export interface RollupQuery {
  context: ReadContext;
  site: RollupSite;
  selection: Selection;
  /** What is filled in. */
  result: BucketResult;
}

/** A run of time, in ms. */
export interface Span {
  from: number;
  to: number;
}

/** Adds a state; false where it cannot be read, as one that a newer version stored: then nothing is added. */
export function addState({ result, selection }: RollupQuery, state: RollupState): boolean {
  const bucket = findBucket(result, state.start);
  try {
    if (bucket) mergeEncoded(bucket.rollup, state, selection);
    return true;
  } catch {
    return false;
  }
}

/** The stretch that a time is in, by bisection. */
export function findBucket({ buckets }: Pick<BucketResult, 'buckets'>, time: number): TimeBucket | undefined {
  let [low, high] = [0, buckets.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const bucket = buckets[middle];
    if (!bucket) return undefined;
    if (time < bucket.start) high = middle - 1;
    else if (time >= bucket.end) low = middle + 1;
    else return bucket;
  }
  return undefined;
}
