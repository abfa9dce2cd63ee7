/** What is told of hours that a boundary cuts, and of zones whose hours begin between the site's. */
import { type StatsData, StatsDataSchema } from '@liveinsight/schema';
import { parse } from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAll, ask, batchOf, DAY_MS, HOUR_MS, MINUTE_MS, view } from '../reports/log.js';
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
    stack = await startStack({ sites: [{ id: 'shop', retentionDays: 3 }] });
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
    expect(data.notes?.join()).toMatch(/visitors and revenue are unavailable there/);
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

describe('hours of the week in zones whose hours begin between the site’s', () => {
  const TODAY = Math.floor(NOW / DAY_MS) * DAY_MS;
  const DAYS = 60;
  let stack: Stack;
  /** Every so many minutes, so that all minutes of an hour and all hours of a day come up. */
  const times: number[] = [];
  for (let at = TODAY - DAYS * DAY_MS; at < TODAY; at += 443 * MINUTE_MS) times.push(at);
  beforeAll(async () => {
    stack = await startStack({
      sites: [
        { id: 'shop', retentionDays: 90 },
        { id: 'delhi', timezone: 'Asia/Kolkata', retentionDays: 90 },
      ],
    });
    for (const site of ['shop', 'delhi']) {
      const more = { site, retention_days: 90 };
      await appendAll(
        stack.store,
        times.map((time, at) => batchOf(`${site}-${at}`, [view('/', time, { view: 1 })], more)),
      );
    }
    await stack.collector.rollUp();
    const closed = { site: 'shop', shard: 0, kind: 'day', from: TODAY - DAYS * DAY_MS, to: TODAY } as const;
    expect((await stack.store.rollups(closed)).states.length).toBeGreaterThanOrEqual(DAYS - 1);
  });
  afterAll(() => stack.close());

  /** Views by local hour of the week, told by the clock of the zone. */
  function expected(from: number, to: number, timeZone: string): Record<string, number> {
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    const weekdays = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    const hours: Record<string, number> = {};
    for (const time of times.filter((one) => one >= from && one < to)) {
      const part = Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, value]));
      const hour = `${weekdays.indexOf(part.weekday ?? '')}-${part.hour}`;
      hours[hour] = (hours[hour] ?? 0) + 1;
    }
    return hours;
  }

  async function answer(site: string, timezone: string, days: number, interval: string) {
    const [from, to] = [TODAY - days * DAY_MS, TODAY];
    const query = `site=${site}&from=${from}&to=${to}&interval=${interval}&timezone=${timezone}`;
    const { data } = await ask<StatsData>(stack, `/stats?${query}&breakdown=hour_of_week,page&limit=1000`);
    const rows = data.breakdowns.hour_of_week ?? [];
    return {
      data,
      hours: Object.fromEntries(rows.map(({ value, page_views }) => [value, page_views])),
      expected: expected(from, to, timezone),
    };
  }

  it.each(
    ['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Seoul'].flatMap((timezone) =>
      ['shop', 'delhi'].flatMap((site) =>
        ['day', 'week', 'month'].map((interval) => ({ site, timezone, interval })),
      ),
    ),
  )('are those of $timezone at $site by the $interval, and all else as well', async (asked) => {
    const { data, hours, expected } = await answer(asked.site, asked.timezone, 30, asked.interval);
    expect(hours).toEqual(expected);
    const views = Object.values(expected).reduce((sum, count) => sum + count, 0);
    expect(data.totals).toMatchObject({ page_views: views, visitors: views });
    expect(data.breakdowns.page?.map(({ value, page_views }) => [value, page_views])).toEqual([['/', views]]);
    expect(data.notes).toBeUndefined();
  });

  it('are the site’s where that is too long ago, and a note says so', async () => {
    const { data } = await answer('shop', 'Asia/Kathmandu', DAYS, 'month');
    expect(data.totals.page_views).toBe(times.length);
    expect(data.notes?.join()).toMatch(/hour_of_week uses the hours of UTC, the site’s time zone/);
    const aligned = await answer('shop', 'Asia/Seoul', DAYS, 'month');
    expect(aligned.hours).toEqual(aligned.expected);
    expect(aligned.data.notes).toBeUndefined();
  });
});

describe('hours that a boundary cuts, at a site too busy to read them all', () => {
  const PAGE = 1_000;
  const PAGES_OF_HOUR = 7;
  const HOUR = Math.floor((NOW - 20 * HOUR_MS) / HOUR_MS) * HOUR_MS;
  let stack: Stack;
  let read = 0;
  const hoursRead = new Set<number>();
  beforeAll(async () => {
    stack = await startStack();
    const { arrivals } = stack.store;
    // As many batches as a page can have, in each of so many pages of each hour.
    stack.store.arrivals = async (query) => {
      const { from, to, limit } = query;
      if (to - from !== HOUR_MS) return arrivals.call(stack.store, query);
      hoursRead.add(from);
      const page = Number(query.after ?? 0);
      const ofPage = Math.min(limit, PAGE);
      const batch = batchOf('busy', [view('/', from)]);
      read += ofPage;
      return {
        batches: Array.from({ length: ofPage }, (_, at) => ({
          ...batch,
          received_at: from + at,
          expires_at: 0,
        })),
        readUnits: 0,
        ...(page + 1 < PAGES_OF_HOUR ? { next: String(page + 1) } : {}),
      };
    };
  });
  afterAll(() => stack.close());

  it('are read up to the bound of all of them together, newest first, and no further', async () => {
    const query = `from=${HOUR}&to=${HOUR + 10 * HOUR_MS}&interval=hour&timezone=Asia/Kathmandu`;
    const { code, data } = await ask<StatsData>(stack, `/stats?${query}`);
    expect(code).toBe(200);
    // Two hours, and the part of a third by which it is known to be too much.
    expect(read).toBeLessThanOrEqual(20_000 + PAGE);
    expect(hoursRead.size).toBe(3);
    expect(data.series.filter(({ visitors }) => visitors === null).length).toBeGreaterThan(0);
    expect(data.series.at(-1)?.visitors).not.toBeNull();
    expect(data.notes?.join()).toMatch(/visitors and revenue are unavailable/);
  });
});
