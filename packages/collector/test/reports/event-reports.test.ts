/** Reports on what pages and visitors do: worked examples, each about a site of its own. */
import type { ActionsData, ErrorsData, WebVitalsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../stack.js';
import { appendAll, ask, batchOf, type Happened, HOUR_MS } from './log.js';

const AT = Date.now() - 5 * HOUR_MS;
const SITES = ['vitals', 'actions', 'errors'];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sites: SITES.map((id) => ({ id })), defaultSite: 'vitals' });
});
afterAll(() => stack.close());

const custom = (name: string, page: string, props: object, timestamp = AT): Happened => ({
  ...{ event_type: 'custom', name, timestamp, props },
  page_url: `https://shop.example${page}`,
});

describe('GET /api/web-vitals', () => {
  const vital = (name: string, value: number, timestamp = AT, page = '/') =>
    custom('web_vital', page, { name, value, release: '1.2' }, timestamp);
  beforeAll(() =>
    appendAll(stack.store, [
      batchOf(
        'v1',
        // Hidden twice: the last value counts.
        [vital('TTFB', 300), vital('LCP', 1_200), vital('CLS', 0.05, AT + 1), vital('CLS', 0.3, AT + 2)],
        { site: 'vitals', device: 'mobile' },
      ),
      batchOf('v2', [vital('TTFB', 2_000), vital('LCP', 4_400), vital('LCP', 3_000, AT, '/cart')], {
        site: 'vitals',
        device: 'desktop',
      }),
    ]),
  );

  const get = (query: string) => ask<WebVitalsData>(stack, `/web-vitals?site=vitals&from=24h&${query}`);

  it('gives percentiles and ratings, of all and by page, device and release', async () => {
    const { code, data, message } = await get('breakdown=page');
    expect(code, message).toBe(200);
    expect(data.metrics.map(({ metric }) => metric)).toEqual(['LCP', 'CLS', 'TTFB']);
    expect(data.metrics[0]).toMatchObject({ unit: 'ms', count: 3, p50: 3_000, p75: 3_700 });
    expect(data.metrics[0]).toMatchObject({ rating: 'needs_improvement', good: 1 / 3, poor: 1 / 3 });
    expect(data.metrics[1]).toMatchObject({ metric: 'CLS', unit: null, count: 1, p75: 0.3, rating: 'poor' });
    expect(data).toMatchObject({ row_count: 2, rows: [{ value: '/' }, { value: '/cart' }] });
    expect(data.rows?.[1]?.metrics).toMatchObject([{ metric: 'LCP', count: 1, p75: 3_000 }]);
    expect((await get('breakdown=device&limit=1')).data).toMatchObject({ row_count: 2, breakdown: 'device' });
    expect((await get('breakdown=prop:release')).data.rows).toMatchObject([{ value: '1.2' }]);
    expect((await get('device=mobile')).data.metrics[0]).toMatchObject({ count: 1, p75: 1_200 });
    // Where a load begins is known, even where only CLS passes.
    expect((await get('filter_by=event&prop:name=CLS')).data.metrics).toMatchObject([{ count: 1, p75: 0.3 }]);
  });

  it('rejects what it does not know', async () => {
    for (const [name, query] of [
      ['breakdown', 'breakdown=exit_page'],
      ['limit', 'limit=0'],
      ['metric', 'metric=LCP'],
    ]) {
      const { code, data } = await get(query ?? '');
      expect(code).toBe(400);
      expect(data.issues[0]?.path).toBe(name);
    }
  });
});

