import type { StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, READ_KEY, type ReadReply, readReply, SECRET, type Stack, startStack } from '../stack.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A session's batch as the tracker sends it. */
function batchOf(site: string, session: string, events: object[], more: object = {}) {
  const [first] = events as { event_id: string }[];
  return {
    v: 1,
    site,
    batch: first?.event_id,
    session: { session_id: session, entry_page: '/', ...more },
    visitor_id: `visitor-of-${session}`,
    events,
  };
}

const view = (event_id: string, path: string, more: object = {}) => ({
  event_id,
  event_type: 'page_view',
  page_url: `https://shop.example${path}?utm_source=x`,
  ...more,
});

describe('GET /api/stats', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({
      sites: [{ id: 'shop' }, { id: 'seoul', timezone: 'Asia/Seoul' }],
      secret: SECRET,
    });
    const batches = [
      batchOf(
        'shop',
        's1',
        [
          view('a1', '/', { view: 1, first_on_page: true }),
          view('a2', '/cart', { view: 2, from_page: '/', first_on_page: true, gap_ms: 4_000 }),
          {
            event_id: 'a3',
            event_type: 'page_exit',
            page_url: 'https://shop.example/cart',
            engaged_ms: 3_000,
          },
          {
            event_id: 'a4',
            event_type: 'conversion',
            conversion_type: 'purchase',
            page_url: 'https://shop.example/cart',
            value: 12.5,
            currency: 'EUR',
            nth: 1,
            nth_of_type: 1,
            gap_ms: 2_000,
            engaged: true,
          },
        ],
        { referrer: 'https://www.google.com/search' },
      ),
      batchOf('shop', 's2', [
        view('b1', '/', { view: 1, first_on_page: true }),
        {
          event_id: 'b2',
          event_type: 'click',
          page_url: 'https://shop.example/',
          element_tag: 'A',
          element_id: 'buy',
        },
      ]),
      batchOf('shop', 's3', [{ event_id: 'c1', event_type: 'page_view' }]),
    ];
    for (const batch of batches) expect((await send(batch)).code).toBe(200);
  });
  afterAll(() => stack.close());

  const send = async (batch: object) =>
    readReply(await stack.collector.fetch(new Request('http://collector/api/events', post(batch))));

  async function ask(query: string): Promise<ReadReply<StatsData & { issues: { path: string }[] }>> {
    const request = new Request(`http://collector/api/stats?${query}`, {
      headers: { authorization: `Bearer ${READ_KEY}` },
    });
    return readReply(await stack.collector.fetch(request));
  }

  it('counts what arrived by the definitions of the field', async () => {
    const { code, data } = await ask('site=shop&from=24h');
    expect(code).toBe(200);
    expect(data.totals).toEqual({
      visitors: 3,
      sessions: 3,
      page_views: 4,
      views_per_session: 4 / 3,
      events: 7,
      clicks: 1,
      conversions: 1,
      conversion_rate: 1 / 3,
      bounce_rate: 2 / 3,
      engaged_sessions: 1,
      engagement_rate: 1 / 3,
      average_session_duration_ms: 2_000,
      average_engaged_ms: 750,
      revenue: { EUR: 12.5 },
    });
    expect(data.interval).toBe('hour');
    expect(data.series.reduce((sum, point) => sum + (point.page_views ?? 0), 0)).toBe(4);
  });

  it('breaks numbers down, rows ordered by what the breakdown is about', async () => {
    const { data } = await ask(
      'site=shop&breakdown=page,exit_page,entry_page,source&breakdown=event_name,click_target,conversion_type,hour_of_week',
    );
    expect(data.breakdowns.page?.map(({ value, page_views, exits }) => [value, page_views, exits])).toEqual([
      ['/', 2, 1],
      ['/cart', 1, 1],
    ]);
    expect(data.breakdowns.page?.[1]).toMatchObject({
      average_engaged_ms: 3_000,
      conversions: 1,
      exit_rate: 1,
    });
    expect(data.breakdowns.exit_page?.map(({ exits }) => exits)).toEqual([1, 1]);
    expect(data.breakdowns.entry_page?.[0]).toMatchObject({ value: '/', sessions: 3, bounce_rate: 2 / 3 });
    expect(data.breakdowns.source?.map(({ value, sessions }) => [value, sessions])).toContainEqual([
      'google',
      1,
    ]);
    // What is not known of a row is not there: no 0 stands for it.
    expect(data.breakdowns.event_name?.[0]).toEqual({
      value: 'page_view',
      events: 4,
      page_views: 4,
      clicks: 0,
      conversions: 0,
    });
    expect(data.breakdowns.click_target).toEqual([{ value: 'a#buy', events: 1, clicks: 1, conversions: 0 }]);
    expect(data.breakdowns.conversion_type).toEqual([
      { value: 'purchase', events: 1, conversions: 1, sessions: 1, conversion_rate: 1 / 3 },
    ]);
    expect(data.breakdowns.hour_of_week?.reduce((sum, { page_views = 0 }) => sum + page_views, 0)).toBe(4);
  });

  it('answers for the sessions that pass filters, and for those that do not', async () => {
    const purchases = await ask('site=shop&conversion_type=purchase');
    expect(purchases.data.totals).toMatchObject({ sessions: 1, page_views: 2, visitors: 1 });
    const others = await ask(`site=shop&page=${encodeURIComponent('!/cart')}&entry_page=/`);
    expect(others.data.totals).toMatchObject({ sessions: 2, page_views: 2, clicks: 1 });
  });

  it('compares with the same number of days before, as far as the range has come', async () => {
    const { data } = await ask('site=shop&from=7d&interval=day&compare=previous');
    expect(data.previous?.series).toHaveLength(data.series.length);
    // Today is not over: the day before the range begins is taken as far as today has come.
    const past = Date.parse(data.previous?.to ?? '') - Date.parse(data.previous?.from ?? '');
    expect(Math.abs(past - (Date.parse(data.as_of) - Date.parse(data.from)))).toBeLessThan(60_000);
    expect(Date.parse(data.from) - Date.parse(data.previous?.from ?? '')).toBe(8 * DAY_MS);
    // Nothing was measured before the first event: that is no zero.
    expect(data.previous?.totals.page_views).toBeNull();
  });

  it('begins days at midnight of the zone asked for', async () => {
    const { data } = await ask('site=shop&from=3d&interval=day&timezone=Asia/Seoul');
    for (const { start } of data.series) expect(start).toMatch(/T15:00:00.000Z$/);
    expect(data.totals.page_views).toBe(4);
  });

  it('is about the same events at every interval and in every zone', async () => {
    for (const interval of ['5m', 'hour', 'day', 'week', 'month']) {
      for (const timezone of ['UTC', 'Asia/Seoul', 'Asia/Kathmandu', 'America/St_Johns']) {
        const from = interval === '5m' ? '2h' : '2d';
        const { data } = await ask(`site=shop&from=${from}&interval=${interval}&timezone=${timezone}`);
        expect(data.totals, `${interval} ${timezone}`).toMatchObject({
          page_views: 4,
          sessions: 3,
          visitors: 3,
        });
      }
    }
  });

  it.each([
    ['timezone', 'timezone=Mars/Olympus'],
    ['from', 'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z'],
    ['from', 'from=yesterday'],
    ['to', 'to=2026-13-01'],
    ['from', 'from=2026-02-30'],
    ['from', 'from=2026-02-30T10:00:00Z'],
    ['to', 'to=2026-11-31'],
    ['interval', `interval=5m&from=${Date.now() - 5 * 365 * DAY_MS}`],
    ['interval', 'interval=fortnight'],
    ['breakdown', 'breakdown=shoe_size'],
    ['metric', 'metric=happiness'],
    ['metric', 'metric=events&sort=events'],
    ['sort', 'sort=happiness'],
    ['offset', 'offset=-1'],
    ['offset', 'offset=10000000'],
    ['columns', 'columns=visitors,shoes'],
    ['format', 'format=xml'],
    ['breakdown', 'format=csv'],
    ['breakdown', 'format=csv&breakdown=page,source'],
    ['hour_of_week', 'hour_of_week=NaN'],
    ['hour_of_week', 'hour_of_week=!8-00'],
    ['hour_of_week', 'hour_of_week=1-09&hour_of_week=1-24'],
    ['hour_of_week', 'hour_of_week='],
    ['limit', 'limit=0'],
    ['compare', 'compare=next'],
    ['metrics', 'metrics=page_views'],
    ['page', `page=${'x'.repeat(3_000)}`],
    ['country', `country=${'x'.repeat(10_000_000)}`],
    ['page', 'page=a&'.repeat(1_000_000)],
    ['source', `source=${"' OR 1=1 --".repeat(300)}`],
    ['site', 'site=none'],
  ])('refuses a bad %s by name', async (parameter, query) => {
    const { code, data, message } = await ask(query);
    expect([400, 403]).toContain(code);
    expect(data.issues[0]?.path).toBe(parameter);
    expect(message).toContain(parameter);
  });

  it('takes a value of a filter as a value, whatever it holds', async () => {
    const { code, data } = await ask(`site=shop&source=${encodeURIComponent("x' OR '1'='1")}`);
    expect(code).toBe(200);
    expect(data.totals.events).toBe(0);
  });
});

describe('equal reads', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.close());

  const ask = (headers: Record<string, string> = {}) =>
    stack.collector.fetch(
      new Request('http://collector/api/stats?interval=day&from=3d', {
        headers: { authorization: `Bearer ${READ_KEY}`, ...headers },
      }),
    );

  it('at once are computed once', async () => {
    let queries = 0;
    const { arrivals } = stack.store;
    stack.store.arrivals = (query) => {
      queries += 1;
      return arrivals(query);
    };
    // The first one reads what arrived before anybody asked.
    await ask();
    queries = 0;
    await ask();
    const ofOne = queries;
    await Promise.all(Array.from({ length: 20 }, () => ask()));
    expect(queries).toBe(2 * ofOne);
  });

  it('are answered 304 while nothing has changed, and anew when something has', async () => {
    const etag = (await ask()).headers.get('etag') ?? '';
    expect((await ask({ 'if-none-match': etag })).status).toBe(304);
    const event = { site: 'shop', event_type: 'page_view' };
    await stack.collector.fetch(new Request('http://collector/api/events', post(event)));
    expect((await ask({ 'if-none-match': etag })).status).toBe(200);
  });
});
