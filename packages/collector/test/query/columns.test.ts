import type { PropertiesData, StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAll, ask, batchOf, type Happened, HOUR_MS, view } from '../reports/log.js';
import { type Stack, startStack } from '../stack.js';

const NOW = Date.now();

describe('questions that rollups do not answer', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
    const signup = (at: number, props: object): Happened => ({
      event_type: 'custom',
      name: 'signup',
      timestamp: at,
      page_url: 'https://shop.example/join',
      props,
    });
    const paid = (at: number, value: number): Happened => ({
      event_type: 'conversion',
      conversion_type: 'purchase',
      timestamp: at,
      page_url: 'https://shop.example/join',
      ...{ value, currency: 'EUR', nth: 1, nth_of_type: 1 },
    });
    const at = NOW - 5 * HOUR_MS;
    await appendAll(stack.store, [
      batchOf(
        's1',
        [view('/', at, { view: 1, first_on_page: true }), signup(at, { plan: 'pro', seats: 3 })],
        {
          source: 'google',
          device: 'mobile',
        },
      ),
      batchOf('s1', [paid(at + 1, 12.5)], { source: 'google', device: 'mobile' }),
      batchOf(
        's2',
        [view('/join', at, { view: 1, first_on_page: true }), signup(at, { plan: 'pro', seats: 20 })],
        {
          source: 'google',
          device: 'desktop',
        },
      ),
      batchOf('s3', [view('/', at, { view: 1, first_on_page: true }), signup(at, { plan: 'free' })], {
        visitor_id: 'visitor-of-s2',
      }),
    ]);
    await stack.collector.rollUp();
  });
  afterAll(() => stack.close());

  async function get(query: string): Promise<StatsData> {
    const { code, data, message } = await ask<StatsData>(stack, `/stats?from=24h&${query}`);
    expect(code, message).toBe(200);
    return data;
  }

  it('break down by a property of an event, with visitors and sessions of each value', async () => {
    const { breakdowns, totals } = await get('breakdown=prop:plan,prop:seats,page&event=signup');
    expect(breakdowns['prop:plan']).toMatchObject([
      { value: 'pro', events: 2, sessions: 2, visitors: 2 },
      { value: 'free', events: 1, sessions: 1, visitors: 1 },
    ]);
    expect(breakdowns['prop:seats']?.map(({ value }) => value).sort()).toEqual(['20', '3']);
    expect(breakdowns.page?.[0]).not.toHaveProperty('visitors');
    expect(totals.sessions).toBe(3);
  });

  it('cross two dimensions', async () => {
    const { breakdowns, row_counts } = await get('breakdown=source*device&metric=conversions');
    expect(breakdowns['source*device']?.[0]).toMatchObject({
      value: 'google * mobile',
      values: ['google', 'mobile'],
      sessions: 1,
      conversions: 1,
      conversion_rate: 1,
      revenue: { EUR: 12.5 },
    });
    expect(row_counts['source*device']).toBe(3);
  });

  it('give each row of filtered numbers its visitors and revenue', async () => {
    const { breakdowns, totals } = await get('prop:plan=pro&breakdown=source,event_name');
    expect(totals).toMatchObject({ sessions: 2, visitors: 2, conversions: 1, revenue: { EUR: 12.5 } });
    expect(breakdowns.source).toMatchObject([{ value: 'google', visitors: 2, revenue: { EUR: 12.5 } }]);
    expect(breakdowns.event_name?.find(({ value }) => value === 'signup')).toMatchObject({
      visitors: 2,
      sessions: 2,
    });
  });

  it('count single events, and say nothing of the rest of their sessions', async () => {
    const { totals, breakdowns } = await get('event_name=signup&filter_by=event&breakdown=source');
    expect(totals).toMatchObject({ events: 3, page_views: 0, sessions: 3, visitors: 2, bounce_rate: null });
    expect(breakdowns.source?.[0]).toMatchObject({ value: 'google', events: 2, sessions: 2 });
    expect(breakdowns.source?.[0]).not.toHaveProperty('bounce_rate');
  });

  it('list the properties of an event, and the numbers among their values', async () => {
    const { code, data } = await ask<PropertiesData>(stack, '/properties?from=24h&event=signup');
    expect(code).toBe(200);
    expect(data.properties).toMatchObject([
      { key: 'plan', events: 3, values: 2 },
      { key: 'seats', events: 2, values: 2, numbers: { count: 2, sum: 23, average: 11.5, min: 3, max: 20 } },
    ]);
    expect(data.properties[0]).not.toHaveProperty('numbers');
    const first = await ask<PropertiesData>(stack, '/properties?from=24h&event=signup&limit=1');
    expect(first.data).toMatchObject({ properties: [{ key: 'plan' }], property_count: 2 });
    const seats = await ask<PropertiesData>(
      stack,
      '/properties?from=24h&key=seats&breakdown=device&source=google',
    );
    expect(seats.data.rows).toMatchObject([
      { value: 'desktop', count: 1, p50: 20, p95: 20 },
      { value: 'mobile', count: 1, sum: 3 },
    ]);
    expect(seats.data.properties.map(({ key }) => key)).toEqual(['seats']);
  });

  it.each([
    ['key', '/properties?breakdown=page'],
    ['breakdown', '/properties?key=seats&breakdown=exit_page'],
    ['limit', '/properties?limit=0'],
  ])('are rejected by the name of a bad %s of properties: %s', async (name, path) => {
    const { code, data } = await ask(stack, path);
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe(name);
  });

  it.each([
    ['breakdown', 'breakdown=nothing'],
    ['breakdown', 'breakdown=prop:'],
    ['breakdown', 'breakdown=source*device*os'],
    ['breakdown', 'breakdown=source*exit_page'],
    ['event', 'breakdown=page&event=signup'],
    ['filter_by', 'page=/&filter_by=visitor'],
    ['exit_page', 'exit_page=/&filter_by=event'],
  ])('are rejected by the name of a bad %s: %s', async (name, query) => {
    const { code, data } = await ask(stack, `/stats?${query}`);
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe(name);
  });
});
