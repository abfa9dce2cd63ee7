/** Reports on conversions: worked examples, each about a site of its own. */
import type { AttributionData, RevenueData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../stack.js';
import { appendAll, ask, batchOf, DAY_MS, type Happened, HOUR_MS, view } from './log.js';

const AT = Date.now() - 5 * HOUR_MS;
const SITES = ['revenue', 'attribution'];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sites: SITES.map((id) => ({ id })), defaultSite: 'revenue' });
});
afterAll(() => stack.close());

describe('GET /api/revenue', () => {
  const paid = (value: number | undefined, product?: string, currency = 'EUR'): Happened => ({
    ...{ event_type: 'conversion', conversion_type: 'purchase', timestamp: AT },
    ...(value === undefined ? {} : { value, currency }),
    ...(product === undefined ? {} : { props: { product } }),
  });
  const of = (source: string, utm?: object) => ({ site: 'revenue', source, ...(utm ? { utm } : {}) });
  beforeAll(() =>
    appendAll(stack.store, [
      batchOf('r1', [paid(10, 'socks'), paid(30, 'shoes')], of('google', { campaign: 'spring' })),
      batchOf('r2', [paid(20, 'shoes'), paid(-5, 'shoes')], of('google')),
      batchOf('r3', [paid(100, 'shoes', 'USD'), paid(undefined)], of('newsletter', { campaign: 'spring' })),
    ]),
  );

  const get = (query: string) => ask<RevenueData>(stack, `/revenue?site=revenue&from=24h&${query}`);

  it('is by source, campaign and product, and never a sum of several currencies', async () => {
    const { code, data, message } = await get('');
    expect(code, message).toBe(200);
    expect(data).toMatchObject({
      breakdown: 'source',
      totals: [
        { currency: 'EUR', orders: 3, refunds: 1, revenue: 55, average_order_value: 20 },
        { currency: 'USD', orders: 1, refunds: 0, revenue: 100, average_order_value: 100 },
      ],
      rows: [
        { value: 'google', visitors: 2, amounts: [{ currency: 'EUR', orders: 3, revenue: 55 }] },
        { value: 'newsletter', visitors: 1, amounts: [{ currency: 'USD', orders: 1, revenue: 100 }] },
      ],
      row_count: 2,
    });
    const rows = async (query: string) =>
      (await get(query)).data.rows.map(({ value, amounts }) => [value, amounts[0]?.revenue]);
    expect(await rows('breakdown=utm_campaign')).toEqual([
      ['spring', 40],
      ['(none)', 15],
    ]);
    expect(await rows('breakdown=prop:product&type=purchase')).toEqual([
      ['shoes', 45],
      ['socks', 10],
    ]);
    expect(await rows('currency=USD')).toEqual([
      ['newsletter', 100],
      ['google', 55],
    ]);
    expect(await rows('type=other')).toEqual([]);
    expect(await rows('source=newsletter')).toEqual([['newsletter', 100]]);
  });

  it.each([
    ['currency', 'currency=eur'],
    ['breakdown', 'breakdown=exit_page'],
    ['type', `type=${'x'.repeat(101)}`],
  ])('rejects a bad %s: %s', async (name, query) => {
    const { code, data } = await get(query);
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe(name);
  });
});

describe('GET /api/attribution', () => {
  const bought = (timestamp: number, value = 10): Happened => ({
    ...{ event_type: 'conversion', conversion_type: 'purchase', timestamp, value, currency: 'EUR' },
  });
  const by = (visitor_id: string, source: string | undefined, more: object = {}) => ({
    ...{ site: 'attribution', visitor_id },
    ...(source === undefined ? {} : { source, channel: source === 'google' ? 'search' : 'email' }),
    ...more,
  });
  beforeAll(() =>
    appendAll(stack.store, [
      // From a search, then from a newsletter, then directly.
      batchOf('t1', [view('/', AT - 3 * DAY_MS)], by('v1', 'google')),
      batchOf('t2', [view('/', AT - DAY_MS)], by('v1', 'newsletter')),
      batchOf('t3', [view('/', AT), bought(AT + 1)], by('v1', undefined)),
      // On a phone, then on a computer, by the same user.
      batchOf('t4', [view('/', AT - DAY_MS)], by('phone', 'google', { user_id: 'ann' })),
      batchOf('t5', [view('/', AT), bought(AT + 1, 30)], by('computer', undefined, { user_id: 'ann' })),
      // Directly, and no other way.
      batchOf('t6', [view('/', AT), bought(AT + 1, 5)], by('v3', undefined)),
      // Beyond the time that is looked at.
      batchOf('t7', [view('/', AT - 10 * DAY_MS)], by('v4', 'google')),
      batchOf('t8', [view('/', AT), bought(AT + 1, 1)], by('v4', 'newsletter')),
    ]),
  );

  const get = (query: string) =>
    ask<AttributionData>(stack, `/attribution?site=attribution&from=24h&${query}`);
  const credits = async (query: string) =>
    (await get(query)).data.rows.map(({ value, first_touch, last_touch }) => [
      ...[value, first_touch.conversions, first_touch.revenue.EUR ?? 0],
      ...[last_touch.conversions, last_touch.revenue.EUR ?? 0],
    ]);

  it('owes conversions to the first and the last session of the same person that was not direct', async () => {
    const { code, data, message } = await get('lookback=7d');
    expect(code, message).toBe(200);
    expect(data).toMatchObject({ breakdown: 'source', lookback_days: 7, row_count: 3 });
    expect(await credits('lookback=7d')).toEqual([
      ['newsletter', 1, 1, 2, 11],
      ['google', 2, 40, 1, 30],
      ['(direct)', 1, 5, 1, 5],
    ]);
    expect((await credits('lookback=7d&breakdown=channel')).map(([value]) => value)).toEqual([
      'email',
      'search',
      '(unknown)',
    ]);
    expect(await credits('lookback=7d&goal=purchase&search=goo')).toEqual([['google', 2, 40, 1, 30]]);
    // Filters choose conversions: what led to them is looked for everywhere.
    expect(await credits('lookback=7d&source=newsletter')).toEqual([['newsletter', 1, 1, 1, 1]]);
  });

  it('does not call direct what it does not know', async () => {
    // Raw events are kept for 30 days, so nothing is known of all of these.
    const { data } = await get('lookback=60d');
    expect(data.rows.map(({ value, first_touch }) => [value, first_touch.conversions])).toEqual([
      ['newsletter', 0],
      ['(unknown)', 4],
      ['google', 0],
    ]);
    expect(data.notes).toHaveLength(1);
  });

  it.each([
    ['breakdown', 'breakdown=page'],
    ['lookback', 'lookback=91d'],
    ['goal', 'goal='],
  ])('rejects a bad %s: %s', async (name, query) => {
    const { code, data } = await get(query);
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe(name);
  });
});
