import type {
  ClickMapData,
  FunnelData,
  JourneysData,
  PageData,
  RecentEventsData,
  RetentionData,
} from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../stack.js';
import { appendAll, ask, batchOf, DAY_MS, type Happened, HOUR_MS, MINUTE_MS, view } from './log.js';

const NOW = Date.now();
const WAYS = [
  ['/', '/cart', '/paid'],
  ['/', '/cart'],
  ['/a', '/', '/cart', '/', '/cart', '/paid'],
  ['/a', '/a'],
  ['/cart'],
];
const CLICKED = ['buy', 'more', 'buy'];

interface Told {
  id: string;
  pages: string[];
  bot: boolean;
  country: string;
}

/** Sessions over ten days, each page a minute after the one before; a click on each page, a conversion at `/paid`. */
const told: Told[] = Array.from({ length: 40 }, (_, number) => ({
  id: `w${number}`,
  pages: WAYS[number % WAYS.length] ?? [],
  bot: number % 13 === 5,
  country: number % 2 === 0 ? 'KR' : 'DE',
}));
const people = told.filter(({ bot }) => !bot);

function batchesOf({ id, pages, bot, country }: Told, number: number) {
  const start = NOW - 10 * DAY_MS + number * 5 * HOUR_MS;
  return pages.map((page, at) => {
    const timestamp = start + at * MINUTE_MS;
    const page_url = `https://shop.example${page}`;
    const events: Happened[] = [
      view(page, timestamp, {
        view: at + 1,
        first_on_page: pages.indexOf(page) === at,
        ...(at > 0 ? { from_page: pages[at - 1] } : {}),
      }),
      {
        event_type: 'click',
        page_url,
        timestamp: timestamp + 1_000,
        element_tag: 'BUTTON',
        element_id: CLICKED[at % CLICKED.length],
      },
    ];
    if (page === '/paid') {
      const bought = { event_type: 'conversion', conversion_type: 'purchase', page_url, nth: 1 };
      events.push({ ...bought, timestamp: timestamp + 2_000 });
    }
    return batchOf(id, events, {
      visitor_id: `v${number % 12}`,
      entry_page: pages[0] ?? '/',
      country,
      ...(bot ? { bot } : {}),
    });
  });
}

const count = <Item>(items: Item[], keyOf: (item: Item) => string) => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return Object.fromEntries(counts);
};
const pairsOf = ({ pages }: Told) => pages.slice(1).map((page, at) => `${pages[at]} > ${page}`);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sites: [{ id: 'shop' }, { id: 'empty' }] });
  await appendAll(stack.store, told.flatMap(batchesOf));
  await stack.collector.rollUp();
});
afterAll(() => stack.close());

async function get<Data>(path: string): Promise<Data> {
  const { code, data, message } = await ask<Data>(stack, path);
  expect(code, message).toBe(200);
  return data;
}

describe('GET /api/journeys', () => {
  const flowsOf = ({ flows }: JourneysData) =>
    Object.fromEntries(
      flows.map(({ from_page, to_page, page_views }) => [`${from_page} > ${to_page}`, page_views]),
    );

  it('counts which page followed which, over all sessions or those that pass filters', async () => {
    expect(flowsOf(await get('/journeys?from=12d'))).toEqual(count(people.flatMap(pairsOf), (pair) => pair));
    const koreans = people.filter(({ country }) => country === 'KR');
    expect(flowsOf(await get('/journeys?from=12d&country=KR'))).toEqual(
      count(koreans.flatMap(pairsOf), (pair) => pair),
    );
  });

  it('tells of each page how often it was seen, began and ended a session', async () => {
    const { pages } = await get<JourneysData>('/journeys?from=12d');
    const of = (page: string, wanted: (session: Told) => string | undefined) =>
      people.filter((session) => wanted(session) === page).length;
    for (const { page, page_views, entries, exits } of pages) {
      expect(page_views).toBe(
        people.flatMap((session) => session.pages).filter((one) => one === page).length,
      );
      expect(entries, page).toBe(of(page, (session) => session.pages[0]));
      expect(exits, page).toBe(of(page, (session) => session.pages.at(-1)));
    }
    expect(pages.map(({ page }) => page).sort()).toEqual(['/', '/a', '/cart', '/paid']);
  });

  it('keeps to ways from or to a page, and counts what is beyond the limit', async () => {
    const all = count(people.flatMap(pairsOf), (pair) => pair);
    const from = await get<JourneysData>('/journeys?from=12d&from_page=/&to_page=/cart');
    expect(flowsOf(from)).toEqual({ '/ > /cart': all['/ > /cart'] });
    const top = await get<JourneysData>('/journeys?from=12d&limit=1');
    const total = Object.values(all).reduce((sum, one) => sum + one, 0);
    expect(top.other_page_views).toBe(total - (top.flows[0]?.page_views ?? 0));
  });
});

