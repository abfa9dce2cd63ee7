/** What a process announces when it has stored it counts as what the log gives back. */
import type { Arrival } from '@liveinsight/collector';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addBatch, emptyRollup } from '../../src/rollup/aggregate.js';
import { encodeRollup } from '../../src/rollup/rollup-codec.js';
import { post, type Stack, startStack } from '../stack.js';

let stack: Stack;
const announced: Arrival[] = [];
beforeAll(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
  stack.collector.onBatch((arrival) => announced.push(arrival));
});
afterAll(() => stack.close());

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('\u0000', '\ud800', '__proto__'),
);
const number = fc.oneof(fc.double(), fc.constantFrom(-0, 1e308, 0.1, 1e-7, 123_456_789.005));
const event = fc.record(
  {
    event_type: fc.constantFrom('page_view', 'click', 'conversion', 'custom', 'page_exit'),
    page_url: text.map((path) => `https://shop.example/${path}`),
    element_id: text,
    event_name: text,
    conversion_type: text,
    value: number,
    currency: fc.constantFrom('EUR', 'eur', 'XXX', '€'),
    view: fc.integer({ min: 1, max: 3 }),
    nth: fc.integer({ min: 1, max: 3 }),
    gap_ms: number,
    engaged_ms: number,
    props: fc.dictionary(text, fc.oneof(text, number, fc.boolean())),
  },
  { requiredKeys: ['event_type', 'page_url'] },
);

it('whatever its events are', async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 5 }), text, async (events, source) => {
      sent += 1;
      const session_id = `s${sent}`;
      const body = {
        session: { session_id },
        utm: { source },
        events: events.map((one, index) => ({ ...one, event_id: `e${index}`, timestamp: Date.now() })),
      };
      announced.length = 0;
      await stack.collector.fetch(new Request('http://x/api/events', post(body)), { ip: '203.0.113.7' });
      const toBytes = (batch: Arrival | undefined) => {
        const rollup = emptyRollup();
        if (batch) addBatch(rollup, { ...batch, expires_at: 0 }, { hash: (id) => BigInt(id.length) });
        return Buffer.from(encodeRollup(rollup)).toString('hex');
      };
      const [stored] = await stack.store.session('shop', session_id);
      expect(announced).toHaveLength(stored ? 1 : 0);
      expect(toBytes(announced[0])).toBe(toBytes(stored));
    }),
    { numRuns: 150 },
  );
});
