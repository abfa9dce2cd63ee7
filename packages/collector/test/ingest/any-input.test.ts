import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReply, type Stack, startStack } from '../stack.js';

/** JSON that comes close to a batch, so that it gets past the first checks. */
const nearlyEvent = fc.record(
  {
    event_type: fc.constantFrom('page_view', 'click', 'conversion', 'custom', 'scroll', 'nothing', 7, null),
    event_id: fc.oneof(fc.string(), fc.constantFrom('e-1', 'e-2'), fc.jsonValue()),
    timestamp: fc.oneof(fc.double(), fc.integer(), fc.string()),
    page_url: fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' }), fc.jsonValue()),
    name: fc.string(),
    conversion_type: fc.string(),
    value: fc.double(),
    props: fc.oneof(fc.jsonValue(), fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())),
  },
  { requiredKeys: [] },
);
const nearlyBatch = fc.record(
  {
    v: fc.constantFrom(1, 2),
    site: fc.oneof(fc.constantFrom('shop', 'blog'), fc.string()),
    batch: fc.oneof(fc.constant('b-1'), fc.string()),
    session: fc.oneof(
      fc.record({ session_id: fc.constantFrom('s-1', 's 2'), referrer: fc.string() }),
      fc.jsonValue(),
    ),
    sent_at: fc.oneof(fc.double(), fc.integer()),
    user_id: fc.string({ unit: 'binary' }),
    context: fc.jsonValue(),
    dropped: fc.dictionary(fc.string(), fc.integer()),
    events: fc.oneof(fc.array(nearlyEvent), fc.jsonValue()),
  },
  { requiredKeys: [] },
);

describe('whatever a client sends', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sessionEventsPerMinute: 1_000_000 });
  });
  afterAll(() => stack.close());

  /** The reply accounts for every event, and is a refusal with a reason or a success with none lost. */
  async function expectSoundReply(body: string | Uint8Array, headers: Record<string, string> = {}) {
    const init = { method: 'POST', body: body as string, headers };
    const reply = await readReply(
      await stack.collector.fetch(new Request('http://collector/api/events', init)),
    );
    expect([200, 400, 403, 413, 415]).toContain(reply.code);
    expect(reply.status).toBe(reply.code === 200 ? 'success' : 'error');
    if (reply.code === 200) expect(reply.data.accepted).toBeGreaterThan(0);
    else {
      const reasons = reply.data.issues ?? reply.data.rejected;
      expect(reasons.length).toBeGreaterThan(0);
      for (const { message } of reasons) expect(message).not.toBe('');
    }
    return reply;
  }

  it('as bytes is answered', async () => {
    const encodings = fc.constantFrom({}, { 'content-encoding': 'gzip' });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), encodings, async (bytes, headers) => {
        await expectSoundReply(bytes, headers);
      }),
      { numRuns: 200 },
    );
  });

  it('as JSON is answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        await expectSoundReply(text);
      }),
      { numRuns: 200 },
    );
  });

  it('that comes near a batch is stored or named, event by event', async () => {
    await fc.assert(
      fc.asyncProperty(nearlyBatch, async (batch) => {
        const text = JSON.stringify(batch);
        const { data } = await expectSoundReply(text);
        if (data.issues) return;
        const { events } = JSON.parse(text) as { events?: unknown[] };
        expect(data.accepted + data.rejected.length).toBe(events?.length);
        expect(new Set(data.rejected.map(({ index }) => index)).size).toBe(data.rejected.length);
      }),
      { numRuns: 300 },
    );
  });

  it('as a bare event is stored or refused with the field', async () => {
    await fc.assert(
      fc.asyncProperty(nearlyEvent, async (event) => {
        await expectSoundReply(JSON.stringify(event));
      }),
      { numRuns: 200 },
    );
  });
});
