import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EDGE_SEPARATOR } from '../../src/events/dimensions.js';
import { OTHER } from '../../src/events/over-budget.js';
import { toJourneys } from '../../src/reports/journeys.js';
import { emptyRollup } from '../../src/rollup/aggregate.js';
import { countersAt } from '../../src/rollup/row-set.js';

// Some begin with others: flows are in the order of both pages together.
const page = fc.constantFrom('/', '/a', '/a!', '/a/b', '/b', '/é');
const flow = fc.record({ from_page: page, to_page: page, page_views: fc.integer({ min: 0, max: 3 }) });
const parameters = fc.record({
  fromPage: fc.option(page, { nil: undefined }),
  toPage: fc.option(page, { nil: undefined }),
  limit: fc.integer({ min: 1, max: 9 }),
});

it('lists the flows with most views as a sort of all does, and counts the others', () => {
  fc.assert(
    fc.property(
      fc.array(flow, { maxLength: 40 }),
      fc.nat(3),
      parameters,
      (flows, beyondBudget, { fromPage, toPage, limit }) => {
        const rollup = emptyRollup();
        countersAt(rollup.rows.journey, OTHER).page_views += beyondBudget;
        const views = new Map<string, number>();
        for (const { from_page, to_page, page_views } of flows) {
          const key = from_page + EDGE_SEPARATOR + to_page;
          countersAt(rollup.rows.journey, key).page_views += page_views;
          views.set(key, (views.get(key) ?? 0) + page_views);
        }
        const selected = [...views]
          .map(([key, page_views]) => {
            const [from_page = '', to_page = ''] = key.split(EDGE_SEPARATOR);
            return { key, flow: { from_page, to_page, page_views } };
          })
          .filter(({ flow: { from_page, to_page } }) =>
            [fromPage ?? from_page, toPage ?? to_page].every(
              (one, index) => one === [from_page, to_page][index],
            ),
          )
          .sort((a, b) => b.flow.page_views - a.flow.page_views || (a.key < b.key ? -1 : 1));
        const found = toJourneys(rollup, { fromPage, toPage, limit });
        expect(found.flows).toEqual(selected.slice(0, limit).map((one) => one.flow));
        const beyondLimit = selected.slice(limit).reduce((sum, one) => sum + one.flow.page_views, 0);
        expect(found.other_page_views).toBe(beyondLimit + beyondBudget);
      },
    ),
    { numRuns: 300 },
  );
});
