/** How far sessions come through steps, and which visitors come back. */
import type { FunnelData, RetentionData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stack } from '../stack.js';
import { DAY_MS, MINUTE_MS } from './log.js';
import { batchesOf, expectBadParameter, get, NOW, people, startShop, visits } from './shop-visits.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startShop();
});
afterAll(() => stack.close());

describe('GET /api/funnel', () => {
  const steps = 'steps=page:/,page:/cart,conversion:purchase';

  function stepsTaken(pages: string[]): number {
    const home = pages.indexOf('/');
    if (home < 0) return 0;
    const cart = pages.indexOf('/cart', home + 1);
    if (cart < 0) return 1;
    return pages.indexOf('/paid', cart + 1) < 0 ? 2 : 3;
  }

  it('says how far sessions come', async () => {
    const data = await get<FunnelData>(stack, `/funnel?from=12d&${steps}`);
    const came = [1, 2, 3].map((steps) => people.filter(({ pages }) => stepsTaken(pages) >= steps).length);
    expect(data.sessions).toBe(people.length);
    expect(data.steps.map(({ sessions }) => sessions)).toEqual(came);
    expect(data.steps[1]).toMatchObject({ step: 'page:/cart', median_ms: MINUTE_MS });
    expect(data.within_ms).toBeNull();
  });

  it('keeps to the time given, to filters, and to pages by their beginning', async () => {
    const soon = await get<FunnelData>(stack, `/funnel?from=12d&${steps}&within=60s`);
    expect(soon.steps[2]?.sessions).toBe(0);
    expect(soon.steps[1]?.sessions).toBeGreaterThan(0);
    const timed = await get<FunnelData>(stack, `/funnel?from=12d&${steps}&step_within=2:1m,3:30s`);
    const free = await get<FunnelData>(stack, `/funnel?from=12d&${steps}`);
    expect(timed.steps.map(({ sessions }) => sessions)).toEqual([
      free.steps[0]?.sessions,
      free.steps[1]?.sessions,
      0,
    ]);
    const some = await get<FunnelData>(
      stack,
      '/funnel?from=12d&steps=page:/c*&steps=event:purchase&country=KR',
    );
    const koreans = people.filter(({ country }) => country === 'KR');
    expect(some.sessions).toBe(koreans.length);
    expect(some.steps.map(({ sessions }) => sessions)).toEqual([
      koreans.filter(({ pages }) => pages.includes('/cart')).length,
      koreans.filter(({ pages }) => pages.includes('/paid')).length,
    ]);
  });

  it('goes back as far as it is asked where nothing had arrived before, though raw events are kept for less', async () => {
    const { from, sessions, notes } = await get<FunnelData>(stack, `/funnel?from=90d&${steps}`);
    expect(Date.parse(from)).toBeLessThan(NOW - 89 * DAY_MS);
    expect(sessions).toBe(people.length);
    expect(notes).toBeUndefined();
  });
});

describe('GET /api/retention', () => {
  it('follows the visitors of each week through the weeks since', async () => {
    const { cohorts, from } = await get<RetentionData>(stack, '/retention');
    const arrivals = visits.flatMap((session, number) =>
      session.bot
        ? []
        : batchesOf(session, number).map(({ received_at, visitor_id }) => ({ received_at, visitor_id })),
    );
    const weekOf = (at: number) => Math.floor((at - Date.parse(from)) / (7 * DAY_MS));
    const first = new Map<string, number>();
    for (const { visitor_id, received_at } of arrivals) {
      first.set(visitor_id, Math.min(first.get(visitor_id) ?? 1e9, weekOf(received_at)));
    }
    for (const [week, cohort] of cohorts.entries()) {
      const members = [...first].filter(([, began]) => began === week).map(([visitor]) => visitor);
      const seen = cohort.returned.map(
        (_, later) =>
          members.filter((member) =>
            arrivals.some((one) => one.visitor_id === member && weekOf(one.received_at) === week + later),
          ).length,
      );
      expect(cohort).toMatchObject({ visitors: members.length, returned: seen });
    }
    expect(new Date(from).getUTCDay()).toBe(1);
    expect(cohorts.reduce((sum, { visitors }) => sum + (visitors ?? 0), 0)).toBe(first.size);
  });

  it('follows those that pass filters, by days, and those who come back by an event', async () => {
    const weekly = await get<RetentionData>(stack, '/retention?country=KR');
    const koreans = visits.filter(({ bot, country }) => !bot && country === 'KR');
    const visitors = new Set(koreans.map(({ id }) => `v${Number(id.slice(1)) % 12}`));
    expect(weekly.cohorts.reduce((sum, one) => sum + (one.visitors ?? 0), 0)).toBe(visitors.size);
    const daily = await get<RetentionData>(
      stack,
      '/retention?period=day&from=12d&returning=conversion:purchase',
    );
    expect(daily.period).toBe('day');
    expect(daily.cohorts).toHaveLength(13);
    const [all, paid] = [daily, await get<RetentionData>(stack, '/retention?period=day&from=12d')].map(
      ({ cohorts }) =>
        cohorts.reduce((sum, { returned }) => sum + returned.reduce((one, other) => one + other, 0), 0),
    );
    expect(all).toBeLessThan(paid ?? 0);
    expect(all).toBeGreaterThan(0);
  });
});

it.each([
  ['steps', '/funnel'],
  ['steps', '/funnel?steps=page:/'],
  ['steps', '/funnel?steps=page:/,page:'],
  ['steps', '/funnel?steps=/a&steps=/b'],
  ['steps', `/funnel?${'steps=page:/&'.repeat(11)}`],
  ['within', '/funnel?steps=page:/,page:/cart&within=soon'],
  ['within', '/funnel?steps=page:/,page:/cart&within=0m'],
  ['step_within', '/funnel?steps=page:/,page:/cart&step_within=10m'],
  ['step_within', '/funnel?steps=page:/,page:/cart&step_within=1:10m'],
  ['step_within', '/funnel?steps=page:/,page:/cart&step_within=2e0:1s'],
  ['step_within', '/funnel?steps=page:/,page:/cart&step_within=0x2:1s'],
  ['step_within', '/funnel?steps=page:/,page:/cart&step_within=3:10m'],
  ['timezone', '/retention?timezone=Mars/Olympus'],
  ['from', '/retention?from=2026-02-02&to=2026-01-01'],
  ['period', '/retention?period=year'],
  ['returning', '/retention?returning=signup'],
])('a bad %s is rejected by name: %s', (parameter, path) => expectBadParameter(stack, parameter, path));
