import { MAX_PROPS } from '@liveinsight/schema';
import { describe, expect, test } from 'vitest';
import { accepted, parse, parseText, refused } from './parse.js';

describe('a body that is no batch is refused with the reason', () => {
  test.each(['', ' ', '{', '{"events":[', '{"a":1}}', 'undefined', '\u0000', "{'a':1}", 'NaN'])(
    '%j',
    (text) => {
      const parsed = parseText(text);
      expect(parsed).toMatchObject({ ok: false, issues: [{ code: 'invalid_json', path: '' }] });
      expect(parsed.ok || parsed.issues[0].message).toMatch(/^the body is not JSON: ./);
    },
  );

  test.each([null, 1, 'text', true, [], [{ event_type: 'click' }]])('%j', (value) => {
    expect(refused(value)).toEqual([
      {
        code: 'invalid_body',
        path: '',
        message: 'the body must be an object: a batch, or a single event',
      },
    ]);
  });

  test.each([{}, { v: 1 }, { session_id: 's1', timestamp: 1 }])('%j', (value) => {
    expect(refused(value)).toEqual([
      {
        code: 'missing_field',
        path: 'events',
        message:
          'events must be given: a list of 1 to 50 events (or send a single event with its event_type)',
      },
    ]);
  });
});

describe('names that mean something to JavaScript', () => {
  test('pollute no prototype and reach no event', () => {
    const text = `{
      "__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}},
      "session": {"__proto__": {"session_id": "evil"}},
      "events": [{"__proto__": {"event_id": "evil"}, "event_type": "click", "event_id": "e1"}]
    }`;
    const parsed = parseText(text);
    expect(parsed).toMatchObject({
      ok: true,
      batch: { session: { session_id: 'e1' }, events: [{ event_id: 'e1' }] },
    });
    expect({}).not.toHaveProperty('polluted');
  });

  test('are refused as properties where they could be mistaken', () => {
    for (const props of ['{"__proto__":{"a":1}}', '{"a":[{"__proto__":1}]}']) {
      const text = `{"events":[{"event_type":"click","props":${props}}]}`;
      expect(parseText(text)).toMatchObject({
        rejected: [{ message: expect.stringMatching(/must not have a property named __proto__$/) }],
      });
    }
  });

  test('are kept as properties where they could not', () => {
    const props = { constructor: 'x', prototype: 1, toString: true, hasOwnProperty: null };
    expect(accepted({ events: [{ event_type: 'click', props }] }).batch.events).toMatchObject([{ props }]);
  });
});

describe('halves of surrogate pairs', () => {
  test('become U+FFFD wherever they are: text, property, name of a property, deep inside', () => {
    const text =
      '{"user_id":"a\\ud83d","events":[{"event_type":"custom","name":"\\udc00b","props":{"\\ud800":{"x":["\\uDBFF"]},"ok":"\\ud83d\\ude00"}}]}';
    const parsed = parseText(text);
    expect(parsed).toMatchObject({
      ok: true,
      batch: {
        user_id: 'a\ufffd',
        events: [{ name: '\ufffdb', props: { '\ufffd': { x: ['\ufffd'] }, ok: '😀' } }],
      },
    });
    expect(JSON.stringify(parsed).isWellFormed()).toBe(true);
  });

  test('that stand in the text as they are become U+FFFD too', () => {
    expect(parseText('{"event_type":"custom","name":"a\ud83d"}')).toMatchObject({
      batch: { events: [{ name: 'a\ufffd' }] },
    });
  });

  test('leave a __proto__ key beside them as it is', () => {
    const text = '{"event_type":"click","page_title":"\\ud800","__proto__":{"event_id":"evil"}}';
    expect(parseText(text)).toMatchObject({ batch: { events: [{ event_id: 'made-1' }] } });
  });
});

describe('size and depth', () => {
  test('100,000 levels of nesting are survived wherever they are', () => {
    const [open, close] = ['['.repeat(100_000), ']'.repeat(100_000)];
    expect(parseText(open + close)).toMatchObject({ ok: false });
    expect(parseText(`{"events":${open}${close}}`)).toMatchObject({ accepted: 0 });
    expect(parseText(`{"event_type":"click","unknown":${open}${close}}`)).toMatchObject({ accepted: 1 });
    expect(parseText(`{"event_type":"click","x":"\\ud800","props":{"a":${open}${close}}}`)).toMatchObject({
      ok: false,
      issues: [{ path: 'props.a.0.0' }],
    });
  });

  test('10,000 properties are refused', () => {
    const props = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`p${i}`, i]));
    expect(accepted({ events: [{ event_type: 'click', props }] }).rejected).toMatchObject([
      {
        path: 'props',
        message: `props must have at most ${MAX_PROPS} properties and list items over all levels`,
      },
    ]);
  });

  test('2,000 events are refused', () => {
    expect(refused({ events: Array(2000).fill({ event_type: 'click' }) })).toMatchObject([
      { code: 'too_many_events', path: 'events' },
    ]);
  });
});

test.each(['value', 'props'])('a number too large to be finite is refused in %s', (field) => {
  const value = field === 'props' ? '{"a":[1e999]}' : '1e999';
  const text = `{"events":[{"event_type":"conversion","conversion_type":"x","${field}":${value}}]}`;
  expect(parseText(text)).toMatchObject({
    rejected: [{ message: expect.stringMatching(/must be a finite number$/) }],
  });
});

test.each([[[]], ['x'], [1], [null], [true]])('props %j are refused', (props) => {
  expect(parse({ events: [{ event_type: 'click', props }] })).toMatchObject({
    rejected: [{ code: 'invalid_value', path: 'props', message: 'props must be an object' }],
  });
});
