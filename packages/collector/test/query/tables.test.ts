/** Breakdowns as tables of the server: paged, sorted by any column, and as a file. */
import { createCollector, type Store } from '@liveinsight/collector';
import type { BreakdownRow, StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAll, batchOf, DAY_MS, type Happened, view } from '../reports/log.js';
import { READ_KEY, readReply, SECRET, type Stack, startStack } from '../stack.js';

const NOW = Date.parse('2026-11-20T15:30:00Z');
const PAGES = 30;
const FROM = 'from=2026-11-10';

/** States as an older collector stores them. */
const withoutColumns =
  ({ rollups }: Store): Store['rollups'] =>
  async (...args) => {
    const page = await rollups(...args);
    return { ...page, states: page.states.map(({ columns: _, ...state }) => state) };
  };

describe('Breakdowns as tables', () => {
  let stack: Stack;
  let collector: ReturnType<typeof createCollector>;
  beforeAll(async () => {
    stack = await startStack();
    const store = { ...stack.store, now: () => NOW };
    collector = createCollector({
      ...{ store, secret: SECRET, sites: [{ id: 'shop', rates: { USD: 2 }, currency: 'EUR' }] },
      ...{ defaultSite: 'shop', readKeys: [READ_KEY], rollUpEverySeconds: 0 },
    });
    const batches = Array.from({ length: PAGES }, (_, page) => {
      const at = NOW - (page % 5) * DAY_MS;
      const paid: Happened = {
        event_type: 'conversion',
        conversion_type: 'purchase',
        timestamp: at,
        page_url: `https://shop.example/p${page}`,
        ...{ value: 1, currency: page % 2 ? 'EUR' : 'USD', nth: 1, nth_of_type: 1 },
      };
      return Array.from({ length: 1 + (page % 3) }, (_, index) =>
        batchOf(
          `s${page}-${index}`,
          [
            view(`/p${page}`, at, { view: 1, first_on_page: true, props: { plan: `plan ${page}` } }),
            ...(page < 4 ? [paid] : []),
          ],
          { visitor_id: `v${page % 7}`, source: page === 3 ? '=HYPERLINK("x")' : `source ${page}` },
        ),
      );
    });
    await appendAll(stack.store, batches.flat());
    for (let finished = false; !finished; ) ({ finished } = await collector.rollUp());
  });
  afterAll(async () => {
    await collector.close();
    await stack.close();
  });

  const fetch = (query: string, streams = true) => {
    const headers = { authorization: `Bearer ${READ_KEY}` };
    return collector.fetch(new Request(`http://c/api/stats?${FROM}&${query}`, { headers }), { streams });
  };
  async function rowsOf(query: string, name: string): Promise<{ rows: BreakdownRow[]; count: number }> {
    const { code, data, message } = await readReply<StatsData>(await fetch(query));
    expect(code, message).toBe(200);
    return { rows: data.breakdowns[name] ?? [], count: data.row_counts[name] ?? 0 };
  }

  it.each([
    ['page', ''],
    ['page', '&source=~source'],
    ['source', '&sort=visitors&order=asc'],
    ['prop:plan', ''],
    ['source*page', '&event=page_view'],
    ['prop:plan*source', '&sort=value'],
  ])('page through all rows of %s once%s', async (name, more) => {
    const query = `breakdown=${name}${more}`;
    const all = await rowsOf(`${query}&limit=1000`, name);
    const paged: BreakdownRow[] = [];
    for (let offset = 0; offset < all.count; offset += 7)
      paged.push(...(await rowsOf(`${query}&limit=7&offset=${offset}`, name)).rows);
    expect(paged).toEqual(all.rows);
    expect(new Set(paged.map(({ value }) => value)).size).toBe(all.count);
    expect(all.count).toBeGreaterThanOrEqual(PAGES - 1);
    expect((await rowsOf(`${query}&offset=${all.count}`, name)).rows).toEqual([]);
  });

  it('have visitors and revenue without filters where asked, the same as with a filter that all pass', async () => {
    const asked = await rowsOf('breakdown=page&columns=visitors,revenue&limit=50', 'page');
    const filtered = await rowsOf('breakdown=page&page=*&limit=50', 'page');
    expect(asked).toEqual(filtered);
    expect(asked.rows.find(({ value }) => value === '/p1')).toMatchObject({
      visitors: 1,
      revenue: { EUR: 2 },
    });
    const plain = await rowsOf('breakdown=page&limit=50', 'page');
    expect(plain.rows.map(({ visitors }) => visitors)).toEqual(plain.rows.map(() => undefined));
    const hours = await rowsOf('breakdown=hour_of_week&columns=visitors', 'hour_of_week');
    for (const row of hours.rows) expect(row.visitors).toBeGreaterThan(0);
  });

  it('have null, not zero, where columns do not hold the whole range', async () => {
    // As if the log had been read up to its budget: a process that may read no columns of closed days.
    const store = { ...stack.store, now: () => NOW, rollups: withoutColumns(stack.store) };
    const bare = createCollector({
      ...{ store, secret: SECRET, sites: [{ id: 'shop', retentionDays: 3 }] },
      ...{ defaultSite: 'shop', readKeys: [READ_KEY], rollUpEverySeconds: 0 },
    });
    const headers = { authorization: `Bearer ${READ_KEY}` };
    const { data } = await readReply<StatsData>(
      await bare.fetch(new Request(`http://c/api/stats?${FROM}&breakdown=page&sort=visitors`, { headers })),
    );
    expect(data.breakdowns.page).toHaveLength(PAGES);
    for (const row of data.breakdowns.page ?? [])
      expect(row).toMatchObject({ visitors: null, revenue: null });
    expect(data.note_codes).toContainEqual(expect.objectContaining({ code: 'raw_events_expired' }));
    await bare.close();
  });

  it('sort by revenue at the rates of the site', async () => {
    const { rows } = await rowsOf('breakdown=page&sort=revenue&limit=4', 'page');
    expect(rows.map(({ value, revenue }) => [value, revenue])).toEqual([
      ['/p2', { USD: 3 }],
      // As much as the next, with more events.
      ['/p1', { EUR: 2 }],
      ['/p0', { USD: 1 }],
      ['/p3', { EUR: 1 }],
    ]);
  });

  it('are a file of all rows, in which no cell is a formula', async () => {
    const reply = await fetch('breakdown=source&sort=value&format=csv&page=*');
    expect(reply.headers.get('content-type')).toContain('text/csv');
    expect(reply.headers.get('content-disposition')).toContain('shop-source.csv');
    expect(reply.headers.get('x-row-count')).toBe(String(PAGES));
    expect(reply.headers.get('x-next-offset')).toBeNull();
    const lines = (await reply.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(PAGES + 1);
    expect(lines[0]).toBe(
      'source,page_views,sessions,visitors,events,clicks,conversions,conversion_rate,bounce_rate,engaged_sessions,engagement_rate,average_engaged_ms,average_session_duration_ms,revenue_EUR,revenue_USD',
    );
    expect(lines.at(-1)).toMatch(/^"'=HYPERLINK\(""x""\)",1,1,1,2,0,1,1,1,0,0,0,0,1,0$/);
  });

  it('say in the file’s headers what is left', async () => {
    const reply = await fetch('breakdown=source*page&format=csv&limit=5&offset=10');
    expect(reply.headers.get('x-next-offset')).toBe('15');
    const lines = (await reply.text()).trimEnd().split('\r\n');
    // It goes on those of an earlier part.
    expect(lines).toHaveLength(5);
    expect(lines[0]?.split(',').slice(0, 2).join()).toMatch(/^source \d+,\/p\d+$/);
    const first = await fetch('breakdown=page&format=csv&compare=custom&compare_from=2026-11-15', false);
    expect((await first.text()).split('\r\n')[0]).toMatch(/^page,.*,previous_page_views,/);
    expect(first.headers.get('x-row-count')).toBe(String(PAGES));
  });
});
