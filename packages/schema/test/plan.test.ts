/** The tracking plan: what it says of types and of events, with schemas of any library. */
import { definePlan, type Events, findPlanDifferences, isTrackingPlan } from '@liveinsight/schema';
import * as v from 'valibot';
import { describe, expect, expectTypeOf, it } from 'vitest';

const plan = definePlan({
  events: {
    signup: {
      description: 'An account was made.',
      props: { plan: v.picklist(['free', 'pro']), seats: v.optional(v.number()) },
    },
    logout: { description: 'Signed out.' },
  },
  conversions: { purchase: { description: 'An order was paid.', props: { items: v.number() } } },
});
const ofSignup = (props?: Record<string, unknown>) =>
  findPlanDifferences(plan, 'events', 'signup', props).map(({ code, property }) => [code, property]);

describe('a tracking plan', () => {
  it('gives the names of its events and the types of their properties', () => {
    expectTypeOf<Events<typeof plan>>().toEqualTypeOf<{
      readonly signup: { plan: 'free' | 'pro'; seats?: number | undefined };
      readonly logout: undefined;
    }>();
  });

  it('has nothing against an event that it describes', () => {
    expect(ofSignup({ plan: 'pro' })).toEqual([]);
    expect(ofSignup({ plan: 'free', seats: 3 })).toEqual([]);
    expect(findPlanDifferences(plan, 'events', 'logout')).toEqual([]);
  });

  it('names each property that is missing, wrong or not planned', () => {
    expect(ofSignup({ plan: 'gold', seats: 'many', coupon: 1 })).toEqual([
      ['wrong_value', 'plan'],
      ['wrong_value', 'seats'],
      ['unknown_property', 'coupon'],
    ]);
    expect(ofSignup()).toEqual([['missing_property', 'plan']]);
    expect(findPlanDifferences(plan, 'events', 'logout', { at: 1 })).toMatchObject([
      { code: 'unknown_property', property: 'at' },
    ]);
  });

  it('names events that it does not have, also those named as members of every object', () => {
    for (const name of ['Signup', 'constructor', '__proto__', 'toString'])
      expect(findPlanDifferences(plan, 'events', name)).toMatchObject([
        { code: 'unknown_event', event: name },
      ]);
    const props = JSON.parse('{"plan":"pro","__proto__":1,"constructor":2}');
    expect(ofSignup(props)).toEqual([
      ['unknown_property', '__proto__'],
      ['unknown_property', 'constructor'],
    ]);
  });

  it('knows the events that the tracker sends itself', () => {
    expect(findPlanDifferences(plan, 'events', 'outbound_click', { href: '/' })).toEqual([]);
  });

  it('checks conversions only where it lists them', () => {
    expect(findPlanDifferences(plan, 'conversions', 'purchase', { items: '2' })).toMatchObject([
      { code: 'wrong_value', property: 'items' },
    ]);
    expect(findPlanDifferences({ events: {} }, 'conversions', 'purchase')).toEqual([]);
  });

  it('takes a schema that throws for one that rejects', () => {
    const failing = {
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate(value: unknown) {
          if (value === undefined) return { value };
          throw new Error('broken');
        },
      },
    };
    const broken = definePlan({ events: { a: { description: 'A.', props: { b: failing } } } });
    expect(findPlanDifferences(broken, 'events', 'a', { b: 1 })).toMatchObject([
      { code: 'wrong_value', message: 'the schema failed: broken' },
    ]);
  });

  it.each([
    [{ '': { description: 'A.' } }, /events\. must have a name/],
    [{ signup: { description: ' ' } }, /events\.signup\.description must say/],
    [{ rage_click: { description: 'A.' } }, /events\.rage_click is sent by the tracker/],
    [{ a: { description: 'A.', props: { b: 'string' as never } } }, /events\.a\.props\.b must be a schema/],
    [
      {
        a: {
          description: 'A.',
          props: {
            b: v.pipeAsync(
              v.string(),
              v.checkAsync(async () => true),
            ),
          },
        },
      },
      /events\.a\.props\.b must validate synchronously/,
    ],
  ])('names what is wrong with it: %#', (events, message) => {
    expect(() => definePlan({ events })).toThrow(message);
    expect(isTrackingPlan({ events })).toBe(false);
  });
});