describe('GET /api/click-map', () => {
  it('counts the clicks on each element of a page', async () => {
    const data = await get<ClickMapData>('/click-map?from=12d&page=/cart');
    const clicks = people.flatMap(({ pages }) =>
      pages.flatMap((page, at) => (page === '/cart' ? [`button#${CLICKED[at % CLICKED.length]}`] : [])),
    );
    expect(Object.fromEntries(data.targets.map((one) => [one.target, one.clicks]))).toEqual(
      count(clicks, (target) => target),
    );
    expect(data).toMatchObject({
      page: '/cart',
      clicks: clicks.length,
      page_views: clicks.length,
      other_clicks: 0,
    });
    expect(data.targets.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('is empty for a page that nobody saw', async () => {
    const nothing = { page_views: 0, clicks: 0, targets: [], other_clicks: 0 };
    expect(await get('/click-map?site=empty&page=/x')).toMatchObject(nothing);
  });
});

describe('GET /api/pages', () => {
  it('tells all about one page: numbers over time, what came before and after, what was clicked', async () => {
    const data = await get<PageData>('/pages?from=12d&interval=day&page=/cart');
    const views = people.flatMap(({ pages }) => pages).filter((page) => page === '/cart').length;
    expect(data.totals).toMatchObject({ value: '/cart', page_views: views, clicks: views });
    expect(data.entries).toBe(people.filter(({ pages }) => pages[0] === '/cart').length);
    expect(data.series.reduce((sum, point) => sum + (point.page_views ?? 0), 0)).toBe(views);
    const before = people.flatMap(pairsOf).filter((pair) => pair.endsWith('> /cart'));
    expect(data.previous_pages).toEqual([{ page: '/', page_views: before.length }]);
    const after = count(
      people.flatMap(pairsOf).filter((pair) => pair.startsWith('/cart >')),
      (pair) => pair.slice('/cart > '.length),
    );
    expect(Object.fromEntries(data.next_pages.map(({ page, page_views }) => [page, page_views]))).toEqual(
      after,
    );
  });

  it('gives the same numbers for sessions that pass filters', async () => {
    const data = await get<PageData>('/pages?from=12d&page=/cart&country=KR');
    const koreans = people.filter(({ country }) => country === 'KR');
    const views = koreans.flatMap(({ pages }) => pages).filter((page) => page === '/cart');
    expect(data.totals.page_views).toBe(views.length);
  });
});

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
    const data = await get<FunnelData>(`/funnel?from=12d&${steps}`);
    const came = [1, 2, 3].map((steps) => people.filter(({ pages }) => stepsTaken(pages) >= steps).length);
    expect(data.sessions).toBe(people.length);
    expect(data.steps.map(({ sessions }) => sessions)).toEqual(came);
    expect(data.steps[1]).toMatchObject({ step: 'page:/cart', median_ms: MINUTE_MS });
    expect(data.within_ms).toBeNull();
  });

  it('keeps to the time given, to filters, and to pages by their beginning', async () => {
    const soon = await get<FunnelData>(`/funnel?from=12d&${steps}&within=60s`);
    expect(soon.steps[2]?.sessions).toBe(0);
    expect(soon.steps[1]?.sessions).toBeGreaterThan(0);
    const timed = await get<FunnelData>(`/funnel?from=12d&${steps}&step_within=2:1m,3:30s`);
    const free = await get<FunnelData>(`/funnel?from=12d&${steps}`);
    expect(timed.steps.map(({ sessions }) => sessions)).toEqual([
      free.steps[0]?.sessions,
      free.steps[1]?.sessions,
      0,
    ]);
    const some = await get<FunnelData>('/funnel?from=12d&steps=page:/c*&steps=event:purchase&country=KR');
    const koreans = people.filter(({ country }) => country === 'KR');
    expect(some.sessions).toBe(koreans.length);
    expect(some.steps.map(({ sessions }) => sessions)).toEqual([
      koreans.filter(({ pages }) => pages.includes('/cart')).length,
      koreans.filter(({ pages }) => pages.includes('/paid')).length,
    ]);
  });

  it('goes back as far as it is asked where nothing had arrived before, though raw events are kept for less', async () => {
    const { from, sessions, notes } = await get<FunnelData>(`/funnel?from=90d&${steps}`);
    expect(Date.parse(from)).toBeLessThan(NOW - 89 * DAY_MS);
    expect(sessions).toBe(people.length);
    expect(notes).toBeUndefined();
  });
});

