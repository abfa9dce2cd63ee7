/** First answers of the read API, over what was really stored. */
import { RealtimeDataSchema, SitesDataSchema } from '@liveinsight/schema';
import { parse } from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, READ_KEY, readReply, type Stack, startStack } from '../stack.js';

const view = (page: string, more: object = {}) => ({
  event_type: 'page_view',
  page_url: `https://shop.example${page}?secret=1`,
  ...more,
});

describe('reads', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sites: [{ id: 'shop', timezone: 'Asia/Seoul' }, { id: 'blog' }] });
    const now = Date.now();
    const batches = [
      {
        session: { session_id: 's-1', referrer: 'https://www.google.com/' },
        visitor_id: 'v-1',
        events: [
          view('/', { timestamp: now - 40_000 }),
          view('/cart', { timestamp: now - 10_000 }),
          {
            event_type: 'page_exit',
            page_url: 'https://shop.example/',
            engaged_ms: 3_000,
            timestamp: now - 10_000,
          },
        ],
      },
      {
        session: { session_id: 's-1' },
        visitor_id: 'v-1',
        events: [
          { event_type: 'conversion', conversion_type: 'purchase', value: 0.1, currency: 'EUR' },
          { event_type: 'conversion', conversion_type: 'purchase', value: 0.2, currency: 'EUR' },
        ],
      },
      { session: { session_id: 's-2' }, visitor_id: 'v-2', events: [view('/')] },
      { session: { session_id: 's-3' }, context: { webdriver: true }, events: [view('/bot')] },
      { site: 'blog', session: { session_id: 's-4' }, events: [view('/post')] },
    ];
    for (const batch of batches) {
      const { status } = await stack.collector.fetch(new Request('http://collector/events', post(batch)));
      expect(status).toBe(200);
    }
  });
  afterAll(() => stack.close());

  const get = async (path: string) =>
    readReply<never>(
      await stack.collector.fetch(
        new Request(`http://collector/api${path}`, { headers: { 'x-api-key': READ_KEY } }),
      ),
    );

  it('tell who is on the site now, as the schema says', async () => {
    const data = parse(RealtimeDataSchema, (await get('/realtime')).data);
    expect(data.active_sessions).toEqual({ last_5_minutes: 2, last_30_minutes: 2 });
    expect(data.sessions.find(({ session_id }) => session_id === 's-1')).toMatchObject({
      visitor_id: 'v-1',
      current_page: '/cart',
      entry_page: '/',
      page_views: 2,
      events: 5,
    });
    expect(data.pages).toEqual(
      expect.arrayContaining([
        { value: '/cart', sessions: 1 },
        { value: '/', sessions: 1 },
      ]),
    );
    expect(data.events_per_5_minutes).toHaveLength(20);
    expect(data.events_per_5_minutes.reduce((sum, { events }) => sum + events, 0)).toBe(6);
    expect(data.events_per_second).toHaveLength(60);
    expect(data.events).toHaveLength(7);
    expect(data.events.find(({ bot }) => bot)?.page).toBe('/bot');
    const since = parse(RealtimeDataSchema, (await get(`/realtime?cursor=${data.cursor}`)).data);
    expect(since.events).toEqual([]);
  });

  it('are of one site', async () => {
    const data = parse(RealtimeDataSchema, (await get('/realtime?site=blog')).data);
    expect(data.sessions.map(({ session_id }) => session_id)).toEqual(['s-4']);
    const { sites } = parse(SitesDataSchema, (await get('/sites')).data);
    expect(sites.map(({ id }) => id)).toEqual(['shop', 'blog']);
    expect(sites[0]).toMatchObject({ default: true, timezone: 'Asia/Seoul', retention_days: 30 });
  });

  it('refuse a cursor that was never given, naming the parameter', async () => {
    const reply = await get('/realtime?cursor=x');
    expect(reply).toMatchObject({ code: 400, data: { issues: [{ code: 'invalid_parameter' }] } });
    expect(reply.message).toMatch(/^cursor/);
  });
});
