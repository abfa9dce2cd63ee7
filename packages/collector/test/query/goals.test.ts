import type { FunnelData, Goal, RetentionData, SessionsData, StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../raw-data/ask.js';
import { ADMIN_KEY, post, READ_KEY, readReply, type Stack, startStack } from '../stack.js';

const page_url = 'https://shop.example/cart';
const view = { event_type: 'page_view', page_url, view: 1, first_on_page: true };
const SESSIONS = {
  a: [
    view,
    { event_type: 'custom', name: 'signup', page_url, props: { plan: 'pro', seats: 20, total: 99.5 } },
  ],
  b: [
    view,
    { event_type: 'custom', name: 'signup', page_url, props: { plan: 'free', seats: 1, total: '12' } },
    { event_type: 'scroll', page_url, scroll_pct: 80.5 },
  ],
  c: [
    { ...view, page_url: 'https://shop.example/thanks' },
    {
      event_type: 'conversion',
      conversion_type: 'purchase',
      page_url,
      value: 12.5,
      currency: 'EUR',
      nth: 1,
      nth_of_type: 1,
    },
    {
      event_type: 'conversion',
      conversion_type: 'purchase',
      page_url,
      value: 7.5,
      currency: 'EUR',
      nth: 2,
      nth_of_type: 2,
    },
  ],
  d: [view],
};

describe('goals', () => {
  let stack: Stack;
  const ids: Record<string, string> = {};

  async function send<Data>(method: string, path: string, body?: unknown) {
    const init: RequestInit = { method, headers: { authorization: `Bearer ${ADMIN_KEY}` } };
    if (body !== undefined) init.body = JSON.stringify(body);
    return readReply<Data>(await ask(stack.collector, `/api${path}`, init));
  }
  const add = async (name: string, goal: object) => {
    const { code, data } = await send<Goal>('POST', '/goals', { name, ...goal });
    expect(code).toBe(200);
    ids[name] = data.id;
  };
  const id = (name: string): string => ids[name] ?? '';
  const stats = async (query: string) => (await send<StatsData>('GET', `/stats?from=1h&${query}`)).data;

  beforeAll(async () => {
    stack = await startStack({ adminKeys: [ADMIN_KEY], readKeys: [READ_KEY] });
    for (const [name, events] of Object.entries(SESSIONS)) {
      const batch = {
        ...{ v: 1, site: 'shop', batch: name, visitor_id: `v-${name}` },
        session: { session_id: name, utm: { source: name === 'a' || name === 'd' ? 'news' : 'other' } },
        events: events.map((event, index) => ({ event_id: `${name}-${index}`, ...event })),
      };
      const reply = await ask(stack.collector, '/api/events', post(batch));
      expect(reply.status).toBe(200);
    }
    // Defined after what they count.
    await add('pro', { event: 'signup', properties: { plan: 'pro', seats: ['>=5', '<100'] } });
    await add('any signup', { event: 'signup', value_property: 'total', currency: 'EUR' });
    await add('thanks', { page: '/thanks', value: 3, currency: 'USD' });
    await add('deep', { scroll_pct: 80 });
    await add('purchase', { conversion: 'purchase' });
  });
  afterAll(() => stack.close());

  it('are what conversions of totals, series and rows are of', async () => {
    const { totals, series, breakdowns } = await stats(
      `goal=${id('any signup')}&breakdown=utm_source,page,prop:plan`,
    );
    expect(totals).toMatchObject({
      sessions: 4,
      conversions: 2,
      conversion_rate: 0.5,
      goal_value: { EUR: 111.5 },
    });
    expect(totals.revenue).toEqual({ EUR: 20 });
    expect(series.reduce((sum, { conversions }) => sum + (conversions ?? 0), 0)).toBe(2);
    expect(breakdowns.utm_source).toEqual([
      expect.objectContaining({
        value: 'other',
        sessions: 2,
        conversions: 1,
        conversion_rate: 0.5,
        goal_value: { EUR: 12 },
      }),
      expect.objectContaining({
        value: 'news',
        sessions: 2,
        conversions: 1,
        conversion_rate: 0.5,
        goal_value: { EUR: 99.5 },
      }),
    ]);
    // Of the sessions that viewed it, wherever they signed up.
    expect(breakdowns.page?.find(({ value }) => value === '/thanks')).toMatchObject({
      sessions: 1,
      conversions: 0,
      conversion_rate: 0,
    });
    expect(breakdowns['prop:plan']?.map(({ value, conversion_rate }) => [value, conversion_rate])).toEqual([
      ['free', 1],
      ['pro', 1],
    ]);
    const { totals: sent } = await stats(`goal=${id('purchase')}`);
    expect(sent).toMatchObject({ conversions: 2, conversion_rate: 0.25, goal_value: { EUR: 20 } });
    const { totals: fixed } = await stats(`goal=thanks&compare=previous`);
    expect(fixed).toMatchObject({ conversions: 1, goal_value: { USD: 3 } });
  });

  it.each([
    ['event:signup', { conversions: 2, conversion_rate: 0.5 }],
    ['page:/cart', { conversions: 3, conversion_rate: 0.75 }],
    ['conversion:purchase', { conversions: 2, conversion_rate: 0.25, goal_value: { EUR: 20 } }],
  ])('need not be saved to be measured: %s', async (goal, totals) => {
    expect((await stats(`goal=${encodeURIComponent(goal)}`)).totals).toMatchObject(totals);
  });

  it('are measured by a name that reads like a step, and a wrong step is an error', async () => {
    await add('event:click', { page: '/thanks' });
    expect((await stats('goal=event:click')).totals.conversions).toBe(1);
    const { code, message } = await send<StatsData>('GET', '/stats?from=1h&goal=event:');
    expect([code, message]).toEqual([400, expect.stringContaining('goal')]);
  });

  it.each([
    ['pro', ['a']],
    ['deep', ['b']],
    ['thanks', ['c']],
    ['purchase', ['c']],
    ['any signup', ['a', 'b']],
  ])('filter sessions: %s', async (name, sessions) => {
    const others = Object.keys(SESSIONS).filter((one) => !sessions.includes(one));
    expect((await stats(`reached=${id(name)}`)).totals.sessions).toBe(sessions.length);
    for (const without of [`reached=!${id(name)}`, `goal=!${id(name)}`])
      expect((await stats(without)).totals.sessions).toBe(others.length);
    const list = await send<SessionsData>('GET', `/sessions?from=1h&goal=${id(name)}`);
    expect(list.data.sessions.map(({ session_id }) => session_id).sort()).toEqual(sessions);
  });

  it('are worth as much in a file, by currency, and nothing where that is known', async () => {
    const read = async (query: string) => {
      const init = { headers: { authorization: `Bearer ${ADMIN_KEY}` } };
      const reply = await ask(
        stack.collector,
        `/api/stats?from=1h&format=csv&sort=value&order=asc&${query}`,
        init,
      );
      return (await reply.text()).trimEnd().split('\r\n');
    };
    const pages = await read(`goal=${id('any signup')}&breakdown=page`);
    expect(pages[0]).toMatch(/,revenue_EUR,goal_value_EUR$/);
    expect(pages.slice(1).map((line) => line.split(',').at(-1))).toEqual(['111.5', '0']);
    const other = await read(`goal=${id('thanks')}&breakdown=utm_source`);
    expect(other[0]).toMatch(/,revenue_EUR,goal_value_USD$/);
    expect(other.slice(1).map((line) => line.split(',').at(-1))).toEqual(['0', '3']);
    const compared = await read(
      `goal=${id('thanks')}&breakdown=utm_source&compare=custom&compare_from=2024-01-01`,
    );
    expect(compared[0]).toMatch(/,goal_value_USD,.*,previous_goal_value_USD$/);
    // What the compared period had is not known.
    for (const line of compared.slice(1)) expect(line).toMatch(/,$/);
  });

  it('are steps of funnels, and what visitors come back by', async () => {
    const funnel = await send<FunnelData>(
      'GET',
      `/funnel?from=1h&steps=page:/cart,goal:${id('any signup')},goal:${id('deep')}`,
    );
    expect(funnel.data.steps.map(({ sessions }) => sessions)).toEqual([3, 2, 1]);
    const { data } = await send<RetentionData>(
      'GET',
      `/retention?from=1d&period=day&returning=goal:${id('pro')}`,
    );
    expect(data.cohorts.at(-1)).toMatchObject({ visitors: 4, returned: [1] });
  });

  it('that were deleted are named, and so are names of two', async () => {
    await add('short-lived', { page: '/' });
    const gone = id('short-lived');
    await send('DELETE', `/goals/${gone}`);
    for (const path of [
      `/stats?goal=${gone}`,
      `/stats?reached=${gone}`,
      `/sessions?goal=!${gone}`,
      `/funnel?steps=page:/,goal:${gone}`,
      `/retention?returning=goal:${gone}`,
    ]) {
      const reply = await send('GET', path);
      expect(reply).toMatchObject({ code: 400, message: expect.stringContaining(`"${gone}"`) });
    }
    const alert = {
      name: 'x',
      metric: 'conversions',
      goal: gone,
      comparison: 'below',
      threshold: 1,
      window_minutes: 5,
      enabled: true,
    };
    expect(await send('POST', '/alerts', alert)).toMatchObject({
      code: 400,
      data: { issues: [{ path: 'goal' }] },
    });
    await add('pro', { page: '/' });
    expect(await send('GET', '/stats?goal=pro')).toMatchObject({
      code: 400,
      message: expect.stringContaining('one of 2 goals'),
    });
  });

  it.each([
    [{}, ''],
    [{ event: 'a', conversion: 'b' }, ''],
    [{ page: '!/x' }, 'page'],
    [{ page: '~' }, 'page'],
    [{ event: 'a', value: 1 }, 'currency'],
    [{ event: 'a', currency: 'EUR' }, 'currency'],
    [{ event: 'a', value: 1, value_property: 'p', currency: 'EUR' }, 'value_property'],
    [{ event: 'a', value: 1, currency: 'euro' }, 'currency'],
    [{ event: 'a', properties: { seats: '>many' } }, 'properties.seats'],
    [{ event: 'a', properties: { seats: [] } }, 'properties.seats'],
    [{ event: 'a', properties: { constructor: 'x' } }, 'properties.constructor'],
    [{ event: 'a', properties: [] }, 'properties'],
    [{ scroll_pct: 101 }, 'scroll_pct'],
    [{ evnt: 'a' }, 'evnt'],
  ])('refuse %j by the name of the field', async (goal, path) => {
    const { code, data } = await send<{ issues: { path: string }[] }>('POST', '/goals', {
      name: 'x',
      ...goal,
    });
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe(path);
  });
});
