import { ISSUE_CODES, MAX_EVENTS_PER_BATCH, MAX_ISSUES, type ParsedBatch } from '@liveinsight/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bareEvent, spoiltBatch, wireBatch, wireEvent } from './arbitraries.js';
import { accepted, NOW, parse, parseText } from './parse.js';

const ID = /^[A-Za-z0-9._-]{1,64}$/;

/** What holds of every answer. */
function expectRightShape(parsed: ParsedBatch) {
  expect(JSON.stringify(parsed).isWellFormed()).toBe(true);
  if (!parsed.ok) {
    expect(parsed.issues.length).toBeGreaterThan(0);
    expect(parsed.issues.length).toBeLessThanOrEqual(MAX_ISSUES);
    for (const { code, path, message } of parsed.issues) {
      expect(ISSUE_CODES).toContain(code);
      expect(message.startsWith(path) && message.length > path.length).toBe(true);
    }
    return;
  }
  const { batch, rejected, repeated } = parsed;
  expect(parsed.accepted).toBe(batch.events.length + repeated.length);
  expect(parsed.accepted + rejected.length).toBeLessThanOrEqual(MAX_EVENTS_PER_BATCH);
  expect(batch.batch).toMatch(ID);
  expect(batch.session.session_id).toMatch(ID);
  expect(new Set(batch.events.map(({ event_id }) => event_id)).size).toBe(batch.events.length);
  for (const event of batch.events) {
    expect(event.event_id).toMatch(ID);
    expect(Number.isSafeInteger(event.timestamp)).toBe(true);
  }
}

test('any bytes get an answer of the right shape, never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expectRightShape(parseText(new TextDecoder().decode(bytes)));
    }),
  );
});

test('any text of 16-bit units gets an answer of the right shape, never an exception', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff)), (units) => {
      const text = String.fromCharCode(...units);
      expectRightShape(parseText(text));
      expectRightShape(
        parseText(JSON.stringify({ event_type: 'custom', name: text, props: { [text]: text } })),
      );
      expectRightShape(parseText(`{"event_type":"custom","name":"${text.replace(/["\\]/g, '')}"}`));
    }),
  );
});

test('any JSON gets an answer of the right shape, never an exception', () => {
  const fields = fc.record({ events: fc.jsonValue(), event_type: fc.jsonValue(), session: fc.jsonValue() });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fields, spoiltBatch), (value) => expectRightShape(parse(value))),
    { numRuns: 500 },
  );
});

/** As the parser leaves it: seconds made milliseconds, what is missing filled in. */
function asKept(event: { timestamp?: number; event_id?: string }) {
  const { timestamp = NOW } = event;
  const ms = timestamp >= 946_684_800 && timestamp < 1e11 ? timestamp * 1000 : timestamp;
  return { ...event, timestamp: Math.round(ms) + 0, event_id: event.event_id ?? expect.stringMatching(ID) };
}

test('every event of any valid batch is accepted and unchanged, in order', () => {
  fc.assert(
    fc.property(wireBatch, ({ v, ...sent }) => {
      const parsed = accepted({ ...(v && { v }), ...sent });
      const { sent_at, ...batch } = parsed.batch;
      const { sent_at: sentAt, ...expected } = sent;
      expect(parsed).toMatchObject({ accepted: sent.events.length, rejected: [], repeated: [], bare: false });
      expect(JSON.parse(JSON.stringify(batch))).toEqual({
        ...expected,
        batch: sent.batch ?? sent.events[0]?.event_id ?? 'made-1',
        context: sent.context ?? {},
        session: { session_id: batch.batch, ...sent.session },
        events: sent.events.map(asKept),
      });
      expect(sent_at === undefined).toBe(sentAt === undefined);
    }),
    { numRuns: 300 },
  );
});

test('any valid bare event is accepted and unchanged', () => {
  fc.assert(
    fc.property(bareEvent, (sent) => {
      const { batch, bare } = accepted(sent);
      const { site, session_id, visitor_id, user_id, server, referrer, sent_at, ...event } = sent;
      expect(bare).toBe(true);
      expect(JSON.parse(JSON.stringify(batch.events))).toEqual([asKept(event)]);
      expect(batch).toMatchObject({
        ...(site !== undefined && { site }),
        ...(visitor_id !== undefined && { visitor_id }),
        ...(user_id !== undefined && { user_id }),
        ...(server !== undefined && { server }),
        session: {
          session_id: session_id ?? batch.events[0]?.event_id,
          ...(referrer !== undefined && { referrer }),
        },
      });
    }),
    { numRuns: 300 },
  );
});

test('of valid events mixed with invalid ones exactly the valid are kept, in order', () => {
  const invalid = fc.oneof(
    fc.jsonValue().filter((value) => typeof value !== 'object' || value === null || Array.isArray(value)),
    wireEvent.map(({ event_type, ...rest }) => ({ ...rest, event_type: `${event_type}s` })),
    wireEvent.map((event) => ({ ...event, page_url: 1 })),
    wireEvent.map((event) => ({ ...event, gap_ms: -1 })),
    wireEvent.map((event) => ({ ...event, props: [] })),
  );
  const valid = wireEvent.map(({ event_id, ...event }) => event);
  const judged = fc.oneof(
    valid.map((event) => ({ event: event as unknown, good: true })),
    invalid.map((event) => ({ event: event as unknown, good: false })),
  );
  fc.assert(
    fc.property(fc.array(judged, { minLength: 1, maxLength: 12 }), (mixed) => {
      const parsed = accepted({ batch: 'b1', events: mixed.map(({ event }) => event) });
      const good = mixed.filter((one) => one.good);
      expect(JSON.parse(JSON.stringify(parsed.batch.events))).toEqual(
        good.map(({ event }) => asKept(event as object)),
      );
      expect(parsed.accepted).toBe(good.length);
      expect(parsed.rejected.map(({ index }) => index)).toEqual(
        mixed.flatMap((one, index) => (one.good ? [] : [index])),
      );
    }),
    { numRuns: 300 },
  );
});
