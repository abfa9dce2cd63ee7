/** Bots are counted apart: from the log, from closed days by column, in every report, and never among people. */
import type { SessionsData, StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCollector } from '../../src/collector.js';
import type { NewBatch } from '../../src/storage/event-store.js';
import { appendAll, ask, batchOf, DAY_MS, HOUR_MS, view } from '../reports/log.js';
import { READ_KEY, SECRET, type Stack, startStack } from '../stack.js';

const NOW = Date.now();
/** A day that is closed, whose log is gone. */
const DAY = Math.floor(NOW / DAY_MS) * DAY_MS - 3 * DAY_MS;
/** All of one day, whatever the time is now. */
const RECENT = NOW - 2 * HOUR_MS;
const RANGE = `from=${DAY}&to=${NOW + HOUR_MS}&interval=day`;

const GPT_BOT = {
  bot: true,
  bot_name: 'GPTBot',
  bot_operator: 'OpenAI',
  bot_category: 'ai_crawler',
  bot_reason: 'user_agent',
} as const satisfies Partial<NewBatch>;
const AUTOMATED = { bot: true, bot_category: 'program', bot_reason: 'webdriver' } as const;
const first = { view: 1, first_on_page: true };

function log(site: string): NewBatch[] {
  const conversion = (timestamp: number) => ({
    event_type: 'conversion',
    conversion_type: 'purchase',
    page_url: 'https://shop.example/a',
    timestamp,
    ...{ value: 5, currency: 'EUR', nth: 1, nth_of_type: 1 },
  });
  return [
    batchOf('p1', [view('/a', DAY + 1, first), view('/b', DAY + 2, { view: 2, from_page: '/a' })]),
    batchOf('b1', [view('/a', DAY + 3, first)], GPT_BOT),
    batchOf('b2', [view('/c', DAY + HOUR_MS, first)], AUTOMATED),
    batchOf('p2', [view('/a', RECENT, first), conversion(RECENT)]),
    batchOf('b3', [view('/a', RECENT + 1, first)], GPT_BOT),
    // Stored before a bot had a name.
    batchOf('b4', [view('/b', RECENT + 2, first)], { bot: true }),
  ].map((batch) => ({ ...batch, site }));
}

