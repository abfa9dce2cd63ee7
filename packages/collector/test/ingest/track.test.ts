/** Events of the application that the collector runs in, and of browsers without a script. */
import type { CollectorOptions } from '@liveinsight/collector';
import type { RejectionsData, RevenueData, StatsData } from '@liveinsight/schema';
import { afterEach, describe, expect, it } from 'vitest';
import { post, READ_KEY, readReply, type Stack, startStack } from '../stack.js';
import { stopClock } from '../stopped-clock.js';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const PURCHASE = {
  event_type: 'conversion',
  conversion_type: 'purchase',
  value: 10,
  currency: 'EUR',
} as const;
const VIEW = { event_type: 'page_view', page_url: 'https://shop.example/a' } as const;

let stack: Stack;
const start = async (options: Partial<CollectorOptions> = {}) => {
  stack = await startStack({ countryHeader: 'x-country', ...options });
};
afterEach(() => stack.close());

const ask = async <Data>(path: string) => {
  const request = new Request(`http://collector/api${path}`, { headers: { 'x-api-key': READ_KEY } });
  return (await readReply<Data>(await stack.collector.fetch(request))).data;
};
/** A view of a browser with a tracker. */
const browse = (session_id: string, more: object = {}) =>
  stack.collector.fetch(
    new Request(
      'http://collector/api/events',
      post(
        {
          ...{ batch: `${session_id}.1`, session: { session_id }, visitor_id: 'visitor-1' },
          events: [{ event_id: `${session_id}.1`, ...VIEW, view: 1, first_on_page: true, gap_ms: 0 }],
          ...more,
        },
        { 'user-agent': CHROME, 'x-country': 'KR' },
      ),
    ),
    { ip: '203.0.113.9' },
  );
const cookie = (now = Date.now()) =>
  `li%3Ashop=${encodeURIComponent(
    JSON.stringify({ s: { session_id: 's-1' }, v: 'visitor-1', b: now - 5_000, l: now - 1_000 }),
  )}`;