describe('GET /api/actions', () => {
  beforeAll(() =>
    appendAll(stack.store, [
      batchOf(
        'a1',
        [
          custom('outbound_click', '/', { url: 'https://bank.example/pay' }),
          custom('outbound_click', '/cart', { url: 'https://bank.example/pay' }, AT + 1),
          custom('file_download', '/', { url: 'https://shop.example/guide.pdf' }),
          custom('search', '/find', { query: 'red shoes' }),
          custom('not_found', '/old', { from: '/blog' }),
        ],
        { site: 'actions' },
      ),
      batchOf(
        'a2',
        [
          custom('outbound_click', '/', { url: 'https://bank.example/pay' }),
          custom('outbound_click', '/', { url: 'https://social.example/us' }),
          custom('search', '/', { search_term: 'socks' }),
          custom('search', '/', {}),
          {
            ...custom('', '/contact', {}),
            event_type: 'form_submit',
            element_tag: 'FORM',
            element_id: 'order',
          },
        ],
        { site: 'actions', device: 'mobile' },
      ),
    ]),
  );

  const get = (query: string) => ask<ActionsData>(stack, `/actions?site=actions&from=24h&${query}`);

  it('lists outbound links with the pages that they were on', async () => {
    const { code, data, message } = await get('kind=links');
    expect(code, message).toBe(200);
    expect(data).toMatchObject({
      ...{ kind: 'links', events: 4, row_count: 2 },
      rows: [
        {
          ...{ value: 'https://bank.example/pay', events: 3, sessions: 2, visitors: 2 },
          pages: [
            { page: '/', events: 2 },
            { page: '/cart', events: 1 },
          ],
        },
        { value: 'https://social.example/us', events: 1 },
      ],
    });
    expect((await get('kind=links&device=mobile')).data.rows).toHaveLength(2);
    expect((await get('kind=links&search=SOCIAL')).data).toMatchObject({ events: 4, row_count: 1 });
    expect((await get('kind=links&limit=1')).data).toMatchObject({ row_count: 2, rows: [{ events: 3 }] });
  });

  it('lists downloads, forms, searches and missing pages', async () => {
    const rows = async (kind: string) =>
      (await get(`kind=${kind}`)).data.rows.map(({ value, events, pages }) => [
        value,
        events,
        pages[0]?.page,
      ]);
    expect(await rows('downloads')).toEqual([['https://shop.example/guide.pdf', 1, '/']]);
    expect(await rows('forms')).toEqual([['form#order', 1, '/contact']]);
    expect(await rows('searches')).toEqual([
      ['(unknown)', 1, '/'],
      ['red shoes', 1, '/find'],
      ['socks', 1, '/'],
    ]);
    expect(await rows('not_found')).toEqual([['/old', 1, '/blog']]);
  });

  it.each([
    ['kind', ''],
    ['kind', 'kind=clicks'],
    ['limit', 'kind=forms&limit=1001'],
  ])('rejects a bad %s: %s', async (name, query) => {
    const { code, data } = await get(query);
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe(name);
  });
});

describe('GET /api/errors', () => {
  const stack1 =
    'TypeError: x is undefined\n    at render (https://shop.example/app.js:10:5)\n    at main (app.js:1:1)';
  const thrown = (release: string, timestamp: number, page = '/') =>
    custom('error', page, { message: 'x is undefined', stack: stack1, release }, timestamp);
  beforeAll(() =>
    appendAll(stack.store, [
      batchOf('e1', [thrown('1.1', AT), thrown('1.2', AT + 2, '/cart')], { site: 'errors' }),
      // It happened before the others, and arrived last.
      batchOf('e2', [thrown('1.1', AT - HOUR_MS)], { site: 'errors', received_at: AT + HOUR_MS }),
      batchOf('e3', [custom('error', '/', { message: 'no stack', source: '/a.js:3' })], { site: 'errors' }),
      // Code of a page can throw any text.
      batchOf(
        'e5',
        [custom('error', '/', { message: 'a line\u001fb', source: '/c.js', stack: 'own stack' })],
        { site: 'errors' },
      ),
      batchOf('e4', [custom('error', '/', { message: 'x is undefined', source: '/b.js:4' })], {
        site: 'errors',
      }),
    ]),
  );

  const get = (query: string) => ask<ErrorsData>(stack, `/errors?site=errors&from=24h&${query}`);

  it('groups errors by message and place, with when and in which releases they are seen', async () => {
    const { code, data, message } = await get('');
    expect(code, message).toBe(200);
    expect(data).toMatchObject({ events: 6, error_count: 4 });
    expect(data.errors[0]).toEqual({
      message: 'x is undefined',
      place: 'render (https://shop.example/app.js:10:5)',
      first_seen: new Date(AT - HOUR_MS).toISOString(),
      last_seen: new Date(AT + 2).toISOString(),
      ...{ events: 3, sessions: 2, visitors: 2 },
      releases: [
        {
          ...{ release: '1.1', events: 2 },
          first_seen: new Date(AT - HOUR_MS).toISOString(),
          last_seen: new Date(AT).toISOString(),
        },
        {
          ...{ release: '1.2', events: 1 },
          first_seen: new Date(AT + 2).toISOString(),
          last_seen: new Date(AT + 2).toISOString(),
        },
      ],
      pages: [
        { page: '/', events: 2 },
        { page: '/cart', events: 1 },
      ],
      stack: stack1,
    });
    expect(data.errors.slice(1)).toMatchObject([
      { message: 'a line b', place: '/c.js', stack: 'own stack' },
      { message: 'no stack', place: '/a.js:3', releases: [], stack: null },
      { message: 'x is undefined', place: '/b.js:4' },
    ]);
    expect((await get('search=NO+STACK')).data).toMatchObject({ error_count: 1, errors: [{ events: 1 }] });
    expect((await get('page=/cart')).data.errors).toHaveLength(0);
    expect((await get('page=/cart&filter_by=event')).data.errors).toMatchObject([{ events: 1 }]);
  });
});
