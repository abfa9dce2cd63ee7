/** Buckets as points of a series, and what is not known of them as such. Pure. */
import type { SeriesPoint, StatsData, Totals } from '@liveinsight/schema';
import { type BucketedRollup, sumBuckets } from './bucketed-rollup.js';
import { toTotals, UNKNOWN_TOTALS } from './derived-metrics.js';
import type { TimeBucket } from './time-buckets.js';
import { isFullInterval, type TimeRange } from './time-range.js';

type Known = Pick<BucketedRollup, 'asOf' | 'knownFrom'>;

/** What a point says beside its numbers, and whether these are known. */
export interface PointFrame {
  isKnown: boolean;
  frame: { start: string; incomplete?: true };
}

export function pointFrame(
  range: TimeRange,
  { asOf, knownFrom = 0 }: Known,
  { start, end }: Pick<TimeBucket, 'start' | 'end'>,
): PointFrame {
  const isComplete = isFullInterval(range, start, end) && end <= asOf && knownFrom <= start;
  return {
    isKnown: knownFrom < end,
    frame: { start: instant(start), ...(isComplete ? {} : { incomplete: true }) },
  };
}

export const toSeries = (range: TimeRange, read: BucketedRollup): SeriesPoint[] =>
  read.buckets.map((bucket, index) => {
    const { isKnown, frame } = pointFrame(range, read, bucket);
    return { ...frame, ...toKnownTotals(read, isKnown, index) };
  });

type Read = Pick<BucketedRollup, 'buckets' | 'knownFrom' | 'asOf' | 'numbers'>;

/** The numbers of a bucket, or that they are not known. */
function toKnownTotals({ buckets, numbers }: Read, isKnown: boolean, index: number): Totals {
  const bucket = buckets[index];
  const goal = numbers?.goal;
  return isKnown && bucket ? toTotals(bucket, goal?.ofBucket(index)) : unknownTotals(goal !== undefined);
}

const sum = ({ buckets, numbers }: Read, isKnown: boolean): Totals =>
  isKnown ? toTotals(sumBuckets(buckets), numbers?.goal?.total) : unknownTotals(numbers?.goal !== undefined);

const unknownTotals = (ofGoal: boolean): Totals => ({
  ...UNKNOWN_TOTALS,
  ...(ofGoal ? { goal_value: null } : {}),
});

/** Of the part that is known. */
export const knownTotals = (read: BucketedRollup): Totals =>
  sum(read, (read.knownFrom ?? 0) < (read.buckets.at(-1)?.end ?? 0));

/** The compared period: a part of it is nothing to compare the whole with. */
export function toPrevious(read: Read, isIncomplete: boolean): NonNullable<StatsData['previous']> {
  const { buckets, knownFrom, asOf } = read;
  return {
    from: instant(buckets[0]?.start ?? 0),
    to: instant(buckets.at(-1)?.end ?? 0),
    ...knownSince(knownFrom),
    totals: sum(read, !isIncomplete),
    series: buckets.map((bucket, index) => {
      const isKnown = bucket.start < bucket.end && bucket.start >= (knownFrom ?? 0) && bucket.end <= asOf;
      return { start: instant(bucket.start), ...toKnownTotals(read, isKnown, index) };
    }),
  };
}

export const knownSince = (knownFrom: number | undefined): { known_from?: string } =>
  knownFrom === undefined ? {} : { known_from: instant(knownFrom) };

const instant = (ms: number): string => new Date(ms).toISOString();
