import { expect, it } from 'vitest';
import type { AlertRule } from '../../src/alerts/alert-state.js';
import { measure } from '../../src/alerts/metric-value.js';
import { toGoal } from '../../src/query/goal.js';
import type { StoredBatch } from '../../src/storage/event-store.js';
import { hash } from '../columns/histories.js';

const rule = (metric: AlertRule['metric']): AlertRule => ({
  ...{ name: 'sign-ups', metric, goal: 'g', comparison: 'below', threshold: 1 },
  ...{ window_minutes: 5, enabled: true },
});

const session = (session_id: string, plans: string[], bot?: true): StoredBatch => ({
  ...{
    site: 'shop',
    session_id,
    visitor_id: session_id,
    batch: session_id,
    received_at: 1_000,
    expires_at: 0,
  },
  ...(bot ? { bot } : {}),
  events: [
    { event_id: 'v', event_type: 'page_view', timestamp: 1, view: 1 },
    ...plans.map((plan, index) => ({
      ...{ event_id: `e${index}`, event_type: 'custom' as const, name: 'signup', timestamp: 2 },
      props: { plan },
    })),
  ],
});

it.each([
  ['conversions', 2],
  ['conversion_rate', 0.25],
] as const)('alerts know %s of a goal', (metric, value) => {
  const goal = toGoal('g', { name: 'pro', event: 'signup', properties: { plan: 'pro' } });
  const batches = [
    session('a', ['pro', 'pro']),
    session('b', ['free']),
    session('c', []),
    session('d', []),
    session('e', ['pro'], true),
  ];
  expect(measure(rule(metric), { batches, begins: -300_000, to: 2_000 }, { hash }, goal)).toEqual({
    known: true,
    value,
  });
});
