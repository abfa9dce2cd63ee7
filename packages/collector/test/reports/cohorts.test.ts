import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCohortCounter } from '../../src/reports/cohorts.js';

const WEEK_MS = 7 * 86_400_000;

it('counts each visitor in the cohort of the first week seen, and once in each week seen since', () => {
  const visit = fc.record({ visitor: fc.constantFrom(...'abcdefgh'), week: fc.nat({ max: 5 }) });
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 40 }), (visits) => {
      const weeks = [0, 1, 2, 3, 4, 5];
      const fold = createCohortCounter(weeks.map((week) => week * WEEK_MS));
      for (const { visitor, week } of visits) fold.see(visitor, week);
      const seenIn = (week: number) =>
        new Set(visits.filter((one) => one.week === week).map(({ visitor }) => visitor));
      const expected = weeks.map((first) => {
        const before = new Set(weeks.filter((week) => week < first).flatMap((week) => [...seenIn(week)]));
        const cohort = [...seenIn(first)].filter((visitor) => !before.has(visitor));
        return {
          week: new Date(first * WEEK_MS).toISOString(),
          visitors: cohort.length,
          returned: weeks
            .slice(first)
            .map((week) => cohort.filter((visitor) => seenIn(week).has(visitor)).length),
        };
      });
      expect(fold.cohorts()).toEqual(expected);
    }),
  );
});
