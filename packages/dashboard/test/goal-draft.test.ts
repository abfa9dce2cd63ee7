import type { Goal } from '@liveinsight/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftOf, formatCondition, parseCondition, toDraft, toGoal } from '../src/views/goals/goal-draft.js';

const stored = { id: 'a', version: 1, updated_at: '2026-01-31T09:00:00.000Z' };

describe('the form of a goal', () => {
  it.each([
    { name: 'Thanks', page: '/thanks' },
    { name: 'Pro', event: 'signup', properties: { plan: ['pro'], seats: ['>=5', '<100'] } },
    { name: 'Read', scroll_pct: 75, page: '/blog/*' },
    { name: 'Lead', event: 'lead', value: 40, currency: 'EUR' },
    { name: 'Plan', conversion: 'purchase', value_property: 'price', currency: 'USD' },
  ])('changes nothing of what it does not touch: $name', (goal) => {
    expect(toGoal(toDraft({ ...stored, ...goal } as Goal, 'EUR'))).toEqual(goal);
  });

  it('writes each condition as a filter, and reads it again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (raw) => {
        const { operator, value } = parseCondition(raw);
        expect(formatCondition(operator, value)).toBe(raw);
      }),
    );
    expect(parseCondition('>=5')).toEqual({ operator: 'at_least', value: '5' });
  });

  it('begins with what a link names, and leaves properties out that a page view has not', () => {
    expect(toGoal(draftOf('event:a:b', 'EUR'))).toEqual({ name: 'a:b', event: 'a:b' });
    const conditions = [{ key: 'plan', operator: 'is', value: 'pro' }] as const;
    expect(toGoal({ ...draftOf('page:/thanks', 'EUR'), conditions })).toEqual({
      name: '/thanks',
      page: '/thanks',
    });
  });
});
