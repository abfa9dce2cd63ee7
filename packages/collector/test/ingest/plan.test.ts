/** Events are compared with the tracking plan: counted where they differ, and stored all the same. */
import { definePlan, type PlanData, type StatsData } from '@liveinsight/schema';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../reports/log.js';
import { post, type Stack, startStack } from '../stack.js';

const plan = definePlan({
  events: {
    signup: { description: 'An account was made.', props: { plan: v.picklist(['free', 'pro']) } },
    logout: { description: 'Signed out.' },
  },
  conversions: { purchase: { description: 'An order was paid.', props: { items: v.number() } } },
});

const custom = (name: string, props?: object) => ({ event_type: 'custom', name, props });

describe('a collector with a tracking plan', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sites: [{ id: 'shop' }, { id: 'junk' }, { id: 'again' }], plan });
  });
  afterAll(() => stack.close());

  const send = (site: string, events: object[], batch?: object) =>
    stack.collector.fetch(new Request('http://collector/api/events', post({ site, ...batch, events }, {})));
  const readPlan = async (site: string) => (await ask<PlanData>(stack, `/plan?site=${site}&from=30m`)).data;

  it('counts what differs by name, and stores it', async () => {
    await send('shop', [
      custom('signup', { plan: 'pro' }),
      custom('signup', { plan: 'gold' }),
      custom('signup', { plan: 'silver' }),
      custom('signup', { plan: 'pro', coupon: 'X' }),
      custom('Signup'),
      { event_type: 'conversion', conversion_type: 'purchase' },
      { event_type: 'page_view', page_url: 'https://shop.example/', props: { any: 1 } },
      custom('rage_click', { x: 1 }),
    ]);
    const { events, conversions, differences, known_from } = await readPlan('shop');
    expect(events).toEqual([
      { name: 'signup', description: 'An account was made.', properties: ['plan'] },
      { name: 'logout', description: 'Signed out.', properties: [] },
    ]);
    expect(conversions).toMatchObject([{ name: 'purchase', properties: ['items'] }]);
    expect(known_from).not.toBeNull();
    expect(differences.map(({ code, event, property, count }) => [code, event, property, count])).toEqual([
      ['wrong_value', 'signup', 'plan', 2],
      ['missing_property', 'purchase', 'items', 1],
      ['unknown_event', 'Signup', undefined, 1],
      ['unknown_property', 'signup', 'coupon', 1],
    ]);
    const { data } = await ask<StatsData>(stack, '/stats?site=shop&from=30m&breakdown=event_name');
    const counts = Object.fromEntries(
      (data.breakdowns.event_name ?? []).map(({ value, events: count }) => [value, count]),
    );
    expect(counts).toMatchObject({ signup: 4, Signup: 1 });
  });

  it('counts a batch once that is sent twice', async () => {
    const batch = { batch: 'b1', session: { session_id: 's1' } };
    const event = { ...custom('nothing planned'), event_id: 'e1' };
    for (let time = 0; time < 2; time += 1) await send('again', [event], batch);
    expect((await readPlan('again')).differences).toMatchObject([{ count: 1 }]);
  });

  it('keeps what is wrong with planned events where someone sends names at random', async () => {
    for (let index = 0; index < 30; index += 1) {
      const names = Array.from({ length: 50 }, (_, at) => custom(`junk-${index}-${at}`));
      await send('junk', names, { session: { session_id: `s${index}` } });
    }
    await send('junk', [custom('signup', { plan: 'gold' })]);
    const { differences } = await readPlan('junk');
    expect(differences.length).toBeLessThanOrEqual(200);
    expect(differences[0]).toMatchObject({ code: 'unknown_event', event: '(other)' });
    expect(differences).toContainEqual(expect.objectContaining({ code: 'wrong_value', event: 'signup' }));
    const sum = differences.reduce((total, { count }) => total + count, 0);
    expect(sum).toBeGreaterThan(1_000);
  });

  it('names the option where a plan is none', async () => {
    const events = { signup: { description: '' } };
    await expect(startStack({ plan: { events } })).rejects.toThrow(/plan must be a plan/);
  });
});

describe('a collector without a tracking plan', () => {
  it('says that it has none', async () => {
    const stack = await startStack({ sites: [{ id: 'shop' }] });
    const { data } = await ask<PlanData>(stack, '/plan?site=shop&from=30m');
    expect(data).toMatchObject({ events: null, conversions: null, known_from: null, differences: [] });
    await stack.close();
  });
});