describe('GET /api/retention', () => {
  it('follows the visitors of each week through the weeks since', async () => {
    const { cohorts, from } = await get<RetentionData>('/retention');
    const visits = told.flatMap((session, number) =>
      session.bot
        ? []
        : batchesOf(session, number).map(({ received_at, visitor_id }) => ({ received_at, visitor_id })),
    );
    const weekOf = (at: number) => Math.floor((at - Date.parse(from)) / (7 * DAY_MS));
    const first = new Map<string, number>();
    for (const { visitor_id, received_at } of visits) {
      first.set(visitor_id, Math.min(first.get(visitor_id) ?? 1e9, weekOf(received_at)));
    }
    for (const [week, cohort] of cohorts.entries()) {
      const members = [...first].filter(([, began]) => began === week).map(([visitor]) => visitor);
      const seen = cohort.returned.map(
        (_, later) =>
          members.filter((member) =>
            visits.some((visit) => visit.visitor_id === member && weekOf(visit.received_at) === week + later),
          ).length,
      );
      expect(cohort).toMatchObject({ visitors: members.length, returned: seen });
    }
    expect(new Date(from).getUTCDay()).toBe(1);
    expect(cohorts.reduce((sum, { visitors }) => sum + (visitors ?? 0), 0)).toBe(first.size);
  });

  it('follows those that pass filters, by days, and those who come back by an event', async () => {
    const weekly = await get<RetentionData>('/retention?country=KR');
    const koreans = told.filter(({ bot, country }) => !bot && country === 'KR');
    const visitors = new Set(koreans.map(({ id }) => `v${Number(id.slice(1)) % 12}`));
    expect(weekly.cohorts.reduce((sum, one) => sum + (one.visitors ?? 0), 0)).toBe(visitors.size);
    const daily = await get<RetentionData>('/retention?period=day&from=12d&returning=conversion:purchase');
    expect(daily.period).toBe('day');
    expect(daily.cohorts).toHaveLength(13);
    const [all, paid] = [daily, await get<RetentionData>('/retention?period=day&from=12d')].map(
      ({ cohorts }) =>
        cohorts.reduce((sum, { returned }) => sum + returned.reduce((one, other) => one + other, 0), 0),
    );
    expect(all).toBeLessThan(paid ?? 0);
    expect(all).toBeGreaterThan(0);
  });
});

describe('GET /api/recent-events', () => {
  async function pages(query: string): Promise<RecentEventsData['events']> {
    const events: RecentEventsData['events'] = [];
    let cursor: string | undefined;
    do {
      const data = await get<RecentEventsData>(
        `/recent-events?from=12d&${query}${cursor ? `&cursor=${cursor}` : ''}`,
      );
      events.push(...data.events);
      cursor = data.cursor;
    } while (cursor);
    return events;
  }

  it('shows every event once, newest first, in pages', async () => {
    const events = await pages('limit=20');
    const stored = told.flatMap(({ pages }) =>
      pages.flatMap((page) => (page === '/paid' ? [1, 1, 1] : [1, 1])),
    );
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(stored.length);
    expect(events).toHaveLength(stored.length);
    const arrivals = events.map(({ received_at }) => received_at);
    expect(arrivals).toEqual(arrivals.toSorted().reverse());
  });

  it('shows what happened on a page, in an hour, or by visitors from somewhere', async () => {
    const onPage = await pages('page=/cart');
    expect(new Set(onPage.map(({ page }) => page))).toEqual(new Set(['/cart']));
    expect(new Set(onPage.map(({ event_type }) => event_type))).toEqual(new Set(['click', 'page_view']));
    const purchases = await pages('event_name=conversion&country=DE');
    expect(purchases.every(({ event_type }) => event_type === 'conversion')).toBe(true);
    expect(purchases).toHaveLength(
      told.filter(({ pages, country }) => country === 'DE' && pages.includes('/paid')).length,
    );
    const hour = NOW - 10 * DAY_MS;
    const within = await get<RecentEventsData>(`/recent-events?from=${hour}&to=${hour + 5 * MINUTE_MS}`);
    expect(new Set(within.events.map(({ session_id }) => session_id))).toEqual(new Set(['w0']));
  });
});

describe('questions about ways', () => {
  it.each([
    ['page', '/click-map?from=1d'],
    ['page', '/pages?page='],
    ['page', '/pages?page=/a&page=/b'],
    ['page', `/click-map?page=${'x'.repeat(3_000)}`],
    ['interval', '/pages?page=/a&interval=fortnight'],
    ['limit', '/journeys?limit=0'],
    ['from_page', `/journeys?from_page=${'x'.repeat(3_000)}`],
    ['step', '/journeys?step=1'],
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
    ['cursor', '/recent-events?cursor=x'],
    ['exit_page', '/recent-events?exit_page=/'],
  ])('are refused by the name of a bad %s: %s', async (parameter, path) => {
    const { code, data, message } = await ask(stack, path);
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe(parameter);
    expect(message).toContain(parameter);
  });
});
