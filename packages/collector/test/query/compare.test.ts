/** Compared periods through the API: by the calendar, in totals, series and rows, and null where they are not known. */
import { createCollector } from '@liveinsight/collector';
import type { BreakdownRow, StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAll, batchOf, DAY_MS, type Happened, view } from '../reports/log.js';
import { READ_KEY, readReply, SECRET, type Stack, startStack } from '../stack.js';

const NOW = Date.parse('2026-11-20T15:30:00Z');
const SITE = { id: 'shop', timezone: 'Europe/Berlin', retentionDays: 800 };

let made = 0;

/** A session of one view of a page, and maybe a purchase on it. */
function visit(
  at: string,
  page: string,
  { source = 'google', value }: { source?: string; value?: number } = {},
) {
  made += 1;
  const time = Date.parse(at);
  const paid: Happened = {
    event_type: 'conversion',
    conversion_type: 'purchase',
    timestamp: time,
    page_url: `https://shop.example${page}`,
    ...{ value, currency: 'EUR', nth: 1, nth_of_type: 1, props: { plan: 'pro' } },
  };
  const first = view(page, time, { view: 1, first_on_page: true, props: { plan: source } });
  return batchOf(`s${made}`, [first, ...(value === undefined ? [] : [paid])], {
    source,
    retention_days: 800,
  });
}

