/** How visitors go through a site: from page to page, what they click, and all about one page. */
import type { ClickMapData, JourneysData, PageData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stack } from '../stack.js';
import { CLICKED, expectBadParameter, get, people, startShop, type Visit } from './shop-visits.js';

const count = <Item>(items: Item[], keyOf: (item: Item) => string) => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return Object.fromEntries(counts);
};
const pairsOf = ({ pages }: Visit) => pages.slice(1).map((page, at) => `${pages[at]} > ${page}`);

let stack: Stack;
beforeAll(async () => {
  stack = await startShop();
});
afterAll(() => stack.close());

describe('GET /api/journeys', () => {
  const flowsOf = ({ flows }: JourneysData) =>
    Object.fromEntries(
      flows.map(({ from_page, to_page, page_views }) => [`${from_page} > ${to_page}`, page_views]),
    );

  it('counts which page followed which, over all sessions or those that pass filters', async () => {
    expect(flowsOf(await get(stack, '/journeys?from=12d'))).toEqual(
      count(people.flatMap(pairsOf), (pair) => pair),
    );
    const koreans = people.filter(({ country }) => country === 'KR');
    expect(flowsOf(await get(stack, '/journeys?from=12d&country=KR'))).toEqual(
      count(koreans.flatMap(pairsOf), (pair) => pair),
    );
  });

  it('tells of each page how often it was seen, began and ended a session', async () => {
    const { pages } = await get<JourneysData>(stack, '/journeys?from=12d');
    const of = (page: string, wanted: (session: Visit) => string | undefined) =>
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

  it('keeps to transitions from or to a page, and counts what is beyond the limit', async () => {
    const all = count(people.flatMap(pairsOf), (pair) => pair);
    const from = await get<JourneysData>(stack, '/journeys?from=12d&from_page=/&to_page=/cart');
    expect(flowsOf(from)).toEqual({ '/ > /cart': all['/ > /cart'] });
    const top = await get<JourneysData>(stack, '/journeys?from=12d&limit=1');
    const total = Object.values(all).reduce((sum, one) => sum + one, 0);
    expect(top.other_page_views).toBe(total - (top.flows[0]?.page_views ?? 0));
  });
});

describe('GET /api/click-map', () => {
  it('counts the clicks on each element of a page', async () => {
    const data = await get<ClickMapData>(stack, '/click-map?from=12d&page=/cart');
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
    expect(await get(stack, '/click-map?site=empty&page=/x')).toMatchObject(nothing);
  });
});

describe('GET /api/pages', () => {
  it('tells all about one page: numbers over time, what came before and after, what was clicked', async () => {
    const data = await get<PageData>(stack, '/pages?from=12d&interval=day&page=/cart');
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
    const data = await get<PageData>(stack, '/pages?from=12d&page=/cart&country=KR');
    const koreans = people.filter(({ country }) => country === 'KR');
    const views = koreans.flatMap(({ pages }) => pages).filter((page) => page === '/cart');
    expect(data.totals.page_views).toBe(views.length);
  });
});

it.each([
  ['page', '/click-map?from=1d'],
  ['page', '/pages?page='],
  ['page', '/pages?page=/a&page=/b'],
  ['page', `/click-map?page=${'x'.repeat(3_000)}`],
  ['interval', '/pages?page=/a&interval=fortnight'],
  ['limit', '/journeys?limit=0'],
  ['from_page', `/journeys?from_page=${'x'.repeat(3_000)}`],
  ['step', '/journeys?step=1'],
])('a bad %s is rejected by name: %s', (parameter, path) => expectBadParameter(stack, parameter, path));
