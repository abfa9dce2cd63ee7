import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchFunnel, toFunnelSteps } from '../../src/reports/funnel-matcher.js';

interface Step {
  name: string;
  timestamp: number;
}

interface Wanted {
  name: string;
  withinMs?: number;
}

/** Every way of taking the first steps in order by different events within the times, by trying all. */
function allWays(events: Step[], steps: Wanted[], withinMs: number): number[][] {
  const ways: number[][] = [[]];
  const extend = (way: number[], from: number) => {
    for (let at = from; at < events.length && way.length < steps.length; at += 1) {
      const event = events[at];
      const step = steps[way.length];
      if (!event || event.name !== step?.name) continue;
      if (event.timestamp - (way.at(-1) ?? event.timestamp) > (step.withinMs ?? Number.POSITIVE_INFINITY))
        continue;
      if (event.timestamp - (way[0] ?? event.timestamp) > withinMs) continue;
      const longer = [...way, event.timestamp];
      ways.push(longer);
      extend(longer, at + 1);
    }
  };
  extend([], 0);
  return ways;
}

const name = fc.constantFrom('a', 'b', 'c');
const session = fc
  .array(fc.record({ name, timestamp: fc.integer({ min: 0, max: 20 }) }), { maxLength: 10 })
  .map((events) => events.sort((a, b) => a.timestamp - b.timestamp));
const steps = fc.array(
  fc.record({ name, withinMs: fc.integer({ min: 0, max: 12 }) }, { requiredKeys: ['name'] }),
  {
    minLength: 2,
    maxLength: 4,
  },
);
const within = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(Number.POSITIVE_INFINITY));

const taking = (steps: Wanted[]) =>
  steps.map(({ name, ...within }) => ({ ...within, matches: (event: Step) => event.name === name }));
const takenBy = (names: string[]) => taking(names.map((name) => ({ name })));

describe('a session’s way through a funnel', () => {
  it('is as far as any choice of its events comes, at the first time that one does', () => {
    fc.assert(
      fc.property(session, steps, within, (events, wanted, withinMs) => {
        const way = matchFunnel(events, taking(wanted), withinMs);
        const all = allWays(events, wanted, withinMs);
        const furthest = Math.max(...all.map(({ length }) => length));
        expect(way).toHaveLength(furthest);
        const asFar = all.filter(({ length }) => length === furthest);
        expect(asFar).toContainEqual(way);
        const ends = asFar.map((one) => one.at(-1) ?? 0);
        if (furthest > 0) expect(way.at(-1)).toBe(Math.min(...ends));
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes another event for each step, also where steps are alike', () => {
    const view = { name: 'a', timestamp: 5 };
    expect(matchFunnel([view], takenBy(['a', 'a']))).toEqual([5]);
    expect(matchFunnel([view, { name: 'a', timestamp: 9 }], takenBy(['a', 'a']))).toEqual([5, 9]);
  });

  it('may begin anew where the first try took too long', () => {
    const events = [
      { name: 'a', timestamp: 0 },
      { name: 'a', timestamp: 50 },
      { name: 'b', timestamp: 55 },
    ];
    expect(matchFunnel(events, takenBy(['a', 'b']), 10)).toEqual([50, 55]);
  });
});

describe('a funnel', () => {
  const asked = [{ step: 'page:/' }, { step: 'page:/cart' }, { step: 'conversion:purchase' }];

  it('says of each step how many came, how many of the step before and of the first, and how long it took', () => {
    const ways = [[0, 10, 40], [0, 20], [0, 60], [0], []];
    expect(toFunnelSteps(asked, ways)).toEqual([
      { step: 'page:/', sessions: 4, from_previous: 1, from_first: 1, dropped: 0, median_ms: null },
      { step: 'page:/cart', sessions: 3, from_previous: 0.75, from_first: 0.75, dropped: 1, median_ms: 20 },
      {
        step: 'conversion:purchase',
        sessions: 1,
        from_previous: 1 / 3,
        from_first: 0.25,
        dropped: 2,
        median_ms: 30,
      },
    ]);
  });

  it('is all noughts where nobody came', () => {
    for (const step of toFunnelSteps(asked, [])) {
      expect(step).toMatchObject({
        sessions: 0,
        from_previous: 0,
        from_first: 0,
        dropped: 0,
        median_ms: null,
      });
    }
  });
});