describe('collector.track', () => {
  it('adds to the visit of the browser’s request, with right rates and the browser’s country', async () => {
    await start();
    await browse('s-1');
    await browse('s-2', { visitor_id: 'visitor-2' });
    const request = { headers: { cookie: cookie(), 'user-agent': 'curl/8', 'x-country': 'US' } };
    expect(await stack.collector.track(PURCHASE, { request })).toEqual({ accepted: 1, rejected: [] });
    const stats = await ask<StatsData>('/stats?from=1h&breakdown=country,browser');
    expect(stats.totals).toMatchObject({
      ...{ sessions: 2, visitors: 2, page_views: 2, conversions: 1, conversion_rate: 0.5, bounce_rate: 1 },
    });
    expect(stats.breakdowns.country).toMatchObject([{ value: 'KR', sessions: 2, conversions: 1 }]);
    expect(stats.breakdowns.browser).toMatchObject([{ value: 'Chrome', conversions: 1 }]);
  });

  it('knows a browser without the tracker’s cookies by its request: a day of it is a session', async () => {
    await start();
    const headers = { 'user-agent': CHROME, 'x-country': 'FR', origin: 'https://elsewhere.example' };
    const request = { headers, socket: { remoteAddress: '203.0.113.9' } };
    await stack.collector.track(VIEW, { request });
    await stack.collector.track({ ...VIEW, page_url: 'https://shop.example/b' }, { request });
    await stack.collector.track(PURCHASE, {
      request: new Request('http://x/', { headers }),
      ip: '203.0.113.9',
    });
    await stack.collector.track(VIEW, { request: { ...request, socket: { remoteAddress: '203.0.113.10' } } });
    const { totals, breakdowns } = await ask<StatsData>('/stats?from=1h&breakdown=country,browser');
    expect(totals).toMatchObject({
      ...{ sessions: 2, visitors: 2, page_views: 3, conversions: 1, conversion_rate: 0.5, bounce_rate: 0.5 },
    });
    expect(breakdowns.country).toMatchObject([{ value: 'FR', page_views: 3 }]);
    expect(breakdowns.browser).toMatchObject([{ value: 'Chrome', page_views: 3 }]);
  });

  it('counts crawlers of pages that are rendered on the server, apart from people', async () => {
    await start();
    const bot =
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)';
    const request = (userAgent: string) => ({
      headers: { 'user-agent': userAgent },
      socket: { remoteAddress: '203.0.113.9' },
    });
    await stack.collector.track(VIEW, { request: request(bot) });
    await stack.collector.track({ ...VIEW, page_url: 'https://shop.example/b' }, { request: request(bot) });
    await stack.collector.track(VIEW, { request: request(CHROME) });
    const rows = 'breakdown=bot,bot_operator,bot_category,bot_reason,page';
    const people = await ask<StatsData>(`/stats?from=1h&${rows}`);
    expect(people.totals).toMatchObject({ sessions: 1, page_views: 1 });
    expect(people.breakdowns.bot).toEqual([]);
    const bots = await ask<StatsData>(`/stats?from=1h&traffic=bots&${rows}`);
    expect(bots.totals).toMatchObject({ sessions: 1, page_views: 2, bounce_rate: 0 });
    expect(bots.breakdowns).toMatchObject({
      bot: [{ value: 'GPTBot', sessions: 1, page_views: 2 }],
      bot_operator: [{ value: 'OpenAI' }],
      bot_category: [{ value: 'ai_crawler' }],
      bot_reason: [{ value: 'user_agent' }],
    });
    expect(bots.breakdowns.page).toHaveLength(2);
  });

  it('knows a user by their newest session, and no country of the server', async () => {
    await start();
    await browse('s-1', { user_id: 'customer-1' });
    await stack.collector.track(PURCHASE, { userId: 'customer-1' });
    await stack.collector.track({ ...PURCHASE, value: 5 }, { userId: 'customer-1' });
    await stack.collector.track({ event_type: 'custom', name: 'sign_up' }, { userId: 'nobody-yet' });
    const { totals, breakdowns } = await ask<StatsData>('/stats?from=1h&breakdown=country');
    expect(totals).toMatchObject({ sessions: 1, conversions: 2, conversion_rate: 1 });
    expect(breakdowns.country?.find(({ value }) => value === 'KR')).toMatchObject({ conversions: 2 });
    expect(breakdowns.country?.map(({ value }) => value)).toEqual(['KR']);
  });

  it('has all of the user’s session in breakdowns; of how the visit came, only what the server does not say', async () => {
    await start();
    const context = { screen: '1920x1080', viewport: '1200x800', timezone: 'Asia/Seoul', language: 'ko' };
    const session = { session_id: 's-1', entry_page: '/a', utm: { gclid: 'x' } };
    await browse('s-1', { user_id: 'customer-1', context, session });
    await stack.collector.track(PURCHASE, { userId: 'customer-1' });
    const { breakdowns } = await ask<StatsData>('/stats?from=1h&breakdown=click_id,screen,channel');
    expect(breakdowns.click_id).toMatchObject([{ value: 'gclid', conversions: 1 }]);
    expect(breakdowns.screen).toMatchObject([{ value: '1920x1080', conversions: 1 }]);
    expect(breakdowns.channel).toMatchObject([{ value: 'paid_search', conversions: 1 }]);
    const campaign = {
      ...{ server: true, user_id: 'customer-1', session: { utm: { source: 'news', medium: 'email' } } },
      events: [{ ...PURCHASE, event_id: 'by-mail' }],
    };
    await stack.collector.fetch(new Request('http://collector/api/events', post(campaign)));
    const made = (await stack.store.sessionsOfUser('shop', 'customer-1')).find((id) => id !== 's-1') ?? '';
    const batches = await stack.store.session('shop', made);
    const sent = batches.find(({ events }) => events[0]?.event_id === 'by-mail');
    expect(sent).toMatchObject({
      utm: { source: 'news', medium: 'email' },
      source: 'news',
      channel: 'email',
    });
    expect([sent?.click_id, sent?.country, sent?.screen]).toEqual([undefined, 'KR', '1920x1080']);
  });

  it('stores an event once, however often it is called with its id', async () => {
    await start();
    for (let call = 0; call < 3; call += 1)
      expect(
        await stack.collector.track(
          { ...PURCHASE, event_id: 'order-1', timestamp: 1_800_000_000_000 },
          { userId: 'u' },
        ),
      ).toEqual({
        accepted: 1,
        rejected: [],
      });
    expect((await ask<StatsData>('/stats?from=1h')).totals.conversions).toBe(1);
  });

  it('takes nothing of a visitor who has denied it, and rejects a wrong event by its field', async () => {
    await start();
    const denied = `li%3Ashop%3F=${encodeURIComponent('"7232774400000denied"')}`;
    expect(await stack.collector.track(PURCHASE, { request: { headers: { cookie: denied } } })).toEqual({
      accepted: 0,
      rejected: [],
    });
    await expect(stack.collector.track(PURCHASE, { site: 'none' })).rejects.toThrow('no site none');
    const wrong = { event_type: 'conversion' } as never;
    expect((await stack.collector.track(wrong)).rejected).toMatchObject([{ path: 'conversion_type' }]);
  });
});

