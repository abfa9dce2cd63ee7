import { expect, test } from 'vitest';
import { accepted, NOW, parse, parseText, refused } from './parse.js';

test('a page view with seconds and a session is a batch of one', () => {
  const text = '{"event_type":"page_view","timestamp":1693900000,"session_id":"test-session"}';
  expect(parseText(text)).toEqual({
    ok: true,
    bare: true,
    accepted: 1,
    rejected: [],
    repeated: [],
    batch: {
      batch: 'made-1',
      session: { session_id: 'test-session' },
      context: {},
      events: [{ event_type: 'page_view', event_id: 'made-1', timestamp: 1_693_900_000_000 }],
    },
  });
});

test('a page view of a user, without session, id and time, gets all three', () => {
  const text = '{"user_id":"test","event_type":"page_view","page_url":"https://example.com"}';
  expect(parseText(text)).toMatchObject({
    ok: true,
    batch: {
      batch: 'made-1',
      user_id: 'test',
      session: { session_id: 'made-1' },
      events: [{ event_id: 'made-1', timestamp: NOW, page_url: 'https://example.com' }],
    },
  });
});

test('the envelope’s fields are taken from beside the event’s own, and do not stay in the event', () => {
  const { batch } = accepted({
    event_type: 'click',
    event_id: 'e1',
    element_id: 'buy',
    site: 'shop',
    session_id: 's1',
    visitor_id: 'v1',
    user_id: 'u1',
    referrer: 'https://news.example/',
    sent_at: 1_763_680_000,
  });
  expect(batch).toEqual({
    batch: 'e1',
    site: 'shop',
    session: { session_id: 's1', referrer: 'https://news.example/' },
    visitor_id: 'v1',
    user_id: 'u1',
    sent_at: 1_763_680_000_000,
    context: {},
    events: [{ event_type: 'click', event_id: 'e1', element_id: 'buy', timestamp: NOW }],
  });
});

test('an event with an id but no session gets the same names when it is sent again', () => {
  const event = { event_type: 'click', event_id: 'e1' };
  expect(accepted(event).batch).toMatchObject({ batch: 'e1', session: { session_id: 'e1' } });
  expect(accepted(event)).toEqual(accepted(event));
});

test('a bad event is refused with all that is wrong with it', () => {
  expect(refused({ event_type: 'conversion', session_id: 'no spaces', user_id: '' })).toEqual([
    {
      code: 'invalid_value',
      path: 'session_id',
      message: 'session_id must be 1 to 64 of the characters A-Z a-z 0-9 . _ -',
    },
    { code: 'invalid_value', path: 'user_id', message: 'user_id must not be empty' },
    { code: 'missing_field', path: 'conversion_type', message: 'conversion_type must be given' },
  ]);
});

test('an object with a list of events is a batch, whatever else it has', () => {
  expect(parse({ event_type: 'click', events: [{ event_type: 'page_view' }] })).toMatchObject({
    bare: false,
    batch: { events: [{ event_type: 'page_view' }] },
  });
});
