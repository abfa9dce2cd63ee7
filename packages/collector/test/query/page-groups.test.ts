import type { Goal, PageGroup, PageGroupsData, StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../raw-data/ask.js';
import { ADMIN_KEY, post, READ_KEY, readReply, type Stack, startStack } from '../stack.js';

/** By session: pages that were viewed one after another. */
const SESSIONS: Record<string, string[]> = {
  a: ['/products/1', '/products/2/', '/about/'],
  b: ['/products/1', '/blog/2026/x'],
  c: ['/about'],
};

describe('page groups', () => {
  let stack: Stack;
  async function send<Data>(method: string, path: string, body?: unknown) {
    const init: RequestInit = { method, headers: { authorization: `Bearer ${ADMIN_KEY}` } };
    if (body !== undefined) init.body = JSON.stringify(body);
    return readReply<Data>(await ask(stack.collector, `/api${path}`, init));
  }
  const stats = async (query: string) => (await send<StatsData>('GET', `/stats?from=1h&${query}`)).data;
  const rows = async (query: string, breakdown = 'page_group') =>
    (await stats(`breakdown=${encodeURIComponent(breakdown)}&${query}`)).breakdowns[breakdown]?.map(
      ({ value, page_views, sessions }) => [value, page_views, sessions],
    );

  beforeAll(async () => {
    stack = await startStack({ adminKeys: [ADMIN_KEY], readKeys: [READ_KEY] });
    for (const [name, pages] of Object.entries(SESSIONS)) {
      const events = pages.map((page, index) => ({
        ...{ event_id: `${name}-${index}`, event_type: 'page_view', view: index + 1 },
        page_url: `https://shop.example${page}`,
      }));
      const session = { session_id: name, utm: { source: name === 'c' ? 'other' : 'news' } };
      const batch = { ...{ v: 1, site: 'shop', batch: name, visitor_id: name }, session, events };
      expect((await ask(stack.collector, '/api/events', post(batch))).status).toBe(200);
    }
  });
  afterAll(() => stack.close());

  it('are pages without a slash at the end, while a site has no rules', async () => {
    expect(await rows('sort=value&order=asc')).toEqual([
      ['/about', 2, 2],
      ['/blog/2026/x', 1, 1],
      ['/products/1', 2, 2],
      ['/products/2', 1, 1],
    ]);
  });

  it('count what was stored before their rules, as rows, filters, crossed, in files and goals', async () => {
    const rule = await send<PageGroup>('POST', '/page-groups', { pattern: '/products/:id' });
    const blog = await send<PageGroup>('POST', '/page-groups', { pattern: '/blog/*', name: 'Blog' });
    expect([rule.code, blog.code]).toEqual([200, 200]);
    const listed = await send<PageGroupsData>('GET', '/page-groups');
    expect(listed.data.page_groups.map(({ pattern }) => pattern).sort()).toEqual([
      '/blog/*',
      '/products/:id',
    ]);

    expect(await rows('sort=page_views')).toEqual([
      ['/products/:id', 3, 2],
      ['/about', 2, 2],
      ['Blog', 1, 1],
    ]);
    expect(await rows('sort=value&order=asc', 'page_group*source')).toEqual([
      ['/about * news', 1, 1],
      ['/about * other', 1, 1],
      ['/products/:id * news', 3, 2],
      ['Blog * news', 1, 1],
    ]);
    for (const [filter, sessions] of [
      ['page_group=/products/:id', 2],
      ['page_group=/products/:id/', 2],
      ['page_group=/products/*', 2],
      ['page_group=~bLo', 1],
      ['page_group=!Blog', 2],
      ['page_group=/about/', 2],
      ['page_group=Blog&page_group=/about', 3],
      ['page_group=/products/1', 0],
    ] as const)
      expect([filter, (await stats(filter)).totals.sessions]).toEqual([filter, sessions]);
    expect((await stats('page_group=/products/:id&filter_by=event')).totals.page_views).toBe(3);

    const file = await ask(
      stack.collector,
      '/api/stats?from=1h&breakdown=page_group&format=csv&sort=page_views',
      {
        headers: { authorization: `Bearer ${READ_KEY}` },
      },
    );
    expect((await file.text()).split('\r\n').map((line) => line.split(',').slice(0, 2))).toEqual([
      ['page_group', 'page_views'],
      ['/products/:id', '3'],
      ['/about', '2'],
      ['Blog', '1'],
      [''],
    ]);

    const goal = await send<Goal>('POST', '/goals', { name: 'A product', page_group: '/products/:id' });
    expect((await stats(`goal=${goal.data.id}`)).totals).toMatchObject({
      conversions: 3,
      conversion_rate: 2 / 3,
    });
    const segment = await send<{ id: string }>('POST', '/segments', {
      name: 'readers',
      filters: { page_group: 'Blog' },
    });
    expect((await stats(`segment=${segment.data.id}`)).totals.sessions).toBe(1);
    for (const path of ['web-vitals', 'revenue'])
      expect((await send('GET', `/${path}?breakdown=page_group`)).code).toBe(200);

    const changed = { ...blog.data, name: 'Posts' };
    expect((await send('PUT', `/page-groups/${blog.data.id}`, changed)).code).toBe(200);
    expect((await send('DELETE', `/page-groups/${rule.data.id}`)).code).toBe(200);
    expect(await rows('search=p&sort=value&order=asc')).toEqual([
      ['/products/1', 2, 2],
      ['/products/2', 1, 1],
      ['Posts', 1, 1],
    ]);
  });

  it.each([
    ['pattern', {}],
    ['pattern', { pattern: 'products/:id' }],
    ['pattern', { pattern: '/search?q=*' }],
    ['pattern', { pattern: '/*/edit' }],
    ['pattern', { pattern: '/a*' }],
    ['pattern', { pattern: '/users/:' }],
    ['pattern', { pattern: `/${'a/'.repeat(40)}` }],
    ['pattern', { pattern: `/${'a'.repeat(300)}` }],
    ['position', { pattern: '/a', position: -1 }],
    ['name', { pattern: '/a', name: '' }],
    ['regex', { pattern: '/a', regex: '.*' }],
  ])('are rejected by the name of a wrong %s', async (field, body) => {
    const { code, message } = await send('POST', '/page-groups', body);
    expect(code).toBe(400);
    expect(message).toContain(field);
  });
});
