/** Cohorts as rows of shares, and all of them taken together. Pure. */
import type { Cohort } from '@liveinsight/schema';

export interface CohortRow {
  /** First instant of its day, week or month; undefined: all together. */
  start: string | undefined;
  /** Null: new visitors cannot be recognized. */
  visitors: number | null;
  /** Whether some of them may have visited before the retention begins. */
  isUpTo: boolean;
  /** By period after the first; undefined: not over yet for any of them. */
  periods: (ReturnedShare | undefined)[];
}

type KnownRow = CohortRow & { visitors: number };

export interface ReturnedShare {
  returned: number;
  /** Of the visitors that could have been seen that late. */
  share: number;
  /** Whether the period still goes on. */
  isIncomplete: boolean;
}

export function cohortRows(cohorts: readonly Cohort[]): CohortRow[] {
  // Before the first visitor there is nothing to come back to.
  const begun = cohorts.slice(cohorts.findIndex(({ visitors }) => visitors !== 0));
  const widest = Math.max(0, ...begun.map(({ returned }) => returned.length));
  return begun.map(({ start, visitors, complete, returned }) => ({
    start,
    visitors,
    isUpTo: !complete,
    periods: Array.from({ length: widest }, (_, at) => {
      const count = returned[at];
      return visitors === null || count === undefined
        ? undefined
        : toShare(count, visitors, at === returned.length - 1);
    }),
  }));
}

/** Each period after the first, of those cohorts for which it is over. */
export function weightedTotal(all: readonly CohortRow[]): CohortRow {
  const rows = all.filter((row): row is KnownRow => row.visitors !== null);
  const visitors = rows.reduce((sum, row) => sum + row.visitors, 0);
  const widest = all[0]?.periods.length ?? 0;
  const periods = Array.from({ length: widest }, (_, at) => {
    const over = rows.filter(
      ({ visitors, periods }) => visitors > 0 && periods[at] && (at === 0 || !periods[at].isIncomplete),
    );
    if (over.length === 0) return undefined;
    const returned = over.reduce((sum, row) => sum + (row.periods[at]?.returned ?? 0), 0);
    return toShare(
      returned,
      over.reduce((sum, row) => sum + row.visitors, 0),
      false,
    );
  });
  return { start: undefined, visitors, isUpTo: rows.some(({ isUpTo }) => isUpTo), periods };
}

const toShare = (returned: number, visitors: number, isIncomplete: boolean): ReturnedShare => ({
  returned,
  share: visitors > 0 ? returned / visitors : 0,
  isIncomplete,
});

/** The largest share that came back: in the first period all of them are there, so it tells nothing. */
export const greatestShare = (rows: readonly CohortRow[]): number =>
  Math.max(0, ...rows.flatMap(({ periods }) => periods.slice(1).map((cell) => cell?.share ?? 0)));
