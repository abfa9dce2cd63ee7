import { type BreakdownRow, COLUMN_BREAKDOWNS, FILTER_FIELDS, type StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, READ_KEY, readReply, type Stack, startStack } from '../stack.js';

const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
/** How ids of trackers begin. */
const CLOCK = Date.now().toString(36);
const page_url = 'https://shop.example/cart';

/** What people's sessions have nothing of. */
const OF_BOTS = ['bot', 'bot_operator', 'bot_category', 'bot_reason'] as const;
type FilterField = Exclude<(typeof FILTER_FIELDS)[number], (typeof OF_BOTS)[number]>;
const isOfPeople = (field: (typeof FILTER_FIELDS)[number]): field is FilterField =>
  !OF_BOTS.some((one) => one === field);

/** What a session has of everything that numbers are broken down by. */
const EXPECTED: Record<FilterField, RegExp> = {
  page: /^\/cart$/,
  entry_page: /^\/start$/,
  exit_page: /^\/cart$/,
  source: /^news$/,
  referrer: /^www\.example\.org\/list$/,
  channel: /^email$/,
  utm_source: /^news$/,
  utm_medium: /^email$/,
  utm_campaign: /^spring$/,
  utm_term: /^shoes$/,
  utm_content: /^top$/,
  click_id: /^fbclid$/,
  country: /^KR$/,
  region: /^11$/,
  city: /^Seoul$/,
  language: /^ko/,
  device: /^mobile$/,
  browser: /^Safari$/,
  os: /^iOS$/,
  screen: /^390x844$/,
  release: /^2\.1$/,
  visitor_type: /^new$/,
  hostname: /^shop\.example$/,
  title: /^Your cart$/,
  page_group: /^\/cart$/,
  event_name: /^(page_view|click|conversion|page_exit|sign_up)$/,
  click_target: /^button#buy$/,
  conversion_type: /^purchase$/,
  hour_of_week: /^[1-7]-\d\d$/,
};
/** Numbers that every row has, as far as they are known of it. */
function numbersOf(breakdown: FilterField): (keyof BreakdownRow)[] {
  switch (breakdown) {
    case 'hostname':
    case 'page_group':
    case 'title':
      return ['page_views', 'sessions', 'visitors', 'events', 'conversions', 'clicks'];
    case 'event_name':
      return ['page_views', 'events', 'conversions', 'clicks'];
    case 'click_target':
      return ['events', 'conversions', 'clicks'];
    case 'conversion_type':
      return ['sessions', 'events', 'conversions', 'conversion_rate'];
    default:
      return ['page_views', 'sessions', 'events', 'conversions', 'conversion_rate'];
  }
}
const OF_PAGES = ['page', 'exit_page'];
const OF_EVENTS: FilterField[] = [
  ...COLUMN_BREAKDOWNS,
  'event_name',
  'click_target',
  'conversion_type',
  'hour_of_week',
];

describe('breakdowns', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ countryHeader: 'x-country', regionHeader: 'x-region', cityHeader: 'x-city' });
    const batch = {
      v: 1,
      site: 'shop',
      batch: 'e1',
      session: {
        session_id: `${CLOCK}0.5`,
        entry_page: '/start',
        referrer: 'https://www.example.org/list?q=1',
        utm: {
          source: 'news',
          medium: 'email',
          campaign: 'spring',
          term: 'shoes',
          content: 'top',
          fbclid: '1',
        },
      },
      visitor_id: `${CLOCK}0.25`,
      release: '2.1',
      context: { language: 'ko-KR', screen: '390x844' },
      events: [
        {
          event_id: 'e1',
          event_type: 'page_view',
          page_url,
          page_title: 'Your cart',
          view: 1,
          first_on_page: true,
        },
        { event_id: 'e2', event_type: 'click', page_url, element_tag: 'BUTTON', element_id: 'buy' },
        {
          event_id: 'e3',
          event_type: 'conversion',
          conversion_type: 'purchase',
          page_url,
          nth: 1,
          nth_of_type: 1,
        },
        { event_id: 'e4', event_type: 'custom', name: 'sign_up', page_url },
        { event_id: 'e5', event_type: 'page_exit', page_url, engaged_ms: 900 },
      ],
    };
    const headers = { 'user-agent': SAFARI, 'x-country': 'KR', 'x-region': '11', 'x-city': 'Seoul' };
    const sent = await stack.collector.fetch(new Request('http://c/api/events', post(batch, headers)));
    expect(sent.status).toBe(200);
  });
  afterAll(() => stack.close());

  async function ask(query: string): Promise<StatsData> {
    const headers = { authorization: `Bearer ${READ_KEY}` };
    const request = new Request(`http://c/api/stats?${query}`, { headers });
    const reply = await readReply<StatsData>(await stack.collector.fetch(request));
    expect(reply.code).toBe(200);
    return reply.data;
  }

  it.each(FILTER_FIELDS.filter(isOfPeople))(
    'by %s give its values with their numbers, and filter by them',
    async (breakdown) => {
      const { breakdowns } = await ask(`breakdown=${breakdown}`);
      expect(Object.keys(breakdowns)).toEqual([breakdown]);
      const [row = {} as BreakdownRow] = breakdowns[breakdown] ?? [];
      expect(row.value).toMatch(EXPECTED[breakdown]);
      expect(Object.keys(row)).toEqual(expect.arrayContaining(numbersOf(breakdown)));
      if (OF_PAGES.includes(breakdown)) {
        expect(row).toMatchObject({
          page_views: 1,
          exits: 1,
          exit_rate: 1,
          average_engaged_ms: 900,
          clicks: 1,
        });
      } else if (!OF_EVENTS.includes(breakdown)) {
        expect(row).toMatchObject({ sessions: 1, page_views: 1, conversions: 1, conversion_rate: 1 });
      }
      const value = encodeURIComponent(row.value);
      expect((await ask(`${breakdown}=${value}`)).totals.events).toBe(5);
      expect((await ask(`${breakdown}=!${value}`)).totals.events).toBe(0);
    },
  );

  it('have no more rows than asked for', async () => {
    expect((await ask('breakdown=event_name&limit=2')).breakdowns.event_name).toHaveLength(2);
    expect((await ask('breakdown=event_name')).breakdowns.event_name).toHaveLength(5);
  });

  it('are sorted and searched as a whole, and say how many rows there are', async () => {
    const found = async (query: string) => {
      const { breakdowns, row_counts } = await ask(`breakdown=event_name&${query}`);
      return [breakdowns.event_name?.map(({ value }) => value), row_counts.event_name];
    };
    const names = ['click', 'conversion', 'page_exit', 'page_view', 'sign_up'];
    expect(await found('metric=value&order=asc')).toEqual([names, 5]);
    expect(await found('metric=value&limit=2')).toEqual([['sign_up', 'page_view'], 5]);
    expect(await found('metric=value&order=asc&search=PAGE')).toEqual([['page_exit', 'page_view'], 2]);
    expect(await found('search=nothing')).toEqual([[], 0]);
  });
});
