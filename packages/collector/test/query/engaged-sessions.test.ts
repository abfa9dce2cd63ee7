/** Engaged sessions: the same from the tail, hours, days and columns, once a session, and unknown where they were not counted. */
import type { StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeRollup, encodeRollup } from '../../src/rollup/rollup-codec.js';
import { appendAll, ask, batchOf, DAY_MS, HOUR_MS, MINUTE_MS, view } from '../reports/log.js';
import { type Stack, startStack } from '../stack.js';

// Noon: the last visit is of today, and of an hour that is closed.
const TODAY = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const NOW = TODAY + 12 * HOUR_MS + 30 * MINUTE_MS;
const DAY = TODAY - 2 * DAY_MS;

describe('engaged sessions', () => {
  let stack: Stack;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW, shouldAdvanceTime: true });
    stack = await startStack({ rollUpEverySeconds: 0 });
    const leave = (timestamp: number, more: object) => ({
      ...{ event_type: 'page_exit', page_url: 'https://shop.example/', timestamp },
      ...more,
    });
    const first = { view: 1, first_on_page: true };
    const sent = [
      // Engaged in the hour after it began.
      batchOf('s1', [view('/', DAY + HOUR_MS - 1_000, first)], { source: 'news' }),
      batchOf('s1', [leave(DAY + HOUR_MS + 9_500, { engaged_ms: 10_500, engaged: true })], {
        source: 'news',
      }),
      // Loaded, and left.
      batchOf('s2', [view('/', DAY + 5, first), leave(DAY + 6, { engaged_ms: 1 })], { source: 'farm' }),
      batchOf(
        's3',
        [view('/', NOW - HOUR_MS, first), leave(NOW - HOUR_MS, { engaged_ms: 20_000, engaged: true })],
        {
          source: 'news',
        },
      ),
    ];
    await appendAll(stack.store, sent);
    // What is sent again is stored once.
    await Promise.all(sent.map((batch) => stack.store.append(batch)));
    await stack.collector.rollUp();
  });
  afterAll(async () => {
    await stack.close();
    vi.useRealTimers();
  });

  async function get(query: string): Promise<StatsData> {
    const { code, data, message } = await ask<StatsData>(stack, `/stats?${query}`);
    expect(code, message).toBe(200);
    return data;
  }
  const range = `from=${DAY}&to=${NOW + HOUR_MS}`;

  it.each(['', '&country=!XX', '&traffic=all'])('are the same of rollups and columns: %s', async (filter) => {
    const { totals, series, breakdowns } = await get(`${range}&interval=day&breakdown=source,page${filter}`);
    expect(totals).toMatchObject({ sessions: 3, engaged_sessions: 2, engagement_rate: 2 / 3 });
    expect(series.map(({ engaged_sessions }) => engaged_sessions)).toEqual([1, 0, 1]);
    const rows = breakdowns.source?.map(({ value, engaged_sessions, engagement_rate }) => [
      value,
      engaged_sessions,
      engagement_rate,
    ]);
    expect(rows).toEqual([
      ['news', 2, 1],
      ['farm', 0, 0],
    ]);
    expect(breakdowns.page?.[0]).not.toHaveProperty('engaged_sessions');
  });

  it('count in the hour in which they became engaged', async () => {
    const { series } = await get(`from=${DAY}&to=${DAY + 2 * HOUR_MS}&interval=hour`);
    expect(series.map(({ engaged_sessions }) => engaged_sessions)).toEqual([0, 1]);
  });

  it('are not known of single events', async () => {
    const { totals } = await get(`${range}&filter_by=event&source=news`);
    expect(totals).toMatchObject({ engaged_sessions: null, engagement_rate: null });
  });

  it.each([
    ['filter_by=event&source=news', 15_250],
    ['filter_by=event&page=/', 10_167],
    ['filter_by=event&event_name=page_view', null],
    ['filter_by=event&title=nothing', null],
    ['event_name=page_view', 10_167],
  ])(
    'leave the time of a view unknown, not zero, where it is not among the events: %s',
    async (query, time) => {
      const { totals, breakdowns } = await get(`${range}&${query}&breakdown=device,page,page*event_name`);
      expect(totals.average_engaged_ms).toBe(time);
      for (const row of [...(breakdowns.device ?? []), ...(breakdowns.page ?? [])])
        expect(row.average_engaged_ms ?? null).toBe(time);
      for (const row of breakdowns['page*event_name'] ?? [])
        expect(row.average_engaged_ms ?? null).not.toBe(0);
    },
  );

  it('are unknown, not zero, where a stored hour was counted without them', async () => {
    const hour = { site: 'shop', shard: 0, kind: 'hour' } as const;
    const { states } = await stack.store.rollups({ ...hour, from: NOW - 2 * HOUR_MS, to: NOW });
    for (const state of states) {
      const older = { ...decodeRollup(state), knowsEngaged: false };
      await stack.store.putRollup({ ...state, body: encodeRollup(older), version: state.version + 1 });
    }
    expect(states.length).toBeGreaterThan(0);
    const older = await startOver();
    expect(older.totals).toMatchObject({ sessions: 3, engaged_sessions: null, engagement_rate: null });
    expect(older.breakdowns.source?.[0]).toMatchObject({ engaged_sessions: null, engagement_rate: null });
    expect(older.series[0]).toMatchObject({ engaged_sessions: 1 });
  });

  /** As a process that has just started. */
  async function startOver(): Promise<StatsData> {
    const { createCollector } = await import('../../src/collector.js');
    const { READ_KEY, SECRET } = await import('../stack.js');
    const collector = createCollector({
      ...{ store: stack.store, secret: SECRET, sites: [{ id: 'shop' }], readKeys: [READ_KEY] },
      rollUpEverySeconds: 0,
    });
    const again = { ...stack, collector };
    const { data } = await ask<StatsData>(again, `/stats?${range}&interval=day&breakdown=source`);
    await collector.close();
    return data;
  }
});