describe('traffic', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ rollUpEverySeconds: 0 });
    await appendAll(stack.store, log('shop'));
    await stack.collector.rollUp();
    for (const session of ['p1', 'b1', 'b2']) {
      const items = await stack.store.session('shop', session);
      await stack.store.deleteBatches(
        'shop',
        session,
        items.map(({ batch }) => batch),
      );
    }
  });
  afterAll(() => stack.close());

  async function get(query: string): Promise<StatsData> {
    const { code, data, message } = await ask<StatsData>(stack, `/stats?${RANGE}&${query}`);
    expect(code, message).toBe(200);
    return data;
  }
  const count = async (query: string) => {
    const { totals, series } = await get(query);
    const { events, page_views, sessions, visitors, conversions } = totals;
    const daily = series.map(({ page_views: views }) => views).filter((views) => views !== 0);
    return { events, page_views, sessions, visitors, conversions, daily };
  };

  it('is people’s, unless another is asked for', async () => {
    const people = {
      ...{ events: 4, page_views: 3, sessions: 2, visitors: 2, conversions: 1, daily: [2, 1] },
    };
    expect(await count('')).toEqual(people);
    expect(await count('traffic=people')).toEqual(people);
    expect(await count('country=!XX')).toEqual(people);
    expect((await get('breakdown=bot,bot_reason')).breakdowns).toEqual({ bot: [], bot_reason: [] });
  });

  it('of bots has their totals and days, and says which they are', async () => {
    expect(await count('traffic=bots')).toEqual({
      ...{ events: 4, page_views: 4, sessions: 4, visitors: 4, conversions: 0, daily: [2, 2] },
    });
    const { breakdowns, row_counts } = await get(
      'traffic=bots&breakdown=bot,bot_operator,bot_category,bot_reason,page,bot*page',
    );
    const rows = (name: string) =>
      Object.fromEntries((breakdowns[name] ?? []).map(({ value, sessions }) => [value, sessions]));
    expect(rows('bot')).toEqual({ GPTBot: 2, '(unknown)': 2 });
    expect(rows('bot_operator')).toEqual({ OpenAI: 2, '(unknown)': 2 });
    expect(rows('bot_category')).toEqual({ ai_crawler: 2, program: 1, '(unknown)': 1 });
    expect(rows('bot_reason')).toEqual({ user_agent: 2, webdriver: 1, '(unknown)': 1 });
    expect(rows('page')).toEqual({ '/a': 2, '/b': 1, '/c': 1 });
    expect(row_counts['bot*page']).toBe(3);
    expect((await get('traffic=bots&bot=GPTBot&breakdown=page')).breakdowns.page).toHaveLength(1);
    expect((await get('traffic=bots&breakdown=hour_of_week')).row_counts.hour_of_week).toBeGreaterThan(1);
  });

  it('of all is the sum of both', async () => {
    expect(await count('traffic=all')).toEqual({
      ...{ events: 8, page_views: 7, sessions: 6, visitors: 6, conversions: 1, daily: [4, 3] },
    });
  });

  it.each([
    '/funnel?steps=page:/a,page:/b',
    '/journeys?',
    '/pages?page=/a',
    '/click-map?page=/a',
    '/properties?event=page_view',
    '/retention?period=day',
    '/revenue?',
    '/attribution?',
    '/errors?',
    '/actions?kind=links',
    '/web-vitals?',
  ])('is one of the parameters of %s', async (path) => {
    const range = `from=${DAY}&to=${Math.floor(NOW / HOUR_MS) * HOUR_MS}`;
    const [people, ...others] = await Promise.all(
      ['people', 'bots', 'all'].map(async (traffic) => {
        const { code, data, message } = await ask(stack, `${path}&${range}&traffic=${traffic}`);
        expect(code, message).toBe(200);
        return data;
      }),
    );
    expect((await ask(stack, `${path}&${range}`)).data).toEqual(people);
    expect(others).toHaveLength(2);
    const wrong = await ask(stack, `${path}&${range}&traffic=robots`);
    expect(wrong).toMatchObject({ code: 400, message: 'traffic must be one of people, bots, all' });
  });

  it('chooses whose sessions reports are about', async () => {
    const page = (traffic: string) =>
      ask<{ totals: { page_views: number } }>(stack, `/pages?page=/a&${RANGE}&traffic=${traffic}`);
    expect((await page('people')).data.totals.page_views).toBe(2);
    expect((await page('bots')).data.totals.page_views).toBe(2);
    expect((await page('all')).data.totals.page_views).toBe(4);
    const funnel = (traffic: string) =>
      ask<{ sessions: number }>(
        stack,
        `/funnel?steps=page:/a,page:/b&from=${DAY}&to=${NOW}&traffic=${traffic}`,
      );
    expect((await funnel('people')).data.sessions).toBe(2);
    expect((await funnel('bots')).data.sessions).toBe(4);
  });

  it('chooses the sessions and events of lists', async () => {
    const list = async (query: string) => {
      const { data } = await ask<SessionsData>(stack, `/sessions?from=24h&${query}`);
      return data.sessions.map(({ session_id }) => session_id).sort();
    };
    expect(await list('')).toEqual(['p2']);
    expect(await list('traffic=bots')).toEqual(['b3', 'b4']);
    expect(await list('traffic=all')).toEqual(['b3', 'b4', 'p2']);
    const { data } = await ask<SessionsData>(stack, '/sessions?from=24h&traffic=bots&bot=GPTBot');
    const { bot_name, bot_operator, bot_category, bot_reason } = GPT_BOT;
    expect(data.sessions).toMatchObject([{ bot: true, bot_name, bot_operator, bot_category, bot_reason }]);
    const events = async (query: string) =>
      (await ask<{ events: object[] }>(stack, `/recent-events?from=24h&${query}`)).data.events.length;
    expect(await events('')).toBe(4);
    expect(await events('traffic=bots')).toBe(2);
    expect(await events('traffic=people')).toBe(2);
  });

  it('is all by default where the collector counts bots, and people’s can be asked for', async () => {
    const collector = createCollector({
      ...{ store: stack.store, secret: SECRET, sites: [{ id: 'counted' }], readKeys: [READ_KEY] },
      ...{ rollUpEverySeconds: 0, countBots: true },
    });
    await appendAll(stack.store, log('counted'));
    await collector.rollUp();
    const counting = { ...stack, collector };
    const views = async (query: string) =>
      (await ask<StatsData>(counting, `/stats?site=counted&${RANGE}&${query}`)).data.totals.page_views;
    expect(await views('')).toBe(7);
    expect(await views('traffic=all')).toBe(7);
    expect(await views('country=!XX')).toBe(7);
    expect(await views('traffic=people')).toBe(3);
    expect(await views('traffic=bots')).toBe(4);
    await collector.close();
  });
});
