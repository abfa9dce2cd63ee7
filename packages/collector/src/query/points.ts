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

export const toSeries = (range: TimeRange, { buckets, ...known }: BucketedRollup): SeriesPoint[] =>
  buckets.map((bucket) => {
    const { isKnown, frame } = pointFrame(range, known, bucket);
    return { ...frame, ...(isKnown ? toTotals(bucket) : UNKNOWN_TOTALS) };
  });

/** Of the part that is known. */
export function knownTotals({ buckets, knownFrom = 0 }: BucketedRollup): Totals {
  return knownFrom < (buckets.at(-1)?.end ?? 0) ? toTotals(sumBuckets(buckets)) : UNKNOWN_TOTALS;
}

/** The compared period: a part of it is nothing to compare the whole with. */
export function toPrevious(
  { buckets, knownFrom, asOf }: Pick<BucketedRollup, 'buckets' | 'knownFrom' | 'asOf'>,
  isIncomplete: boolean,
): NonNullable<StatsData['previous']> {
  return {
    from: instant(buckets[0]?.start ?? 0),
    to: instant(buckets.at(-1)?.end ?? 0),
    ...knownSince(knownFrom),
    totals: isIncomplete ? UNKNOWN_TOTALS : toTotals(sumBuckets(buckets)),
    series: buckets.map((bucket) => {
      const isKnown = bucket.start < bucket.end && bucket.start >= (knownFrom ?? 0) && bucket.end <= asOf;
      return { start: instant(bucket.start), ...(isKnown ? toTotals(bucket) : UNKNOWN_TOTALS) };
    }),
  };
}

export const knownSince = (knownFrom: number | undefined): { known_from?: string } =>
  knownFrom === undefined ? {} : { known_from: instant(knownFrom) };

const instant = (ms: number): string => new Date(ms).toISOString();
