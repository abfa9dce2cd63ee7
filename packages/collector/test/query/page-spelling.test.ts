/** A page is one page however its path is spelled, in every route that filters or searches, and in any script. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAll, ask, batchOf, HOUR_MS } from '../reports/log.js';
import { type Stack, startStack } from '../stack.js';

const AT = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 2 * HOUR_MS;
const PATH = '/블로그/제주 커피';
const PAGE = encodeURI(PATH);
/** As servers, browsers and other senders write the same path. */
const SPELLINGS = [
  PATH,
  PAGE,
  PAGE.toLowerCase(),
  PATH.replace(' ', '%20'),
  PATH.normalize('NFD'),
  encodeURI(PATH.normalize('NFD')),
];
/** Each is one view, one click and one purchase. */
const COUNT = SPELLINGS.length;
const RANGE = `from=${AT}&to=${AT + HOUR_MS}`;

/** What a filter may be written as. */
const FILTERS = [...SPELLINGS, '~제주', '~블로그/제주', '/블로그/*', `${PAGE.slice(0, 10)}*`, '*커피'];

describe('a page in another script', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
    const happened = (page: string, first: boolean, timestamp: number) => [
      {
        event_type: 'page_view',
        page_url: `https://shop.example${page}?utm_source=x`,
        page_title: '제주 커피 이야기',
        props: { variant: 'blue' },
        timestamp,
        ...(first ? { view: 1, first_on_page: true } : { view: 2, from_page: page }),
      },
      {
        event_type: 'click',
        page_url: `https://shop.example${page}`,
        element_tag: 'A',
        element_text: '더 보기',
        timestamp: timestamp + 1,
      },
      {
        event_type: 'conversion',
        conversion_type: 'purchase',
        page_url: `https://shop.example${page}`,
        timestamp: timestamp + 2,
        ...{ value: 1, currency: 'EUR', nth: 1, nth_of_type: 1 },
      },
    ];
    await appendAll(stack.store, [
      ...SPELLINGS.map((page, index) =>
        batchOf(`s${index}`, happened(page, true, AT + 1_000 * index), { entry_page: page }),
      ),
      batchOf('other', happened('/Ёлка/ΚΑΦΕ', true, AT + 60_000), { entry_page: '/Ёлка/ΚΑΦΕ' }),
    ]);
    await stack.collector.rollUp();
  });
  afterAll(() => stack.close());

  async function get<Data>(path: string): Promise<Data> {
    const { code, data, message } = await ask<Data>(stack, path);
    expect(code, `${path}: ${message}`).toBe(200);
    return data;
  }
  const views = async (query: string) =>
    (await get<{ totals: { page_views: number } }>(`/stats?${RANGE}&${query}`)).totals.page_views;
  const encoded = (filter: string) => encodeURIComponent(filter);

  it('is one row', async () => {
    const { breakdowns } = await get<{ breakdowns: Record<string, { value: string; page_views: number }[]> }>(
      `/stats?${RANGE}&breakdown=page,entry_page,exit_page`,
    );
    for (const name of ['page', 'entry_page', 'exit_page'])
      expect(breakdowns[name]?.[0]).toMatchObject({ value: PAGE, page_views: COUNT });
  });

  it.each(FILTERS)('is found in statistics by %s', async (filter) => {
    for (const field of ['page', 'entry_page', 'exit_page'])
      expect(await views(`${field}=${encoded(filter)}`), field).toBe(COUNT);
    expect(await views(`page=${encoded(`!${filter}`)}`)).toBe(1);
    expect(await views(`page=${encoded(filter)}&filter_by=event`)).toBe(COUNT);
  });

  it.each(FILTERS)('is found in lists by %s', async (filter) => {
    const { sessions } = await get<{ sessions: object[] }>(`/sessions?${RANGE}&page=${encoded(filter)}`);
    expect(sessions).toHaveLength(COUNT);
    const { events } = await get<{ events: object[] }>(`/recent-events?${RANGE}&page=${encoded(filter)}`);
    expect(events).toHaveLength(3 * COUNT);
  });

  it.each(SPELLINGS)('has reports of its own, however it is spelled: %s', async (page) => {
    const named = encoded(page);
    const report = await get<{ page: string; totals: { page_views: number } }>(
      `/pages?${RANGE}&page=${named}`,
    );
    expect(report).toMatchObject({ page: PAGE, totals: { page_views: COUNT } });
    expect(await get(`/click-map?${RANGE}&page=${named}`)).toMatchObject({ page: PAGE, clicks: COUNT });
    const funnel = `steps=${encoded(`page:${page}`)}&steps=event:click`;
    expect(await get(`/funnel?${RANGE}&${funnel}`)).toMatchObject({
      steps: [{ sessions: COUNT }, { sessions: COUNT }],
    });
    expect(await get(`/journeys?${RANGE}&from_page=${named}`)).toMatchObject({ flows: [] });
    expect(await get(`/revenue?${RANGE}&page=${named}`)).toMatchObject({ totals: [{ revenue: COUNT }] });
    expect(await get(`/attribution?${RANGE}&page=${named}`)).toMatchObject({ row_count: 1 });
    expect(await get(`/properties?${RANGE}&event=purchase&page=${named}`)).toMatchObject({
      event: 'purchase',
    });
  });

  it.each([
    'actions?kind=links&',
    'errors?',
    'web-vitals?',
    'retention?',
    'experiment?prop=variant&goal=purchase&',
  ])('is filtered by any spelling in %s', async (report) => {
    const of = (page: string) => get<object>(`/${report}${RANGE}&page=${encoded(page)}`);
    const composed = await of(PATH);
    const { as_of: _, ...others } = composed as { as_of?: unknown };
    expect(await of(PATH.normalize('NFD'))).toMatchObject(others);
    if (!/actions|errors|vitals/.test(report)) expect(await of('/another')).not.toMatchObject(others);
  });

  it.each(['제주', '블로그/제주', 'ё', 'ёлка', 'καφε', 'Καφε'])(
    'is searched in any script and case: %s',
    async (text) => {
      const isOther = /^[ёκΚ]/.test(text);
      const { breakdowns } = await get<{ breakdowns: Record<string, { page_views: number }[]> }>(
        `/stats?${RANGE}&breakdown=page&search=${encoded(text)}`,
      );
      expect(breakdowns.page).toMatchObject([{ page_views: isOther ? 1 : COUNT }]);
      expect(await views(`page=${encoded(`~${text}`)}`)).toBe(isOther ? 1 : COUNT);
      const { sessions } = await get<{ sessions: object[] }>(`/sessions?${RANGE}&search=${encoded(text)}`);
      expect(sessions).toHaveLength(isOther ? 1 : COUNT);
    },
  );

  it('is found though it is written in letters that are put together from parts', async () => {
    expect(await views(`page=${encoded(`~${'제주'.normalize('NFD')}`)}`)).toBe(COUNT);
    expect(await views(`page=${encoded(PATH.normalize('NFC'))}`)).toBe(COUNT);
  });

  it('is found by its title', async () => {
    expect(await views(`title=${encoded('~커피 이야기')}`)).toBe(COUNT + 1);
    expect(await views(`title=${encoded('제주 커피 이야기')}`)).toBe(COUNT + 1);
    const { breakdowns } = await get<{ breakdowns: Record<string, { value: string }[]> }>(
      `/stats?${RANGE}&breakdown=title&search=${encoded('이야기')}`,
    );
    expect(breakdowns.title).toMatchObject([{ value: '제주 커피 이야기' }]);
  });
});
