import { CURRENCIES, EVENT_SCHEMAS, EVENT_TYPES, RESERVED_CUSTOM_NAMES } from '@liveinsight/schema';
import { describe, expect, test } from 'vitest';
import { accepted, NOW, parse } from './parse.js';

const common = {
  event_id: 'e1',
  timestamp: NOW - 1000,
  page_url: 'https://shop.example/cart?step=1',
  page_title: 'Cart',
  gap_ms: 1500,
  engaged: true,
  props: { plan: 'pro', seats: 3, trial: false, coupon: null, tags: ['a', 'b'], nested: { deep: { er: 1 } } },
};
const element = {
  element_tag: 'BUTTON',
  element_id: 'buy',
  element_class: 'primary big',
  element_text: 'Buy now',
  href: 'https://shop.example/checkout',
};
const engagement = { engaged_ms: 3900, scroll_pct: 75.5 };

const FULL: Record<string, object> = {
  page_view: { ...common, view: 2, from_page: '/', first_on_page: true },
  click: { ...common, ...element },
  conversion: {
    ...common,
    conversion_type: 'purchase',
    value: 12.5,
    currency: 'EUR',
    nth: 1,
    nth_of_type: 1,
  },
  heartbeat: { ...common, ...engagement },
  page_exit: { ...common, ...engagement },
  scroll: { ...common, ...engagement },
  form_submit: { ...common, ...element },
  custom: { ...common, name: 'signup' },
};
const REQUIRED: Record<string, object> = {
  conversion: { conversion_type: 'purchase' },
  custom: { name: 'signup' },
};

describe.each(EVENT_TYPES)('%s', (event_type) => {
  test('keeps every field it has', () => {
    const event = { event_type, ...FULL[event_type] };
    expect(Object.keys(event).sort()).toEqual(Object.keys(EVENT_SCHEMAS[event_type].entries).sort());
    expect(accepted({ events: [event] }).batch.events).toEqual([event]);
  });

  test('is valid with its required fields alone', () => {
    const event = { event_type, ...REQUIRED[event_type] };
    expect(accepted({ events: [event] })).toMatchObject({ accepted: 1, rejected: [] });
  });

  test('drops fields it does not know', () => {
    const event = { event_type, ...FULL[event_type], ip: '203.0.113.9', received_at: 1, constructor: 1 };
    expect(accepted({ events: [event] }).batch.events).toEqual([{ event_type, ...FULL[event_type] }]);
  });
});

test.each([
  ['conversion', 'conversion_type'],
  ['custom', 'name'],
])('%s without %s is rejected and says which field is missing', (event_type, path) => {
  expect(accepted({ events: [{ event_type, event_id: 'e1' }] }).rejected).toEqual([
    { index: 0, event_id: 'e1', code: 'missing_field', path, message: `${path} must be given` },
  ]);
});

test('an unknown event type is rejected with the types there are', () => {
  const parsed = accepted({ events: [{ event_type: 'pageview', event_id: 'e1' }] });
  expect(parsed.batch.events).toEqual([]);
  expect(parsed.rejected).toEqual([
    {
      index: 0,
      event_id: 'e1',
      code: 'unknown_event_type',
      path: 'event_type',
      message: `event_type must be one of ${EVENT_TYPES.join(', ')}`,
    },
  ]);
});

test.each(['__proto__', 'constructor', 'toString', 1, null, {}, ['page_view']])(
  'the event type %j is not a type',
  (event_type) => {
    expect(accepted({ events: [{ event_type }] }).rejected[0]?.code).toBe('unknown_event_type');
  },
);

test.each(RESERVED_CUSTOM_NAMES)('the capture %s travels as a custom event', (name) => {
  expect(accepted({ events: [{ event_type: 'custom', name }] }).accepted).toBe(1);
});

test('currencies are those of ISO 4217, past ones of late years, and crypto-currencies in use', () => {
  const conversion = (currency: string) => ({
    event_type: 'conversion',
    conversion_type: 'purchase',
    currency,
  });
  const known = ['EUR', 'KRW', 'XCG', 'HRK', 'BGN', 'XXX', 'BTC', 'ETH'];
  const unknown = ['eur', 'EURO', '€', 'EUO', 'AAA', 'constructor', ''];
  const parsed = parse({ events: [...known, ...unknown].map(conversion) });
  expect(parsed).toMatchObject({
    accepted: known.length,
    rejected: unknown
      .map((_, at) => known.length + at)
      .map((index) => ({
        index,
        path: 'currency',
        message: 'currency must be a currency as EUR (ISO 4217, in capital letters)',
      })),
  });
});

test('currencies have the minor units of the standard', () => {
  expect(['JPY', 'EUR', 'KWD', 'CLF', 'BTC', 'XAU'].map((code) => CURRENCIES.get(code))).toEqual([
    0,
    2,
    3,
    4,
    8,
    undefined,
  ]);
  for (const code of CURRENCIES.keys()) expect(code).toMatch(/^[A-Z]{3}$/);
});
