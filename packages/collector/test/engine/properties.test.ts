import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toProperties } from '../../src/columns/event-properties.js';
import { NumbersByRow } from '../../src/engine/number-stats.js';
import { PropertyFacts } from '../../src/engine/property-facts.js';
import { PropertyNumbers } from '../../src/engine/property-numbers.js';
import { cutText } from '../../src/events/bound-key.js';
import { eventName } from '../../src/events/dimensions.js';
import { parseFilters } from '../../src/query/filters.js';
import { selectChunks } from '../../src/query/select-chunks.js';
import { getCalendar } from '../../src/time/calendar.js';
import { batches, FROM, TO } from '../columns/histories.js';
import { cuts, filters, toChunks, toSet } from './chunks.js';
import { pick } from './naive.js';

/** By its definition: so large a part of the values is at most that. */
function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = ((sorted.length - 1) * share) / 100;
  const [below = 0, above = below] = sorted.slice(Math.floor(place), Math.floor(place) + 2);
  return below + (above - below) * (place % 1);
}

describe('properties', () => {
  it('are those of the events that pass, each with its values and numbers', async () => {
    const event = fc.constantFrom(undefined, 'custom-1', 'click');
    await fc.assert(
      fc.asyncProperty(batches, filters, cuts, event, async (history, query, hours, name) => {
        const restriction = {
          ...{ from: FROM, to: TO, level: 'session' as const, calendar: getCalendar('UTC') },
          conditions: parseFilters(new URLSearchParams(query)),
        };
        const facts = new PropertyFacts({ event: name });
        const byCountry = new PropertyNumbers({
          ...restriction,
          key: 'key-1',
          event: name,
          fields: ['country'],
        });
        for await (const { chunk, selection } of selectChunks(toSet(toChunks(history, hours)), restriction)) {
          facts.add(chunk, selection);
          byCountry.add(chunk, selection);
        }

        const happened = pick(history, { ...restriction, bounds: [FROM, TO] }).flatMap((batch) =>
          batch.events
            .filter((one) => name === undefined || eventName(one) === name)
            .map((one) => ({
              country: batch.country ?? '(unknown)',
              props: new Map(toProperties(one).toReversed()),
            })),
        );
        const keys = new Set(happened.flatMap(({ props }) => [...props.keys()]));
        const found = facts.list();
        expect(new Set(found.map(({ key }) => key))).toEqual(keys);
        for (const { key, events, values, numbers } of found) {
          const here = happened.flatMap(({ props }) => props.get(key) ?? []);
          const ofNumbers = here.filter((value) => typeof value === 'number');
          expect(events).toBe(here.length);
          expect(values).toBe(
            new Set(here.map((value) => (typeof value === 'number' ? value : cutText(value, 128)))).size,
          );
          expect(numbers?.count ?? 0).toBe(ofNumbers.length);
          if (numbers)
            expect([numbers.min, numbers.max]).toEqual([Math.min(...ofNumbers), Math.max(...ofNumbers)]);
        }
        for (const [country, { count }] of byCountry.finish()) {
          const here = happened.filter(
            (one) => one.country === country && typeof one.props.get('key-1') === 'number',
          );
          expect(count).toBe(here.length);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('numbers by row', () => {
  it('have exact percentiles, in any order', () => {
    const numbers = fc.array(
      fc.record({ row: fc.nat({ max: 2 }), value: fc.integer({ min: -1_000, max: 1_000 }) }),
    );
    fc.assert(
      fc.property(numbers, (all) => {
        const byRow = new NumbersByRow();
        for (const { row, value } of all) byRow.add(row, value);
        for (const [row, { count, sum, percentiles }] of byRow.finish()) {
          const values = all.filter((one) => one.row === row).map(({ value }) => value);
          expect(count).toBe(values.length);
          expect(sum).toBe(values.reduce((total, value) => total + value, 0));
          for (const [index, share] of [50, 75, 90, 95, 99].entries())
            expect(percentiles[index]).toBeCloseTo(percentile(values, share), 9);
        }
        expect(byRow.sampled).toBeUndefined();
      }),
    );
  });

  it('have percentiles of a sample where there are too many, but exact counts and sums', () => {
    const byRow = new NumbersByRow(1_000);
    for (let value = 0; value < 100_000; value += 1) byRow.add(0, value);
    const stats = byRow.finish().get(0);
    expect(byRow.sampled).toBe(1_000);
    expect(stats).toMatchObject({ count: 100_000, sum: (100_000 * 99_999) / 2, min: 0, max: 99_999 });
    // Four standard errors of a sample of a thousand.
    expect(Math.abs((stats?.percentiles[0] ?? 0) - 50_000)).toBeLessThan(
      4 * 100_000 * Math.sqrt(0.25 / 1_000),
    );
  });

  it('have counts and sums alone where none are held', () => {
    const byRow = new NumbersByRow(0);
    for (const value of [1, 2, 6]) byRow.add(0, value);
    expect(byRow.finish().get(0)).toEqual({ count: 3, sum: 9, min: 1, max: 6, percentiles: [] });
  });

  it('have no percentiles where the sample has no value of the row', () => {
    const byRow = new NumbersByRow(1);
    for (const row of [0, 1]) byRow.add(row, row);
    const stats = [...byRow.finish().values()];
    expect(stats.map(({ count }) => count)).toEqual([1, 1]);
    expect(stats.map(({ percentiles }) => percentiles.length).sort()).toEqual([0, 5]);
  });
});
