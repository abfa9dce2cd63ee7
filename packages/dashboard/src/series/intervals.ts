/** Which intervals fit a range, and where one ends. Pure. */
import type { Interval } from '@liveinsight/schema';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Points that can be told apart. */
const MAX_POINTS = 400;

const WIDTHS: [Interval, number][] = [
  ['5m', 300_000],
  ['hour', HOUR_MS],
  ['day', DAY_MS],
  ['week', 7 * DAY_MS],
  ['month', 30 * DAY_MS],
];

/** Those that give from two points to as many as can be told apart. */
export const intervalsFor = (fromMs: number, toMs: number): Interval[] =>
  WIDTHS.filter(([, width]) => {
    const points = (toMs - fromMs) / width;
    return points >= 2 && points <= MAX_POINTS;
  }).map(([interval]) => interval);

/** The points of a series with where each ends; the last ends with the range. */
export const intervalEnds = (starts: readonly string[], to: string): number[] =>
  starts.map((_, at) => Date.parse(starts[at + 1] ?? to));
