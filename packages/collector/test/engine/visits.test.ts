import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Visits } from '../../src/engine/visits.js';
import { parseStep } from '../../src/query/event-step.js';
import { parseFilters } from '../../src/query/filters.js';
import { selectChunks } from '../../src/query/select-chunks.js';
import { getCalendar } from '../../src/time/calendar.js';
import { batches, FROM, TO } from '../columns/histories.js';
import { bounds, cuts, filters, NO_GOALS, toChunks, toSet } from './chunks.js';
import { pick } from './naive.js';

const returning = fc.constantFrom(undefined, 'event:click', 'conversion:goal-1');

describe('visits', () => {
  it('count each visitor where first seen, and in each period in which they came back', async () => {
    await fc.assert(
      fc.asyncProperty(
        batches,
        filters,
        bounds,
        cuts,
        returning,
        async (history, query, starts, hours, step) => {
          const plan = {
            ...{ from: FROM, to: TO, level: 'session' as const, calendar: getCalendar('UTC'), starts },
            conditions: parseFilters(new URLSearchParams(query)),
            returning: step === undefined ? undefined : (await parseStep(step, NO_GOALS)).rule,
          };
          const visits = new Visits(plan);
          for await (const { chunk, selection } of selectChunks(toSet(toChunks(history, hours)), plan))
            visits.add(chunk, selection);

          const seen = pick(history, { ...plan, bounds: [FROM, TO] }).flatMap((batch) =>
            batch.events.map((event) => ({
              visitor: batch.visitor_id,
              period: starts.findLastIndex((start) => start <= batch.received_at),
              isReturn:
                step === undefined ||
                (step === 'event:click'
                  ? event.event_type === 'click' || (event.event_type === 'custom' && event.name === 'click')
                  : event.event_type === 'conversion' && event.conversion_type === 'goal-1'),
            })),
          );
          const visitors = [...new Set(seen.map(({ visitor }) => visitor))];
          const firstOf = (visitor: string) =>
            Math.min(...seen.filter((one) => one.visitor === visitor).map(({ period }) => period));
          expect(visits.cohorts()).toEqual(
            starts.map((start, first) => {
              const cohort = visitors.filter((visitor) => firstOf(visitor) === first);
              const cameBack = (later: number) =>
                cohort.filter((visitor) =>
                  seen.some((one) => one.visitor === visitor && one.period === later && one.isReturn),
                ).length;
              const returned = starts.slice(first).map((_, later) => cameBack(first + later));
              return { start, visitors: cohort.length, returned };
            }),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
