/** Stretches as points of a series, and what is not known of them as such. Pure. */
import type { SeriesPoint, StatsData, Totals } from '@liveinsight/schema';
import { type Stretches, sumOf } from './bucketed-rollup.js';
import { totalsOf, UNKNOWN_TOTALS } from './derived-metrics.js';
import type { Stretch } from './time-buckets.js';
import { isWholeInterval, type TimeRange } from './time-range.js';

type Known = Pick<Stretches, 'asOf' | 'knownFrom'>;

/** What a point says beside its numbers, and whether these are known. */
export interface PointFrame {
  isKnown: boolean;
  frame: { start: string; incomplete?: true };
}

export function pointFrame(
  range: TimeRange,
  { asOf, knownFrom = 0 }: Known,
  { start, end }: Pick<Stretch, 'start' | 'end'>,
): PointFrame {
  const isWhole = isWholeInterval(range, start, end) && end <= asOf && knownFrom <= start;
  return {
    isKnown: knownFrom < end,
    frame: { start: instant(start), ...(isWhole ? {} : { incomplete: true }) },
  };
}

export const seriesOf = (range: TimeRange, { stretches, ...known }: Stretches): SeriesPoint[] =>
  stretches.map((stretch) => {
    const { isKnown, frame } = pointFrame(range, known, stretch);
    return { ...frame, ...(isKnown ? numbersOf(stretch) : UNKNOWN_TOTALS) };
  });

/** Of the part that is known. */
export function knownTotals({ stretches, knownFrom = 0 }: Stretches): Totals {
  const { rollup, additiveOnly } = sumOf(stretches);
  return knownFrom < (stretches.at(-1)?.end ?? 0) ? totalsOf(rollup, additiveOnly) : UNKNOWN_TOTALS;
}

/** The period before: a part of it is nothing to compare the whole with. */
export function previousOf({ stretches, knownFrom }: Stretches): StatsData['previous'] {
  const { rollup, additiveOnly } = sumOf(stretches);
  return {
    from: instant(stretches[0]?.start ?? 0),
    to: instant(stretches.at(-1)?.end ?? 0),
    ...knownSince(knownFrom),
    totals: knownFrom === undefined ? totalsOf(rollup, additiveOnly) : UNKNOWN_TOTALS,
    series: stretches.map((stretch) => {
      const isKnown = stretch.start < stretch.end && stretch.start >= (knownFrom ?? 0);
      return { start: instant(stretch.start), ...(isKnown ? numbersOf(stretch) : UNKNOWN_TOTALS) };
    }),
  };
}

export const knownSince = (knownFrom: number | undefined): { known_from?: string } =>
  knownFrom === undefined ? {} : { known_from: instant(knownFrom) };

const numbersOf = ({ rollup, additiveOnly }: Stretch): Totals => totalsOf(rollup, additiveOnly);

const instant = (ms: number): string => new Date(ms).toISOString();
