import type { Goal, RecentEventsData, SavedSegment, SessionsData, StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../raw-data/ask.js';
import { ADMIN_KEY, post, READ_KEY, readReply, type Stack, startStack } from '../stack.js';

const page_url = 'https://shop.example/cart';
const SESSIONS: Record<string, { source: string; plan?: string }> = {
  a: { source: 'news', plan: 'pro' },
  b: { source: 'news', plan: 'free' },
  c: { source: 'other', plan: 'pro' },
  d: { source: 'other' },
};

describe('saved segments', () => {
  let stack: Stack;
  async function send<Data>(method: string, path: string, body?: unknown) {
    const init: RequestInit = { method, headers: { authorization: `Bearer ${ADMIN_KEY}` } };
    if (body !== undefined) init.body = JSON.stringify(body);
    return readReply<Data>(await ask(stack.collector, `/api${path}`, init));
  }
  const save = async (name: string, filters: object) => {
    const { code, data, message } = await send<SavedSegment>('POST', '/segments', { name, filters });
    expect(code, message).toBe(200);
    return data;
  };
  const sessions = async (query: string) => {
    const { data, message } = await send<SessionsData>('GET', `/sessions?from=1h&${query}`);
    const stats = await send<StatsData>('GET', `/stats?from=1h&${query}`);
    expect(stats.data?.totals?.sessions, message).toBe(data.sessions.length);
    return data.sessions.map(({ session_id }) => session_id).sort();
  };

  beforeAll(async () => {
    stack = await startStack({ adminKeys: [ADMIN_KEY], readKeys: [READ_KEY] });
    for (const [name, { source, plan }] of Object.entries(SESSIONS)) {
      const events = [
        { event_id: `${name}-1`, event_type: 'page_view', page_url, view: 1 },
        ...(plan
          ? [{ event_id: `${name}-2`, event_type: 'custom', name: 'signup', page_url, props: { plan } }]
          : []),
      ];
      const session = { session_id: name, utm: { source } };
      const batch = { ...{ v: 1, site: 'shop', batch: name, visitor_id: name }, session, events };
      expect((await ask(stack.collector, '/api/events', post(batch))).status).toBe(200);
    }
  });
  afterAll(() => stack.close());

  it('stand for their filters, with each other and with further filters', async () => {
    const news = await save('news', { utm_source: 'news' });
    const goal = await send<Goal>('POST', '/goals', { name: 'signed up', event: 'signup' });
    const signed = await save('signed up', { reached: [goal.data.id], page: '/cart' });
    const pro = await save('pro', { 'prop:plan': ['pro', 'team'] });
    expect(await sessions(`segment=${news.id}`)).toEqual(['a', 'b']);
    expect(await sessions('segment=news')).toEqual(['a', 'b']);
    expect(await sessions(`segment=${signed.id}`)).toEqual(['a', 'b', 'c']);
    expect(await sessions(`segment=${news.id}&segment=${pro.id}`)).toEqual(['a']);
    expect(await sessions(`segment=${signed.id}&utm_source=!news`)).toEqual(['c']);
    const events = await send<RecentEventsData>('GET', `/recent-events?from=1h&segment=${pro.id}`);
    expect(events.data.events.map(({ event_id }) => event_id).sort()).toEqual(['a-2', 'c-2']);
    for (const path of [
      'funnel?steps=page:/cart,event:signup',
      'retention?',
      'properties?',
      'journeys?',
      'pages?page=/cart',
    ])
      expect((await send('GET', `/${path}&segment=${pro.id}`)).code).toBe(200);
  });

  it('change at once, by version, and are named where they were deleted', async () => {
    const segment = await save('changing', { utm_source: 'news' });
    expect(segment.version).toBe(1);
    const filters = { utm_source: 'other' };
    const changed = await send<SavedSegment>('PUT', `/segments/${segment.id}`, { ...segment, filters });
    expect(changed.data.version).toBe(2);
    expect((await send('PUT', `/segments/${segment.id}`, { ...segment, filters })).code).toBe(409);
    expect(await sessions(`segment=${segment.id}`)).toEqual(['c', 'd']);
    await send('DELETE', `/segments/${segment.id}`);
    expect(await send('GET', `/stats?segment=${segment.id}`)).toMatchObject({
      code: 400,
      message: expect.stringContaining(`"${segment.id}"`),
    });
    expect((await send('GET', '/stats?segment=!news')).code).toBe(400);
  });

  it.each([
    [{ shoe_size: '44' }, 'filters.shoe_size'],
    [{ segment: 'news' }, 'filters.segment'],
    [{ hour_of_week: '9-99' }, 'filters.hour_of_week'],
    [{ 'prop:price': '>much' }, 'filters.prop:price'],
    [{ reached: 'nobody' }, 'filters.reached'],
    [{ country: [] }, 'filters.country'],
    [{ constructor: 'x' }, 'filters.constructor'],
    [{}, 'filters'],
  ])('refuse %j by the name of the filter', async (filters, path) => {
    const { code, data } = await send<{ issues: { path: string }[] }>('POST', '/segments', {
      name: 'x',
      filters,
    });
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe(path);
  });
});