describe('the pixel', () => {
  const load = async (
    query: string,
    { headers = {}, method = 'GET', ip = '203.0.113.9', path = '/p.gif' } = {},
  ) => {
    const request = new Request(`http://collector${path}${query}`, {
      method,
      headers: { 'user-agent': CHROME, 'x-country': 'DE', ...headers },
    });
    const response = await stack.collector.fetch(request, { ip });
    return {
      status: response.status,
      headers: response.headers,
      bytes: (await response.arrayBuffer()).byteLength,
    };
  };
  const page = encodeURIComponent('https://shop.example/a?utm_source=news&utm_medium=email&token=secret');

  it('counts views of a browser without scripts, in one session a day', async () => {
    await start();
    const first = await load(`?page=${page}&title=A`);
    expect(first).toMatchObject({ status: 200, bytes: 42 });
    expect(first.headers.get('content-type')).toBe('image/gif');
    expect(first.headers.get('cache-control')).toBe('no-store');
    await load('', { headers: { referer: 'https://shop.example/b' }, path: '/api/p.gif' });
    await load(`?page=${page}`, { ip: '203.0.113.10' });
    const { totals, breakdowns } = await ask<StatsData>(
      '/stats?from=1h&breakdown=page,source,country,browser,entry_page',
    );
    expect(totals).toMatchObject({ sessions: 2, visitors: 2, page_views: 3, bounce_rate: 0.5 });
    expect(breakdowns.page?.map(({ value }) => value).sort()).toEqual(['/a', '/b']);
    expect(breakdowns.source).toMatchObject([{ value: 'news', sessions: 2 }]);
    expect(breakdowns.country).toMatchObject([{ value: 'DE' }]);
    expect(breakdowns.browser).toMatchObject([{ value: 'Chrome' }]);
  });

  it('counts events of mails and feeds, with their properties', async () => {
    await start();
    await load('?event=mail_opened&prop:campaign=spring&user_id=customer-1');
    await load('?conversion=donation&value=5&currency=EUR');
    const { totals } = await ask<StatsData>(
      '/stats?from=1h&event_name=mail_opened&prop:campaign=spring&filter_by=event',
    );
    expect(totals.events).toBe(1);
    expect((await ask<StatsData>('/stats?from=1h')).totals).toMatchObject({ conversions: 1, events: 2 });
  });

  it('counts an event that has an unknown parameter, or a value that is no number', async () => {
    await start();
    await load(`?page=${page}&cb=4711`);
    for (const value of ['12.5', '+', '%20']) await load(`?conversion=donation&currency=EUR&value=${value}`);
    const { totals } = await ask<StatsData>('/stats?from=1h');
    expect(totals).toMatchObject({ page_views: 1, conversions: 3, revenue: { EUR: 12.5 } });
    expect((await ask<RevenueData>('/revenue?from=1h')).totals).toMatchObject([{ orders: 1 }]);
    const { rejections } = await ask<RejectionsData>('/rejections?from=1h');
    expect(rejections).toContainEqual(
      expect.objectContaining({ code: 'invalid_parameter', message: expect.stringContaining('"cb"') }),
    );
  });

  it('never shows an error, and counts what is wrong as rejected', async () => {
    stopClock();
    await start({ sessionEventsPerMinute: 2 });
    const long = `?page=${'a'.repeat(9_000)}`;
    for (const query of [
      '',
      '?pge=x',
      '?site=none&event=a',
      '?event=',
      long,
      '?conversion=a&value=x',
      '?%',
      `?event=${'x'.repeat(500)}`,
    ])
      expect(await load(query)).toMatchObject({ status: 200, bytes: 42 });
    await load(`?page=${page}`, { method: 'HEAD' });
    expect((await ask<StatsData>('/stats?from=1h')).totals.page_views).toBe(0);
    const { rejections } = await ask<RejectionsData>('/rejections?from=1h');
    expect(rejections.find(({ code }) => code === 'invalid_parameter')?.count).toBeGreaterThan(2);
    for (let view = 0; view < 4; view += 1) await load(`?page=${page}`, { ip: '198.51.100.1' });
    expect((await ask<StatsData>('/stats?from=1h')).totals.page_views).toBeLessThanOrEqual(2);
    const codes = (await ask<RejectionsData>('/rejections?from=1h')).rejections.map(({ code }) => code);
    expect(codes).toContain('rate_limited');
  });
});
