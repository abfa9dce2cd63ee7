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
    { event_type: 'custom', name: 'signup', props: { deep, plan: 'pro' } },
    { event_type: 'page_view', page_url: 5, view: 1 },
    { event_type: 'page_view', page_url: 'https://shop.example/' },
  ];
  const request = new Request(
    'http://collector/api/events',
    post({ session: { session_id: 'bad' }, events }),
  );
  const { code, data } = await readReply(await stack.collector.fetch(request));
  expect({ code, ...data }).toMatchObject({ code: 200, accepted: 5, rejected: [] });
  const stored = await storedEvents(stack.store, 'bad');
  expect(stored).toMatchObject([
    { value: 12.5, currency: 'EUR' },
    { currency: 'KRW' },
    { props: { deep: { a: {} }, plan: 'pro' } },
    { view: 1 },
    { page_url: 'https://shop.example/' },
  ]);
  expect(stored[1]).not.toHaveProperty('value');
  expect(stored[0]?.batch.dropped).toEqual({ field: 3 });
});

it('costs the event where that is nothing without it', async () => {
  const body = { event_type: 'custom', name: { first: 'signup' }, session_id: 'bad' };
  const request = new Request('http://collector/api/events', post(body));
  const { code, data } = await readReply(await stack.collector.fetch(request));
  expect({ code, issues: data.issues }).toMatchObject({ code: 400, issues: [{ path: 'name' }] });
});
