/** Random batches as the log may hold them, ordinary and odd: for tests that compare columns with what was sent. */
import { EVENT_TYPES, type PropValue } from '@liveinsight/schema';
import fc from 'fast-check';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';
import { present } from './to-rows.js';

export const FROM = Date.UTC(2026, 0, 31);
export const TO = FROM + 86_400_000;

/** FNV-1a in 64 bits, spread over all of them. */
export function hash(id: string): bigint {
  let bits = 0xcbf29ce484222325n;
  for (let index = 0; index < id.length; index += 1)
    bits = ((bits ^ BigInt(id.charCodeAt(index))) * 0x100000001b3n) & 0xffffffffffffffffn;
  return ((bits ^ (bits >> 29n)) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
}

const few = (name: string, count: number) => fc.nat({ max: count - 1 }).map((number) => `${name}-${number}`);
const oddText = fc.constantFrom(
  '',
  ' ',
  'ä🙂',
  '(other)',
  'a\u0000b',
  '\n',
  'x'.repeat(700),
  '/'.repeat(600),
  'e\u0301',
);
const text = fc.oneof({ weight: 4, arbitrary: few('text', 4) }, { weight: 1, arbitrary: oddText });
const url = fc.oneof(
  { weight: 6, arbitrary: few('page', 6).map((page) => `https://www.shop.example/${page}?q=1`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '/checkout',
      'https://',
      'http://a:b@OTHER.example:81/%e4%b8%80#/r',
      'ünsinn',
    ),
  },
);
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const number = fc.oneof(
  fc.nat({ max: 20 }),
  fc.nat({ max: 100_000 }).map((cents) => cents / 100),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -1, 1e15, -0.001, 2 ** 53, 5e-324),
);
const scalar: fc.Arbitrary<PropValue> = fc.oneof(number, text, fc.boolean(), fc.constant(null));
const props: fc.Arbitrary<{ [key: string]: PropValue }> = fc.dictionary(
  fc.oneof(
    { weight: 6, arbitrary: few('key', 5) },
    { weight: 1, arbitrary: fc.constantFrom('', 'a.b', 'constructor') },
  ),
  fc.oneof(
    { weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) },
    { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('b', 'c'), scalar, { maxKeys: 2 }) },
  ),
  { maxKeys: 5 },
);
const ordinal = fc.oneof(
  { weight: 6, arbitrary: fc.nat({ max: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(65_535, 1_000_000) },
);

const event: fc.Arbitrary<StoredEvent> = fc
  .record({
    event_type: fc.constantFrom(...EVENT_TYPES),
    event_id: fc.uuid(),
    timestamp: fc.oneof(
      { weight: 8, arbitrary: fc.nat({ max: 3_600_000 }).map((ms) => FROM + ms) },
      { weight: 1, arbitrary: fc.constantFrom(0, -5, FROM - 86_400_000 * 7, 8_640_000_000_000_000) },
      // Many at the same time.
      { weight: 2, arbitrary: fc.constant(FROM + 1_000) },
    ),
    page_url: maybe(url),
    page_title: maybe(text),
    gap_ms: maybe(fc.nat({ max: 1_800_000 })),
    props: maybe(props),
    delayed: maybe(fc.constant(true)),
    view: maybe(ordinal),
    from_page: maybe(url),
    first_on_page: maybe(fc.boolean()),
    element_tag: maybe(text),
    element_id: maybe(text),
    element_text: maybe(text),
    href: maybe(url),
    conversion_type: few('goal', 3),
    value: maybe(
      fc.oneof(
        number.filter((one) => Math.abs(one) <= 9e9),
        fc.constantFrom(0.00000001, 25),
      ),
    ),
    currency: maybe(fc.constantFrom('EUR', 'USD', 'JPY', 'QQQ')),
    nth: maybe(ordinal),
    nth_of_type: maybe(ordinal),
    engaged: maybe(fc.boolean()),
    engaged_ms: maybe(fc.nat({ max: 86_400_000 })),
    scroll_pct: maybe(fc.oneof(fc.nat({ max: 100 }), fc.constantFrom(0.5, 99.9))),
    name: fc.oneof(few('custom', 3), fc.constantFrom('click', 'error', 'outbound_click', '(other)')),
  })
  .map(
    // Only the fields of its type, as the edge leaves them.
    (all) =>
      Object.fromEntries(Object.entries(present(all)).filter(([name]) => isField(all.event_type, name))),
  ) as fc.Arbitrary<StoredEvent>;

const COMMON = [
  'event_type',
  'event_id',
  'timestamp',
  'page_url',
  'page_title',
  'gap_ms',
  'props',
  'delayed',
  'engaged',
];
const ELEMENT = ['element_tag', 'element_id', 'element_text', 'href'];
const READING = ['engaged_ms', 'scroll_pct'];
const FIELDS: Record<string, string[]> = {
  page_view: ['view', 'from_page', 'first_on_page'],
  click: ELEMENT,
  form_submit: ELEMENT,
  conversion: ['conversion_type', 'value', 'currency', 'nth', 'nth_of_type'],
  heartbeat: READING,
  page_exit: READING,
  scroll: READING,
  custom: ['name'],
};
const isField = (type: string, name: string): boolean =>
  COMMON.includes(name) || (FIELDS[type]?.includes(name) ?? false);

const batch: fc.Arbitrary<StoredBatch> = fc
  .record({
    site: fc.constant('shop'),
    session_id: few('session', 6),
    visitor_id: few('visitor', 4),
    user_id: maybe(few('user', 2)),
    batch: fc.uuid(),
    received_at: fc.oneof(fc.nat({ max: 86_399_999 }), fc.nat({ max: 3 })).map((ms) => FROM + ms),
    expires_at: fc.constant(0),
    entry_page: maybe(url),
    referrer: maybe(url),
    utm: maybe(fc.record({ source: text, medium: text }, { requiredKeys: [] })),
    source: maybe(text),
    channel: maybe(few('channel', 2)),
    language: maybe(fc.constantFrom('ko', 'en-GB')),
    country: maybe(fc.constantFrom('KR', 'DE', 'US')),
    device: maybe(fc.constantFrom('mobile', 'desktop')),
    bot: fc.oneof(
      { weight: 7, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constant(true as const) },
    ),
    events: fc.array(event, { maxLength: 6 }),
  })
  .map((all) => present(all) as StoredBatch);

export const batches: fc.Arbitrary<StoredBatch[]> = fc.array(batch, { maxLength: 25 });
