import { describe, expect, test } from 'vitest';
import { accepted, NOW, parse, parseText, refused } from './parse.js';

const view = (event_id: string, more: object = {}) => ({
  event_type: 'page_view',
  event_id,
  timestamp: NOW,
  ...more,
});

test('a whole batch passes unchanged, but for what the parser is told by it', () => {
  const { v, ...sent } = {
    v: 1,
    site: 'shop',
    batch: 'b1',
    session: {
      session_id: 's1',
      entry_page: '/',
      referrer: '',
      utm: { source: 'news', medium: 'mail', campaign: 'may', term: 'x', content: 'y' },
    },
    visitor_id: 'v1',
    user_id: 'Ünal #7',
    context: {
      language: 'ko',
      screen: '1920x1080',
      viewport: '1280x720',
      timezone: 'Asia/Seoul',
      touch_points: 5,
      webdriver: false,
    },
    sent_at: NOW,
    dropped: { storage_full: 3 },
    release: '2.1.0',
    events: [view('e1'), view('e2')],
  };
  expect(parse({ v, ...sent })).toEqual({
    ok: true,
    bare: false,
    accepted: 2,
    rejected: [],
    repeated: [],
    batch: sent,
  });
});

describe('what is missing is filled in', () => {
  test('a batch is named by its first valid event, given or made', () => {
    expect(accepted({ events: [{ event_type: 'nonsense' }, view('e2')] }).batch.batch).toBe('e2');
    expect(accepted({ events: [{ event_type: 'click' }] }).batch.batch).toBe('made-1');
    expect(accepted({ events: [{ event_type: 'nonsense' }] }).batch.batch).toBe('made-1');
  });

  test('a session is named by its batch, so that a repeated request falls together', () => {
    expect(accepted({ events: [view('e1')] }).batch.session).toEqual({ session_id: 'e1' });
    expect(accepted({ batch: 'b1', session: { referrer: '' }, events: [view('e1')] }).batch.session).toEqual({
      session_id: 'b1',
      referrer: '',
    });
  });

  test('events without an id are new each, and without a time happen now', () => {
    const events = [{ event_type: 'click' }, { event_type: 'click' }];
    expect(accepted({ batch: 'b1', events }).batch.events).toEqual([
      { event_type: 'click', event_id: 'made-1', timestamp: NOW },
      { event_type: 'click', event_id: 'made-2', timestamp: NOW },
    ]);
  });

  test('a site is not', () => {
    expect(accepted({ events: [view('e1')] }).batch).not.toHaveProperty('site');
  });
});

describe('times', () => {
  const timeOf = (timestamp: unknown) => {
    const { batch } = accepted({ sent_at: timestamp, events: [view('e1', { timestamp })] });
    expect(batch.sent_at).toBe(batch.events[0]?.timestamp);
    return batch.sent_at;
  };
  test.each([
    ['seconds', 1_693_900_000, 1_693_900_000_000],
    ['seconds with a fraction', 1_693_900_000.123, 1_693_900_000_123],
    ['milliseconds', 1_693_900_000_123, 1_693_900_000_123],
    ['milliseconds with a fraction, as performance.now() makes them', 1_693_900_000_123.6, 1_693_900_000_124],
    ['the year 1970', 0, 0],
    ['a clock that began at 1970 some days ago', 300_000_000, 300_000_000],
    ['the year 1950', -631_152_000_000, -631_152_000_000],
    ['the year 2099', 4_070_908_800_000, 4_070_908_800_000],
  ])('%s are read as milliseconds', (_, given, read) => {
    expect(timeOf(given)).toBe(read);
  });

  test.each([['"2026-01-31"'], ['null'], ['1e999'], ['-1e999'], ['1e300']])('%s is no time', (given) => {
    const text = `{"events":[{"event_type":"click","event_id":"e1","timestamp":${given}}]}`;
    expect(parseText(text)).toMatchObject({
      accepted: 0,
      rejected: [{ code: 'invalid_value', path: 'timestamp' }],
    });
  });
});

