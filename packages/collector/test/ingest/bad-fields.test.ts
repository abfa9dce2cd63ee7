/** One bad field costs itself, whatever sent it: the event is stored, and what was left out is counted. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { post, readReply, type Stack, startStack, storedEvents } from '../stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

it('costs neither its event nor the others, and is counted with the batch', async () => {
  const deep = JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`);
  const events = [
    { event_type: 'conversion', conversion_type: 'purchase', value: '12.50', currency: 'eur' },
    { event_type: 'conversion', conversion_type: 'purchase', value: '1,234.50', currency: 'KRW' },
    { event_type: 'conversion', conversion_type: 'purchase', value: 1, currency: 'EUO' },
    { event_type: 'conversion', conversion_type: 'purchase', value: 9e9, currency: 'BTC' },
    { event_type: 'custom', name: 'signup', props: { deep, plan: 'pro' } },
    { event_type: 'page_view', page_url: 5, view: 1 },
    { event_type: 'page_view', page_url: 'https://shop.example/' },
  ];
  const request = new Request(
    'http://collector/api/events',
    post({ session: { session_id: 'bad' }, events }),
  );
  const { code, data } = await readReply(await stack.collector.fetch(request));
  expect({ code, ...data }).toMatchObject({ code: 200, accepted: 7, rejected: [] });
  const stored = await storedEvents(stack.store, 'bad');
  expect(stored).toMatchObject([
    { value: 12.5, currency: 'EUR' },
    { currency: 'KRW' },
    { value: 1 },
    { value: 9e9, currency: 'BTC' },
    { props: { deep: { a: {} }, plan: 'pro' } },
    { view: 1 },
    { page_url: 'https://shop.example/' },
  ]);
  expect(stored[1]).not.toHaveProperty('value');
  expect(stored[2]).not.toHaveProperty('currency');
  expect(stored[0]?.batch.dropped).toEqual({ field: 4 });
});

it('costs the event where that is nothing without it', async () => {
  const body = { event_type: 'custom', name: { first: 'signup' }, session_id: 'bad' };
  const request = new Request('http://collector/api/events', post(body));
  const { code, data } = await readReply(await stack.collector.fetch(request));
  expect({ code, issues: data.issues }).toMatchObject({ code: 400, issues: [{ path: 'name' }] });
});

it('of what a batch shares costs no event, and is counted with the batch', async () => {
  const body = {
    session: { session_id: 'shared', referrer: 5, utm: { source: 'x'.repeat(101), campaign: 2026 } },
    user_id: ['u1'],
    visitor_id: 'no id',
    context: { language: 'de', screen: {} },
    sent_at: 'now',
    events: [{ event_type: 'page_view', page_url: 'https://shop.example/' }, { event_type: 'click' }],
  };
  const request = new Request('http://collector/api/events', post(body));
  const { code, data } = await readReply(await stack.collector.fetch(request));
  expect({ code, ...data }).toMatchObject({ code: 200, accepted: 2, rejected: [] });
  const stored = await storedEvents(stack.store, 'shared');
  expect(stored).toHaveLength(2);
  const batch = stored[0]?.batch;
  expect(batch).toMatchObject({
    utm: { source: 'x'.repeat(100), campaign: '2026' },
    language: 'de',
    dropped: { field: 6 },
  });
  for (const field of ['user_id', 'referrer', 'screen']) expect(batch).not.toHaveProperty(field);
});

it.each([
  ['site', { site: 'My Shop' }],
  ['batch', { batch: 'no name' }],
])('costs the batch where it says what the batch is: %s', async (path, fields) => {
  const body = { ...fields, events: [{ event_type: 'click' }] };
  const request = new Request('http://collector/api/events', post(body));
  const { code, data } = await readReply(await stack.collector.fetch(request));
  expect({ code, issues: data.issues }).toMatchObject({ code: 400, issues: [{ path }] });
});
