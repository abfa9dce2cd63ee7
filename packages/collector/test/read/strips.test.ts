/** What is told of hours that a boundary cuts, and of zones whose hours begin between the site's. */
import { type StatsData, StatsDataSchema } from '@liveinsight/schema';
import { parse } from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAll, ask, batchOf, HOUR_MS, MINUTE_MS, view } from '../people/log.js';
import { type Stack, startStack } from '../stack.js';

const NOW = Date.now();

const sale = (timestamp: number) => ({
  event_type: 'conversion',
  conversion_type: 'purchase',
  value: 10,
  currency: 'EUR',
  nth: 1,
  nth_of_type: 1,
  timestamp,
});

describe('hours that a boundary cuts, of which raw events are too old', () => {
  const HOUR = Math.floor((NOW - 60 * HOUR_MS) / HOUR_MS) * HOUR_MS;
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sites: [{ id: 'shop', retention_days: 3 }] });
    const sales = [10, 20, 40, 50, 70, 80, 130].map((minutes, at) => {
      const time = HOUR + minutes * MINUTE_MS;
      return batchOf(`sale-${at}`, [view('/', time, { view: 1 }), sale(time)], { retention_days: 3 });
    });
    await appendAll(stack.store, sales);
    await stack.collector.rollUp();
  });
  afterAll(() => stack.close());

  it('have totals, but neither visitors nor revenue: these are null, not too low', async () => {
    const query = `from=${HOUR + 30 * MINUTE_MS}&to=${HOUR + 4 * HOUR_MS}&interval=hour`;
    const data = parse(StatsDataSchema, (await ask<StatsData>(stack, `/stats?${query}`)).data);
    expect(data.totals).toMatchObject({ page_views: 5, conversions: 5, visitors: null, revenue: null });
    expect(data.series.map(({ conversions, revenue, visitors }) => [conversions, visitors, revenue])).toEqual(
      [
        [2, null, null],
        [2, 2, { EUR: 20 }],
        [1, 1, { EUR: 10 }],
        [0, 0, {}],
      ],
    );
    expect(data.notes?.join()).toMatch(/visitors and revenue there are null/);
  });

  it('leave revenue as it is where no boundary cuts', async () => {
    const { data } = await ask<StatsData>(
      stack,
      `/stats?from=${HOUR}&to=${HOUR + 4 * HOUR_MS}&interval=hour`,
    );
    expect(data.totals).toMatchObject({ conversions: 7, visitors: 7, revenue: { EUR: 70 } });
    expect(data.notes).toBeUndefined();
  });
});
