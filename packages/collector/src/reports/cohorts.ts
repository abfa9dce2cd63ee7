/** Which visitors come back in later weeks. Pure. */
import type { Cohort } from '@liveinsight/schema';

/** Takes the weeks in which visitors were seen, in any order and however often. */
export interface CohortCounter {
  /** @param week its number, from 0 on; below 0: before the first */
  see(visitorId: string, week: number): void;
  cohorts(): (Omit<Cohort, 'visitors' | 'complete'> & { visitors: number })[];
}

/** @param weeks their first instants in ms, in order */
export function createCohortCounter(weeks: number[]): CohortCounter {
  const seen = new Map<string, Set<number>>();
  return {
    see(visitorId, week) {
      const known = seen.get(visitorId);
      if (known) known.add(week);
      else seen.set(visitorId, new Set([week]));
    },
    cohorts() {
      const returned = weeks.map((_, first) => new Array<number>(weeks.length - first).fill(0));
      for (const visitorWeeks of seen.values()) {
        const first = Math.min(...visitorWeeks);
        const cohort = returned[first];
        if (!cohort) continue;
        for (const week of visitorWeeks) cohort[week - first] = (cohort[week - first] ?? 0) + 1;
      }
      return weeks.map((start, index) => ({
        week: new Date(start).toISOString(),
        visitors: returned[index]?.[0] ?? 0,
        returned: returned[index] ?? [],
      }));
    },
  };
}
