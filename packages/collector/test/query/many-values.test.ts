import type { StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareRows } from '../../src/query/compared-rows.js';
import type { Table } from '../../src/query/table.js';
import { ask } from '../raw-data/ask.js';
import { post, READ_KEY, readReply, type Stack, startStack } from '../stack.js';

const page_url = 'https://shop.example/cart';
const SESSIONS = 22;
const EVENTS = 48;

describe('a property with values like ids', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
    for (let session = 0; session < SESSIONS; session += 1) {
      const events = Array.from({ length: EVENTS }, (_, index) => ({
        ...{ event_id: `${session}-${index}`, event_type: 'custom', name: 'order', page_url },
        // Of one session, its orders are all of the visitor's; the last session has no view.
        props: { order: `order-${session}-${index}`, day: `day-${index}`, size: index % 2 ? 'S' : 'L' },
      }));
      const view = { event_id: `${session}-view`, event_type: 'page_view', page_url, view: 1 };
      const batch = {
        ...{ v: 1, site: 'shop', batch: `b${session}`, visitor_id: `v${session % 4}` },
        session: { session_id: `s${session}` },
        events: session === SESSIONS - 1 ? events : [view, ...events],
      };
      expect((await ask(stack.collector, '/api/events', post(batch))).status).toBe(200);
    }
  });
  afterAll(() => stack.close());

  const rows = async (breakdown: string, more = '') => {
    const headers = { authorization: `Bearer ${READ_KEY}` };
    const query = new URLSearchParams({ from: '1h', breakdown });
    const reply = await ask(stack.collector, `/api/stats?${query}${more}`, { headers });
    const { data } = await readReply<StatsData>(reply);
    return data.breakdowns[breakdown] ?? [];
  };

  it('counts in one row, with its visitors and sessions counted once', async () => {
    expect(await rows('prop:order')).toEqual([
      expect.objectContaining({
        ...{ value: '(many)', events: SESSIONS * EVENTS, visitors: 4, bounce_rate: 1 },
        sessions: SESSIONS - 1,
      }),
    ]);
    const crossed = await rows('prop:order*prop:size', '&sort=value&order=asc');
    expect(crossed.map(({ values, events, visitors }) => [values, events, visitors])).toEqual([
      [['(many)', 'L'], (SESSIONS * EVENTS) / 2, 4],
      [['(many)', 'S'], (SESSIONS * EVENTS) / 2, 4],
    ]);
  });

  it('has rows of its own where they are looked for', async () => {
    expect((await rows('prop:order', '&search=order-3-1')).map(({ value }) => value)).toHaveLength(11);
  });

  it('is none with few values, or with many events of each', async () => {
    expect(await rows('prop:day')).toHaveLength(EVENTS);
    expect(await rows('prop:day', '&filter_by=event&prop:day=day-1')).toHaveLength(1);
  });
});

it('what counts in one row is compared with nothing', () => {
  const table = (...values: string[]): Table => ({
    ...{ name: 'prop:order', main: 'events' },
    rows: values.map((value) => ({ value, events: 1, conversions: 0 })),
  });
  const options = { isBeforeComplete: true, isComplete: true, withGone: true };
  const compare = (now: Table, before: Table) =>
    compareRows(now, { ...options, before }).table.rows.map(({ value, previous }) => [value, previous]);
  expect(compare(table('(many)'), table('a', 'b'))).toEqual([['(many)', null]]);
  // An order may be among those before.
  expect(compare(table('a'), table('(many)'))).toEqual([['a', null]]);
});
