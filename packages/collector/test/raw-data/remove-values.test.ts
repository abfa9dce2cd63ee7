/** What names a person is taken out of the numbers, of hours, days and months alike; the numbers themselves stay. */
import type { BreakdownRow, StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { removeSiteValues } from '../../src/raw-data/remove-values.js';
import { createPacer } from '../../src/segments/pacer.js';
import { createSites } from '../../src/sites/site-registry.js';
import { ADMIN_KEY, READ_KEY, readReply, type Stack, startStack } from '../stack.js';
import { ask } from './ask.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The middle of a month: its hours, its days and itself are known when it is over. */
const BEGIN = Date.UTC(2026, 2, 15);
const ALICE = 'alice@example.com';
const BREAKDOWNS = 'page,entry_page,event_name,click_target,utm_content,referrer,conversion_type';

interface Removed {
  states: number;
  rows: number;
  cursor?: string;
}

describe('a value that names a person', () => {
  let stack: Stack;
  let now = BEGIN;
  beforeAll(async () => {
    stack = await startStack({
      sites: [{ id: 'shop', retentionDays: 90 }],
      adminKeys: [ADMIN_KEY],
      rollUpEverySeconds: 0,
    });
    vi.spyOn(stack.store, 'now').mockImplementation(() => now);
    // One whose days are closed, one of the days under way.
    for (const at of [BEGIN + HOUR_MS, BEGIN + 45 * DAY_MS + HOUR_MS]) {
      now = at + HOUR_MS;
      await visits(['alice', 'bob'], at);
      await stack.collector.rollUp();
    }
    now = BEGIN + 45 * DAY_MS + 5 * HOUR_MS;
    await stack.collector.rollUp();
  });
  afterAll(() => stack.close());

  async function visits(people: string[], received_at: number): Promise<void> {
    const lines = people.map((name) => {
      const who = `${name}@example.com`;
      const id = `${name}-${received_at}`;
      const page_url = `https://shop.example/people/${who}/orders`;
      return {
        received_at,
        user_id: name,
        visitor_id: `v-${name}`,
        session: { session_id: id, entry_page: `/people/${encodeURIComponent(who)}`, utm: { content: who } },
        events: [
          { event_id: `${id}-0`, event_type: 'page_view', page_url: '/', view: 1, timestamp: received_at },
          {
            event_id: `${id}-1`,
            event_type: 'page_view',
            page_url,
            from_page: '/',
            view: 2,
            timestamp: received_at,
          },
          {
            event_id: `${id}-2`,
            event_type: 'click',
            page_url,
            element_tag: 'A',
            element_text: `Log out ${who.toUpperCase()}`,
            timestamp: received_at,
          },
          { event_id: `${id}-3`, event_type: 'custom', name: `hello ${who}`, timestamp: received_at },
        ],
      };
    });
    const body = lines.map((line) => JSON.stringify(line)).join('\n');
    expect((await ask(stack.collector, '/api/import?site=shop', { method: 'POST', body })).status).toBe(200);
  }

  const read = async (path: string) =>
    (await ask(stack.collector, path, { headers: { authorization: `Bearer ${READ_KEY}` } })).text();
  const range = `from=${BEGIN}&to=${BEGIN + 60 * DAY_MS}`;
  /** Read from hours, from days, and from months. */
  const RANGES = {
    hour: `from=${BEGIN}&to=${BEGIN + DAY_MS}`,
    day: range,
    month: `from=${Date.UTC(2026, 2)}&to=${Date.UTC(2026, 3)}`,
  };
  const stats = async (interval: keyof typeof RANGES): Promise<StatsData> =>
    JSON.parse(await read(`/api/stats?${RANGES[interval]}&interval=${interval}&breakdown=${BREAKDOWNS}`))
      .data;
  const remove = async (query: string) =>
    readReply<Removed>(await ask(stack.collector, `/api/values?${query}`, { method: 'DELETE' }));
  const naming = (text: string) => text.match(/alice(@|%40)example\.com/gi)?.length ?? 0;
  const eventsOf = (rows: BreakdownRow[] = []) => rows.reduce((sum, row) => sum + (row.events ?? 0), 0);

  it('is refused where it is not clear what is meant, and without an admin key', async () => {
    for (const query of [
      '',
      'value=a&containing=abc',
      'containing=ab',
      'value=(other)',
      'breakdown=x&value=a',
      'after=x&value=a',
    ])
      expect((await remove(query)).code).toBe(400);
    const headers = { authorization: `Bearer ${READ_KEY}` };
    const reply = await ask(stack.collector, '/api/values?value=a', { method: 'DELETE', headers });
    expect(reply.status).toBe(401);
  });

  it('is one whole value of one breakdown, with the pairs it is in', async () => {
    const value = encodeURIComponent('/people/bob@example.com/orders');
    const { data } = await remove(`breakdown=page&value=${value}`);
    expect(data.rows).toBeGreaterThan(0);
    const { breakdowns } = await stats('day');
    expect(JSON.stringify(breakdowns?.page)).not.toContain('bob');
    expect(JSON.stringify(breakdowns?.utm_content)).toContain('bob');
    expect(await read(`/api/click-map?${range}&page=${value}`)).not.toMatch(/bob@example\.com”/i);
    expect(await read(`/api/journeys?${range}`)).not.toContain('bob');
  });

  it('is all that contain a text, however it is written, and leaves every sum as it was', async () => {
    const before = { hours: await stats('hour'), days: await stats('day'), all: await stats('month') };
    for (const one of Object.values(before)) expect(naming(JSON.stringify(one))).toBeGreaterThan(0);
    expect(naming(await read(`/api/journeys?${range}`))).toBeGreaterThan(0);

    const site = createSites({ sites: [{ id: 'shop' }] }).all[0];
    if (!site) throw new Error('there is a site');
    let [after, calls, rows]: [string | undefined, number, number] = [undefined, 0, 0];
    do {
      const part: Removed = await removeSiteValues(
        { store: stack.store, columns: { pace: createPacer(), surveyed: new Set() } },
        site,
        { containing: ALICE, after },
        0,
      );
      after = part.cursor;
      calls += 1;
      rows += part.rows;
    } while (after !== undefined && calls < 20);
    expect(after).toBeUndefined();
    expect(calls).toBeGreaterThan(3);
    expect(rows).toBeGreaterThan(10);

    for (const [interval, then] of [
      ['hour', before.hours],
      ['day', before.days],
      ['month', before.all],
    ] as const) {
      const data = await stats(interval);
      expect(naming(JSON.stringify(data))).toBe(0);
      expect(data.totals).toEqual(then.totals);
      for (const [name, shown] of Object.entries(data.breakdowns ?? {})) {
        const whole: typeof shown | undefined = then.breakdowns?.[name as keyof typeof then.breakdowns];
        expect(eventsOf(shown as BreakdownRow[])).toBe(eventsOf(whole as BreakdownRow[]));
      }
    }
    expect(naming(await read(`/api/journeys?${range}`))).toBe(0);
    expect((await remove(`containing=${ALICE}`)).data).toEqual({ states: 0, rows: 0 });
  });

  it('does not come back when the day is closed', async () => {
    now = BEGIN + 47 * DAY_MS;
    await stack.collector.rollUp();
    expect(naming(JSON.stringify(await stats('day')))).toBe(0);
    expect(await remove(`containing=${ALICE}`)).toMatchObject({ code: 200, data: { rows: 0 } });
  });
});
