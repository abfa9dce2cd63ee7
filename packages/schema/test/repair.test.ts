/** One bad field never costs an event, where whoever parses asks for that. */
import { MAX_PROPS, parseBatch } from '@liveinsight/schema';
import { describe, expect, test } from 'vitest';
import { NOW } from './parse.js';

const kept = (event: object) => {
  const parsed = parseBatch({ events: [event] }, { now: NOW, newId: () => 'made', repair: true });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const { events, dropped } = parsed.batch;
  return { event: events[0], rejected: parsed.rejected, fields: dropped?.field ?? 0 };
};
const purchase = (fields: object) =>
  kept({ event_type: 'conversion', conversion_type: 'purchase', ...fields });
const withProps = (props: unknown) => kept({ event_type: 'custom', name: 'signup', props });

describe('a conversion is kept', () => {
  test.each([
    ['a value as text', { value: '12.50' }, { value: 12.5 }, 0],
    ['a value as text with spaces and a sign', { value: ' -7 ' }, { value: -7 }, 0],
    ['a currency in small letters', { value: 1, currency: 'eur ' }, { value: 1, currency: 'EUR' }, 0],
    ['an amount of won', { value: 2e9, currency: 'KRW' }, { value: 2e9, currency: 'KRW' }, 0],
    ['a value that is null', { value: null }, { value: undefined }, 0],
    ['a value that is one thing here and another there', { value: '1,234.50' }, { value: undefined }, 1],
    ['an empty value', { value: '' }, { value: undefined }, 1],
    ['a value too large', { value: 9.1e9 }, { value: undefined }, 1],
    [
      'a sign that several currencies share',
      { value: 3, currency: '$' },
      { value: 3, currency: undefined },
      1,
    ],
    ['letters that are no currency', { value: 3, currency: 'EUO' }, { value: 3, currency: undefined }, 1],
    ['a crypto-currency', { value: 1e-8, currency: 'btc' }, { value: 1e-8, currency: 'BTC' }, 0],
    [
      'all that fits into 9e15 micro-units',
      { value: 9e9, currency: 'IDR' },
      { value: 9e9, currency: 'IDR' },
      0,
    ],
    ['an empty currency', { value: 3, currency: '' }, { value: 3, currency: undefined }, 1],
    ['a value that is a list', { value: [1] }, { value: undefined }, 1],
    ['a type as a number', { conversion_type: 7 }, { conversion_type: '7' }, 0],
    ['a type too long', { conversion_type: 'x'.repeat(101) }, { conversion_type: 'x'.repeat(100) }, 1],
  ])('with %s', (_what, fields, read, lost) => {
    const { event, rejected, fields: count } = purchase(fields);
    expect(rejected).toEqual([]);
    for (const [name, value] of Object.entries(read)) expect(Reflect.get(event ?? {}, name)).toEqual(value);
    expect(count).toBe(lost);
  });
});

describe('properties are kept', () => {
  test.each([
    ['three levels of four', { a: { b: { c: { d: 1 } } }, ok: 1 }, { a: { b: {} }, ok: 1 }, 1],
    ['what of a text fits', { s: 'x'.repeat(1025), ok: 1 }, { s: 'x'.repeat(1024), ok: 1 }, 1],
    ['what of a name fits', { ['k'.repeat(101)]: 1 }, { ['k'.repeat(100)]: 1 }, 1],
    ['all but __proto__', JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}'), { constructor: 2 }, 1],
    ['none of a text', 'pro', undefined, 1],
    ['none of a list', [1, 2], undefined, 1],
    ['none of null', null, undefined, 0],
  ])('%s', (_what, props, read, lost) => {
    const { event, rejected, fields } = withProps(props);
    expect(rejected).toEqual([]);
    expect(event?.props).toEqual(read);
    expect(fields).toBe(lost);
  });

  test('the first of too many, over all levels', () => {
    const { event, fields } = withProps(
      Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`k${n}`, n])),
    );
    expect(Object.keys(event?.props ?? {})).toHaveLength(MAX_PROPS);
    expect(fields).toBe(6);
    expect(withProps({ list: Array(10_000).fill(1), after: 1 }).event?.props).toEqual({
      list: Array(MAX_PROPS - 1).fill(1),
    });
  });
});

test.each([
  ['a title too long', { page_title: 'x'.repeat(400) }, { page_title: 'x'.repeat(300) }, 1],
  ['a title as a number', { page_title: 404 }, { page_title: '404' }, 0],
  [
    'half an emoji at the end',
    { page_title: `${'x'.repeat(299)}😀😀` },
    { page_title: `${'x'.repeat(299)}\ufffd` },
    1,
  ],
  ['an address that is none', { page_url: {} }, { page_url: undefined }, 1],
  ['an ordinal that is none', { view: 1.5 }, { view: undefined }, 1],
  ['several at once', { view: -1, gap_ms: 'soon', page_title: [] }, { view: undefined }, 3],
])('a view is kept with %s', (_what, fields, read, lost) => {
  const { event, rejected, fields: count } = kept({ event_type: 'page_view', ...fields });
  expect(rejected).toEqual([]);
  for (const [name, value] of Object.entries(read)) expect(Reflect.get(event ?? {}, name)).toEqual(value);
  expect(count).toBe(lost);
});

test('milliseconds with a fraction are rounded', () => {
  expect(kept({ event_type: 'page_exit', engaged_ms: 3900.4 })).toMatchObject({
    event: { engaged_ms: 3900 },
    fields: 0,
  });
});

test.each([
  ['its id', { event_id: 'not an id' }],
  ['its time', { timestamp: 'yesterday' }],
])(
  'an event is rejected where %s is wrong: to guess it would count it twice, or elsewhere',
  (_what, fields) => {
    expect(kept({ event_type: 'click', ...fields }).rejected).toHaveLength(1);
  },
);

test('a name is never made up', () => {
  for (const name of ['', null, {}, true]) {
    expect(kept({ event_type: 'custom', name }).rejected).toMatchObject([{ path: 'name' }]);
  }
});

test('what the client has left out is counted with what is left out here', () => {
  const parsed = parseBatch(
    { dropped: { field: 2, queue_full: 1 }, events: [{ event_type: 'click', page_url: 7, gap_ms: -1 }] },
    { now: NOW, newId: () => 'made', repair: true },
  );
  expect(parsed).toMatchObject({
    batch: { dropped: { field: 4, queue_full: 1 }, events: [{ event_type: 'click' }] },
  });
});
