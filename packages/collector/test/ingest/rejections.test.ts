/** What is not taken is counted by its reason, for who looks at the dashboard. */
import type { RejectionsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_REJECTION_ROWS } from '../../src/budgets.js';
import { createRejections } from '../../src/ingest/rejections.js';
import { ask } from '../reports/log.js';
import { post, type Stack, startStack } from '../stack.js';
import { stopClock } from '../stopped-clock.js';

const view = { event_type: 'page_view', page_url: 'https://shop.example/' };

describe('what is not taken', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({
      sites: [{ id: 'shop', origins: ['https://shop.example'] }, { id: 'other' }],
      sessionEventsPerMinute: 20,
    });
  });
  afterAll(() => stack.close());

  const send = (body: unknown, headers = {}) =>
    stack.collector.fetch(new Request('http://collector/api/events', post(body, headers)));
  const rejections = async (query: string) => (await ask<RejectionsData>(stack, `/rejections?${query}`)).data;

  it('is counted by reason, beside what was stored', async () => {
    stopClock();
    await send({ site: 'shop', events: [view, { event_type: 'nonsense' }, { event_type: 'conversion' }] });
    await send({ site: 'shop', events: [view, { event_type: 'nonsense' }, { ...view, page_title: {} }] });
    await send({ site: 'shop', events: [view], dropped: { queue_full: 7 } });
    await send('{');
    await send({ site: 'nobody', events: [view] });
    await send({ site: 'shop', events: [view] }, { origin: 'https://evil.example' });
    const fast = { site: 'other', session: { session_id: 'fast' } };
    for (let time = 0; time < 2; time += 1) await send({ ...fast, events: Array(25).fill(view) });
    const shop = await rejections('site=shop&from=30m');
    const counts = Object.fromEntries(
      shop.rejections.map(({ code, path, count }) => [`${code} ${path}`, count]),
    );
    expect(counts).toEqual({
      'dropped queue_full': 7,
      'dropped field': 1,
      'unknown_event_type event_type': 2,
      'missing_field conversion_type': 1,
      'invalid_json ': 1,
      'unknown_site site': 1,
      'origin_not_allowed site': 1,
    });
    expect(shop.count).toBe(14);
    expect(shop.known_from <= shop.to).toBe(true);
    for (const { code, message } of shop.rejections)
      if (code !== 'dropped') expect(message.length).toBeGreaterThan(5);
    const other = await rejections('site=other&from=30m');
    expect(other.rejections.map(({ code, count }) => [code, count])).toEqual([
      ['rate_limited', 25],
      ['invalid_json', 1],
      ['unknown_site', 1],
    ]);
  });

  it('of another time is not among it', async () => {
    expect(await rejections('site=shop&from=2d&to=1d')).toMatchObject({ count: 0, rejections: [] });
  });

  it('is forgotten from its beginning where there is too much of it, which it says', () => {
    let now = Date.UTC(2026, 0, 1);
    const kept = createRejections(() => now);
    const start = now;
    for (let round = 0; round < 24; round += 1) {
      for (let at = 0; at < 600; at += 1)
        kept.add('shop', [{ code: 'invalid_value', path: `${round}-${at}`, message: 'x'.repeat(9_000) }]);
      now += 300_000;
    }
    const { count, knownFrom, rows } = kept.between('shop', start, now);
    expect(knownFrom).toBeGreaterThan(start);
    const rounds = Math.round((now - knownFrom) / 300_000);
    expect(count).toBe(rounds * 600);
    expect(rounds * 501).toBeLessThanOrEqual(MAX_REJECTION_ROWS);
    expect(rows[0]).toMatchObject({ path: '(other)', count: rounds * 100 });
    expect(JSON.stringify(rows).length).toBeLessThan(100 * 500);
  });
});