describe('Comparison with another period', () => {
  let stack: Stack;
  let collector: ReturnType<typeof createCollector>;
  beforeAll(async () => {
    stack = await startStack();
    const store = { ...stack.store, now: () => NOW };
    collector = createCollector({
      ...{ store, secret: SECRET, sites: [SITE], defaultSite: 'shop', readKeys: [READ_KEY] },
      rollUpEverySeconds: 0,
    });
    await appendAll(stack.store, [
      // The year before: 1 November 2025 is a Saturday, 2 November a Sunday.
      visit('2025-10-20T10:00:00Z', '/old'),
      visit('2025-11-01T10:00:00Z', '/saturday'),
      visit('2025-11-02T10:00:00Z', '/sunday', { value: 5 }),
      visit('2025-11-02T11:00:00Z', '/gone'),
      visit('2025-11-02T12:00:00Z', '/gone'),
      visit('2025-11-20T20:00:00Z', '/later'),
      // This month: 1 November 2026 is a Sunday.
      visit('2026-11-01T10:00:00Z', '/sunday', { source: 'bing', value: 12.5 }),
      visit('2026-11-01T11:00:00Z', '/sunday', { source: 'bing' }),
      visit('2026-11-02T10:00:00Z', '/new'),
    ]);
    for (let finished = false; !finished; ) ({ finished } = await collector.rollUp());
  });
  afterAll(async () => {
    await collector.close();
    await stack.close();
  });

  async function get(query: string): Promise<StatsData> {
    const headers = { authorization: `Bearer ${READ_KEY}` };
    const request = new Request(`http://c/api/stats?${query}`, { headers });
    const { code, data, message } = await readReply<StatsData>(await collector.fetch(request));
    expect(code, message).toBe(200);
    return data;
  }
  const month = 'from=2026-11-01&interval=day';
  const toViews = (rows: BreakdownRow[] = []) =>
    rows.map(({ value, page_views, previous }) => [value, page_views, previous?.page_views]);

  it('is with the same dates of the year before, up to the same time', async () => {
    const { previous, breakdowns } = await get(`${month}&compare=year&breakdown=page`);
    // Berlin is an hour ahead of UTC.
    expect(previous).toMatchObject({ from: '2025-10-31T23:00:00.000Z', to: '2025-11-20T15:30:00.000Z' });
    expect(previous?.totals).toMatchObject({ page_views: 4, visitors: 4, revenue: { EUR: 5 } });
    expect(previous?.series.slice(0, 3).map(({ page_views }) => page_views)).toEqual([1, 3, 0]);
    expect(toViews(breakdowns.page)).toEqual([
      ['/sunday', 2, 1],
      ['/new', 1, 0],
    ]);
  });

  it('is with the same weekdays where asked', async () => {
    const { previous, series } = await get(`${month}&compare=year&align=weekday&breakdown=page`);
    expect(previous?.from).toBe('2025-11-01T23:00:00.000Z');
    expect(previous?.totals.page_views).toBe(4);
    expect(series[0]?.start).toBe('2026-10-31T23:00:00.000Z');
    expect(previous?.series[0]).toMatchObject({ start: '2025-11-01T23:00:00.000Z', page_views: 3 });
  });

  it('is with a custom period', async () => {
    const custom = `${month}&to=2026-11-03&compare=custom&compare_from=2025-11-02&compare_to=2025-11-02`;
    const { previous } = await get(custom);
    expect(previous).toMatchObject({ from: '2025-11-01T23:00:00.000Z', to: '2025-11-02T23:00:00.000Z' });
    expect(previous?.series).toHaveLength(1);
    expect(previous?.totals.page_views).toBe(3);
    const open = await get(`${month}&to=2026-11-02&compare=custom&compare_from=2025-11-01`);
    expect(open.previous).toMatchObject({ to: '2025-11-02T23:00:00.000Z', totals: { page_views: 4 } });
    const longer = await get(
      `${month}&to=2026-11-01&compare=custom&compare_from=2025-11-01&compare_to=2025-11-04`,
    );
    expect(longer.previous?.series.map(({ page_views }) => page_views)).toEqual([1, 3, 0, 0]);
  });

  it('reaches rows of the compared period alone where rows are sorted by change', async () => {
    const query = `${month}&compare=year&breakdown=page`;
    const fell = await get(`${query}&sort=change&order=asc`);
    expect(toViews(fell.breakdowns.page)).toEqual([
      ['/gone', 0, 2],
      ['/saturday', 0, 1],
      ['/sunday', 2, 1],
      ['/new', 1, 0],
    ]);
    expect(fell.row_counts.page).toBe(4);
    const found = await get(`${query}&sort=change&search=GON&limit=1`);
    expect(toViews(found.breakdowns.page)).toEqual([['/gone', 0, 2]]);
    const paid = await get(`${query}&sort=change:revenue&limit=1`);
    expect(paid.breakdowns.page).toMatchObject([
      { value: '/sunday', revenue: { EUR: 12.5 }, previous: { revenue: { EUR: 5 }, visitors: 1 } },
    ]);
  });

  it('takes filters, properties and two dimensions crossed', async () => {
    const filtered = await get(`${month}&compare=year&page=/sunday&breakdown=source`);
    expect(filtered.previous?.totals).toMatchObject({ sessions: 1, visitors: 1 });
    expect(filtered.breakdowns.source).toMatchObject([
      { value: 'bing', sessions: 2, visitors: 2, previous: { sessions: 0, visitors: 0 } },
    ]);
    const { breakdowns } = await get(
      `${month}&compare=year&breakdown=prop:plan,source*page&event=page_view&sort=change`,
    );
    expect(breakdowns['prop:plan']).toMatchObject([
      { value: 'bing', events: 2, previous: { events: 0 } },
      { value: 'google', events: 1, previous: { events: 4 } },
    ]);
    expect(breakdowns['source*page']?.at(-1)).toMatchObject({
      values: ['google', '/gone'],
      events: 0,
      previous: { events: 2 },
    });
  });

  it.each([
    [
      'before the first stored event',
      'from=2026-11-01&compare=custom&compare_from=2024-01-01&compare_to=2024-01-31',
    ],
    ['with a part before it', 'from=2026-11-01&compare=custom&compare_from=2025-10-01&compare_to=2025-11-30'],
    ['that is not over', 'from=2026-11-01&compare=custom&compare_from=2026-11-15&compare_to=2026-12-31'],
  ])('is null, not zero, where the period is one %s', async (_, query) => {
    for (const filter of ['', '&source=bing']) {
      const { previous, breakdowns, note_codes } = await get(`${query}${filter}&breakdown=page&sort=change`);
      expect(new Set(Object.values(previous?.totals ?? {}))).toEqual(new Set([null]));
      expect(breakdowns.page?.length).toBeGreaterThan(0);
      for (const { previous: row } of breakdowns.page ?? []) expect(row).toBeNull();
      expect(note_codes).toContainEqual(expect.objectContaining({ code: 'compared_incomplete' }));
    }
  });

  it('is zero where nothing happened in a period that is known', async () => {
    const { previous, note_codes } = await get(
      'from=2026-11-01&compare=custom&compare_from=2026-01-01&compare_to=2026-01-31',
    );
    expect(previous?.totals).toMatchObject({ page_views: 0, visitors: 0 });
    expect(note_codes ?? []).toEqual([]);
  });

  it.each([
    ['compare', 'compare=next'],
    ['compare_from', 'compare=custom'],
    ['compare_from', 'compare=year&compare_from=2026-01-01'],
    ['compare_to', 'compare_to=2026-01-01'],
    ['compare_from', 'compare=custom&compare_from=2026-01-02&compare_to=2026-01-01'],
    ['compare_from', `compare=custom&compare_from=${NOW - 20 * 365 * DAY_MS}&compare_to=2026-01-01`],
    ['compare_to', 'compare=custom&compare_from=2026-01-02&compare_to=never'],
    ['align', 'align=weekday'],
    ['align', 'compare=year&align=month'],
    ['sort', 'sort=change'],
    ['sort', 'compare=year&sort=change:value'],
    ['sort', 'compare=year&sort=change:'],
    ['interval', `interval=5m&compare=custom&compare_from=2026-01-01&compare_to=2026-06-01`],
  ])('is rejected by the name of a bad %s: %s', async (name, query) => {
    const headers = { authorization: `Bearer ${READ_KEY}` };
    const reply = await readReply(
      await collector.fetch(new Request(`http://c/api/stats?${query}`, { headers })),
    );
    expect(reply.code).toBe(400);
    expect(reply.data.issues[0]?.path).toBe(name);
  });
});
