import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addCounters, noCounters } from '../../src/events/counters.js';
import { OTHER } from '../../src/events/over-budget.js';
import { boundRowSet, countersAt, RowSet } from '../../src/rollup/row-set.js';

const row = fc.record({
  value: fc.oneof(fc.string({ minLength: 1, maxLength: 9 }), fc.constant(OTHER)),
  events: fc.integer({ min: 0, max: 3 }),
  page_views: fc.integer({ min: 0, max: 3 }),
});

function toSet(rows: { value: string; events: number; page_views: number }[]): RowSet {
  const set = new RowSet();
  for (const { value, ...counted } of rows)
    addCounters(countersAt(set, value), { ...noCounters(), ...counted });
  return set;
}

/** One by one: of all that are left, the one with the fewest events, then page views, then the last by its value. */
function bound(set: RowSet, maxBytes: number): number {
  let moved = 0;
  while (set.bytes > maxBytes) {
    const target = set.bytes / 2;
    const values = [...set.keys()].filter((value) => value !== OTHER);
    if (values.length === 0) break;
    const at = (value: string) => set.get(value) ?? noCounters();
    values.sort(
      (a, b) =>
        at(a).events - at(b).events || at(a).page_views - at(b).page_views || (a < b ? 1 : a > b ? -1 : 0),
    );
    for (const value of values) {
      if (set.bytes <= target) break;
      const counters = at(value);
      set.delete(value);
      addCounters(countersAt(set, OTHER), counters);
      moved += 1;
    }
  }
  return moved;
}

it('counts the lightest values as (other), those of equal weight by their value', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), fc.integer({ min: 200, max: 9_000 }), (rows, maxBytes) => {
      const [set, expected] = [toSet(rows), toSet(rows)];
      expect(boundRowSet(set, maxBytes)).toBe(bound(expected, maxBytes));
      expect(new Map(set)).toEqual(new Map(expected));
      expect(set.bytes).toBe(expected.bytes);
    }),
    { numRuns: 500 },
  );
});