describe('an event that comes twice in a batch', () => {
  test('is kept once, the first time, and both are accepted', () => {
    const parsed = accepted({ events: [view('e1', { view: 1 }), view('e2'), view('e1', { view: 9 })] });
    expect(parsed.batch.events).toEqual([view('e1', { view: 1 }), view('e2')]);
    expect(parsed).toMatchObject({
      accepted: 3,
      rejected: [],
      repeated: [{ index: 2, event_id: 'e1' }],
    });
  });

  test('is kept where its first copy is bad', () => {
    const parsed = accepted({ events: [view('e1', { view: -1 }), view('e1')] });
    expect(parsed.batch.events).toEqual([view('e1')]);
    expect(parsed).toMatchObject({ accepted: 1, rejected: [{ index: 0, event_id: 'e1' }], repeated: [] });
  });
});

test('a bad event is named by place, id, code, path and message, and costs no other', () => {
  const parsed = accepted({
    events: [
      view('e0'),
      view('e1', { page_url: 7 }),
      { event_type: 'custom', event_id: 'e2' },
      view('not an id'),
      view('e4', { props: { plan: { tier: Array(2).fill('x'.repeat(1025)) } } }),
      'page_view',
      null,
      [],
      {},
      view('e9'),
    ],
  });
  expect(parsed.batch.events).toEqual([view('e0'), view('e9')]);
  expect(parsed.accepted).toBe(2);
  expect(parsed.rejected).toEqual([
    {
      index: 1,
      event_id: 'e1',
      code: 'invalid_value',
      path: 'page_url',
      message: 'page_url must be a string',
    },
    { index: 2, event_id: 'e2', code: 'missing_field', path: 'name', message: 'name must be given' },
    {
      index: 3,
      code: 'invalid_value',
      path: 'event_id',
      message: 'event_id must be 1 to 64 of the characters A-Z a-z 0-9 . _ -',
    },
    {
      index: 4,
      event_id: 'e4',
      code: 'invalid_value',
      path: 'props.plan.tier.0',
      message: 'props.plan.tier.0 must have at most 1024 characters',
    },
    ...[5, 6, 7].map((index) => ({
      index,
      code: 'invalid_value',
      path: '',
      message: 'an event must be an object',
    })),
    {
      index: 8,
      code: 'missing_field',
      path: 'event_type',
      message: 'event_type must be given',
    },
  ]);
});

describe('what events share is judged once', () => {
  test('all that is wrong with it is named, and nothing of the batch is taken', () => {
    expect(
      refused({
        v: 2,
        site: 'My Shop',
        session: { session_id: '', utm: { source: 5 } },
        context: [],
        dropped: { '': 1, storage_full: -1.5 },
        events: 'none',
      }).map(({ path, message }) => [path, message]),
    ).toEqual([
      ['v', 'v must be 1'],
      ['site', 'site must be 1 to 64 of the characters a-z 0-9 . _ -'],
      ['session.session_id', 'session.session_id must be 1 to 64 of the characters A-Z a-z 0-9 . _ -'],
      ['session.utm.source', 'session.utm.source must be a string'],
      ['context', 'context must be an object'],
      ['dropped.', 'dropped. must not be empty'],
      ['dropped.storage_full', 'dropped.storage_full must be at least 0'],
      ['events', 'events must be a list of 1 to 50 events'],
    ]);
  });

  test.each(['session', 'session.utm', 'context', 'dropped'])('%s must be an object', (path) => {
    const wrong = [[], ['x'], 'x', 1, null];
    for (const value of wrong) {
      const batch = path === 'session.utm' ? { session: { utm: value } } : { [path]: value };
      expect(refused({ ...batch, events: [view('e1')] })).toEqual([
        { code: 'invalid_value', path, message: `${path} must be an object` },
      ]);
    }
  });

  test('unknown fields are ignored', () => {
    expect(accepted({ ip: '203.0.113.9', session: { colour: 'red' }, events: [view('e1')] }).batch).toEqual({
      batch: 'e1',
      session: { session_id: 'e1' },
      context: {},
      events: [view('e1')],
    });
  });
});
