/** The numbers of a property in rows of breakdowns: as plain sums and sorts of the events have them. */
import type { BreakdownRow, StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAll, ask, batchOf, HOUR_MS } from '../reports/log.js';
import { READ_KEY, type Stack, startStack } from '../stack.js';

const AT = Date.now() - 5 * HOUR_MS;
const SEATS = [3, 20, 1, 8, 13];

describe('numbers=seats', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
    const log = SEATS.map((seats, index) =>
      batchOf(
        `s${index}`,
        [
          {
            ...{ event_type: 'custom', name: 'signup', timestamp: AT, page_url: 'https://shop.example/join' },
            props: { plan: index < 3 ? 'pro' : 'free', seats, word: 'four' },
          },
          { event_type: 'custom', name: 'renewed', timestamp: AT, props: { plan: 'pro', seats: 1_000 } },
        ],
        { source: index % 2 === 0 ? 'google' : 'news', device: 'mobile', country: 'KR' },
      ),
    );
    await appendAll(stack.store, [
      ...log,
      batchOf('none', [{ event_type: 'custom', name: 'signup', timestamp: AT }]),
    ]);
  });
  afterAll(() => stack.close());

  const get = (query: string) => ask<StatsData>(stack, `/stats?from=24h&numbers=seats&${query}`);
  const byValue = (rows: readonly BreakdownRow[] = []) =>
    Object.fromEntries(rows.map(({ value, numbers }) => [value, numbers]));

  it('are of the events of each row, of that name where one is given', async () => {
    const { code, data, message } = await get('breakdown=prop:plan,source*prop:plan,event_name&event=signup');
    expect(code, message).toBe(200);
    expect(byValue(data.breakdowns['prop:plan'])).toEqual({
      pro: {
        ...{ count: 3, sum: 24, average: 8, min: 1, max: 20 },
        ...{
          p50: 3,
          p75: 11.5,
          p90: expect.closeTo(16.6),
          p95: expect.closeTo(18.3),
          p99: expect.closeTo(19.66),
        },
      },
      free: expect.objectContaining({ count: 2, sum: 21, p50: 10.5 }),
    });
    expect(byValue(data.breakdowns['source*prop:plan'])).toMatchObject({
      'google * pro': { count: 2, sum: 4 },
      'news * pro': { count: 1, sum: 20 },
      'google * free': { count: 1, sum: 13 },
      'news * free': { count: 1, sum: 8 },
    });
    // A breakdown of rollups has no event of its own.
    expect(byValue(data.breakdowns.event_name)).toMatchObject({
      signup: { count: 5, sum: 45 },
      renewed: { count: 5, sum: 5_000 },
    });
  });

  it('are of what filters leave, and null where a row has none', async () => {
    const { data } = await get('breakdown=source,hostname,exit_page&filter_by=event&event_name=signup');
    expect(byValue(data.breakdowns.source)).toMatchObject({
      google: { count: 3, sum: 17 },
      news: { count: 2, sum: 28 },
      '(direct)': null,
    });
    expect(byValue(data.breakdowns.hostname)).toMatchObject({ 'shop.example': { count: 5 } });
    const words = await ask<StatsData>(stack, '/stats?from=24h&numbers=word&breakdown=event_name');
    expect(byValue(words.data.breakdowns.event_name)).toEqual({ signup: null, renewed: null });
    const plain = await ask<StatsData>(stack, '/stats?from=24h&breakdown=event_name');
    expect(plain.data.breakdowns.event_name?.every((row) => !('numbers' in row))).toBe(true);
  });

  it('are columns of a file', async () => {
    const reply = await stack.collector.fetch(
      new Request(
        'http://collector/api/stats?from=24h&numbers=prop:seats&breakdown=prop:plan&event=signup&format=csv',
        { headers: { authorization: `Bearer ${READ_KEY}` } },
      ),
    );
    const [heading = '', pro = ''] = (await reply.text()).split('\r\n');
    const cells = Object.fromEntries(heading.split(',').map((name, index) => [name, pro.split(',')[index]]));
    expect(cells).toMatchObject({
      'prop:plan': 'pro',
      numbers_count: '3',
      numbers_average: '8',
      numbers_p75: '11.5',
    });
  });

  it('are of a property that is named', async () => {
    for (const numbers of ['', 'prop:', 'x'.repeat(300)]) {
      const { code, data } = await ask(stack, `/stats?from=24h&numbers=${numbers}`);
      expect([code, data.issues[0]?.path]).toEqual([400, 'numbers']);
    }
  });
});
