/** One bad field of what events share never costs the events, where whoever parses asks for that. */
import { MAX_CONTEXT_CHARS, MAX_NAME_CHARS, MAX_URL_CHARS, parseBatch } from '@liveinsight/schema';
import { expect, test } from 'vitest';
import { NOW } from './parse.js';

const options = { now: NOW, newId: () => 'made', repair: true };
const sent = (envelope: object) => {
  const value = { ...envelope, events: [{ event_type: 'click', event_id: 'e1' }] };
  const before = JSON.stringify(value);
  const parsed = parseBatch(value, options);
  expect(JSON.stringify(value)).toBe(before);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  expect(parsed.batch.events).toHaveLength(1);
  return parsed.batch;
};
const long = (chars: number) => ['x'.repeat(chars + 1), 'x'.repeat(chars)];
const [longName, name] = long(MAX_NAME_CHARS);
const [longWord, word] = long(MAX_CONTEXT_CHARS);
const [longPage, page] = long(MAX_URL_CHARS);

test.each([
  [
    'a campaign too long',
    { session: { utm: { source: longName, term: 'x' } } },
    { session: { utm: { source: name, term: 'x' } } },
    1,
  ],
  [
    'a campaign as a number',
    { session: { utm: { campaign: 2026 } } },
    { session: { utm: { campaign: '2026' } } },
    0,
  ],
  [
    'a campaign that is a list',
    { session: { utm: { source: ['a'], medium: 'm' } } },
    { session: { utm: { medium: 'm' } } },
    1,
  ],
  [
    'campaigns as text',
    { session: { session_id: 's', utm: '?utm_source=x' } },
    { session: { session_id: 's' } },
    1,
  ],
  ['a referrer too long', { session: { referrer: longPage } }, { session: { referrer: page } }, 1],
  ['addresses that are none', { session: { referrer: 5, entry_page: {} } }, { session: {} }, 2],
  ['an entry page too long', { session: { entry_page: longPage } }, { session: { entry_page: page } }, 1],
  ['a session that is none', { session: 'abc' }, { session: { session_id: 'e1' } }, 1],
  ['a session as a number', { session: { session_id: 7 } }, { session: { session_id: '7' } }, 0],
  [
    'a session of no id',
    { session: { session_id: 'a b', referrer: 'x' } },
    { session: { session_id: 'e1', referrer: 'x' } },
    1,
  ],
  ['a person too long, who is never cut', { user_id: 'x'.repeat(129) }, {}, 1],
  ['a person as a number', { user_id: 42 }, { user_id: '42' }, 0],
  ['no person', { user_id: null, visitor_id: null, context: null }, {}, 0],
  ['an empty person', { user_id: '' }, {}, 1],
  ['a visitor that is no id', { visitor_id: 'auth0|7' }, {}, 1],
  [
    'a device that says odd things',
    { context: { language: longWord, screen: 7, viewport: [1], webdriver: 'no' } },
    { context: { language: word, screen: '7' } },
    3,
  ],
  ['touches as text', { context: { touch_points: '5' } }, { context: { touch_points: 5 } }, 0],
  ['touches that are none', { context: { touch_points: -1 } }, { context: {} }, 1],
  ['a release that is too long', { release: longName }, { release: name }, 1],
  ['a release as a number', { release: 7 }, { release: '7' }, 0],
  ['a device that is a list', { context: [] }, { context: {} }, 1],
  ['a clock as text', { sent_at: '1767225600000' }, { sent_at: 1_767_225_600_000 }, 0],
  ['a clock in words', { sent_at: 'now' }, {}, 1],
  ['counts that are none', { dropped: { a: 1, b: -1, '': 2, c: 'x' } }, { dropped: { a: 1, field: 3 } }, 3],
  [
    'a reason too long',
    { dropped: { [String(longName)]: 1 } },
    { dropped: { [String(name)]: 1, field: 1 } },
    1,
  ],
  ['no list of reasons', { dropped: 'none' }, {}, 1],
])('events are kept with %s', (_what, envelope, read, lost) => {
  const batch = sent(envelope);
  expect(batch).toMatchObject(read);
  expect(batch.dropped?.field ?? 0).toBe(lost);
  for (const field of ['user_id', 'visitor_id', 'sent_at'] as const) {
    if (!(field in read)) expect(batch).not.toHaveProperty(field);
  }
});

test('the first of too many reasons are kept', () => {
  const dropped = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`r${n}`, 1]));
  expect(Object.keys(sent({ dropped }).dropped ?? {})).toEqual([
    ...Object.keys(dropped).slice(0, 16),
    'field',
  ]);
});

test('a bare event is kept with bad fields beside its own', () => {
  const bare = {
    event_type: 'click',
    event_id: 'e1',
    user_id: {},
    referrer: longPage,
    session_id: 7,
    page_url: 5,
  };
  expect(parseBatch(bare, options)).toMatchObject({
    ok: true,
    bare: true,
    batch: { session: { session_id: '7', referrer: page }, dropped: { field: 3 } },
  });
});

test.each([
  ['site', 'My Shop'],
  ['batch', 'a b'],
  ['v', 2],
])('a batch is refused for its %s: to guess it would store the events elsewhere, or twice', (path, value) => {
  const envelope = { [path]: value, user_id: 5, events: [{ event_type: 'click' }] };
  expect(parseBatch(envelope, options)).toMatchObject({ ok: false, issues: [{ path }] });
});

test('all that is wrong is named where nothing is to be repaired', () => {
  const envelope = { user_id: 5, session: 'x', events: [{ event_type: 'click' }] };
  const parsed = parseBatch(envelope, { ...options, repair: false });
  expect(parsed).toMatchObject({ ok: false, issues: [{ path: 'session' }, { path: 'user_id' }] });
});
