import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toProperties } from '../../src/columns/event-properties.js';
import { Exposures } from '../../src/engine/exposures.js';
import { cutText } from '../../src/events/bound-key.js';
import { eventName } from '../../src/events/dimensions.js';
import { OTHER } from '../../src/events/over-budget.js';
import { parseStep } from '../../src/query/event-step.js';
import type { StoredEvent } from '../../src/storage/event-store.js';
import { batches } from '../columns/histories.js';
import { cuts, filters, NO_GOALS } from './chunks.js';
import { pickEvents, restrict, scan } from './shards.js';

const KEY = 'key-1';
const goals = fc.constantFrom('event:click', 'conversion:goal-1', 'event:custom-1');
const level = fc.constantFrom('session' as const, 'event' as const);

function isGoal(event: StoredEvent, goal: string): boolean {
  const type = event.event_type === 'conversion' ? event.conversion_type : undefined;
  const value = goal.slice(goal.indexOf(':') + 1);
  return goal.startsWith('conversion:') ? type === value : eventName(event) === value || type === value;
}

function variantOf(event: StoredEvent): string | undefined {
  const value = new Map(toProperties(event).slice(0, 16).toReversed()).get(KEY);
  return value === undefined ? undefined : cutText(String(value), 128);
}

describe('exposures', () => {
  it('count visitors by the one variant that they saw, and those who reached the goal after that', async () => {
    const event = fc.constantFrom(undefined, 'custom-1');
    await fc.assert(
      fc.asyncProperty(
        batches,
        filters,
        level,
        cuts,
        goals,
        event,
        async (history, query, by, hours, goal, name) => {
          const isOfSessions = query.includes('exit_page');
          const restriction = restrict(query, isOfSessions ? 'session' : by);
          const { rule } = await parseStep(goal, NO_GOALS);
          const found = new Exposures({ ...restriction, key: KEY, event: name, goal: rule, named: [] });
          await scan(history, hours, restriction, {
            add: (chunk, selection) => found.add(chunk, selection),
          });
          const counts = found.finish();

          const happened = pickEvents(history, restriction);
          const visitors = [...new Set(happened.map(({ batch }) => batch.visitor_id))].map((visitor) => {
            const own = happened.filter(({ batch }) => batch.visitor_id === visitor);
            const seen = own.flatMap(({ event: one }) => {
              const variant = name === undefined || eventName(one) === name ? variantOf(one) : undefined;
              return variant === undefined ? [] : [{ variant, time: one.timestamp }];
            });
            const first = Math.min(...seen.map(({ time }) => time));
            return {
              variants: new Set(seen.map(({ variant }) => variant)),
              reached: own.some(({ event: one }) => isGoal(one, goal) && one.timestamp >= first),
            };
          });
          const single = visitors.filter(({ variants }) => variants.size === 1);
          expect(found.several).toBe(visitors.filter(({ variants }) => variants.size > 1).length);
          const variants = new Set(single.flatMap((visitor) => [...visitor.variants]));
          expect(new Map(counts.map(({ variant, ...count }) => [variant, count]))).toEqual(
            new Map(
              [...variants].map((variant) => {
                const own = single.filter((visitor) => visitor.variants.has(variant));
                return [
                  variant,
                  { visitors: own.length, conversions: own.filter(({ reached }) => reached).length },
                ];
              }),
            ),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('tell a named variant apart however many others were sent before', async () => {
    const { rule } = await parseStep('event:click', NO_GOALS);
    await fc.assert(
      fc.asyncProperty(batches, cuts, async (history, hours) => {
        const restriction = restrict('');
        const count = async (named: string[], variants: number) => {
          const plan = { ...restriction, key: KEY, event: undefined, goal: rule, named };
          const found = new Exposures(plan, 1, { visitors: 1_000, variants });
          await scan(history, hours, restriction, { add: (...added) => found.add(...added) });
          return { counts: found.finish(), over: found.over };
        };
        const all = await count([], Number.POSITIVE_INFINITY);
        expect(all.over).toBe(0);
        // What chunks had no room for has the name of what the variants have none for.
        for (const one of all.counts.filter(({ variant }) => variant !== OTHER)) {
          const { counts, over } = await count([one.variant], 1);
          expect(counts.find(({ variant }) => variant === one.variant)).toEqual(one);
          if (
            counts.some(({ variant }) => variant === OTHER) &&
            !all.counts.some(({ variant }) => variant === OTHER)
          )
            expect(over).toBeGreaterThan(0);
        }
      }),
      { numRuns: 50 },
    );
  });
});
