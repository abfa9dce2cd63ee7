/** Sessions that are searched for and sorted: over the whole range, or by parts that say so. */
import { SESSION_SORTS, type SessionSummary, type SessionsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCursor } from '../../src/event-log/cursor.js';
import { findSessions } from '../../src/reports/find-sessions.js';
import { listSorted } from '../../src/reports/sorted-sessions.js';
import { createSites } from '../../src/sites/site-registry.js';
import { type Stack, startStack } from '../stack.js';
import { appendAll, ask, batchOf, HOUR_MS, MINUTE_MS, view } from './log.js';

const NOW = Date.now();
const SESSIONS = 40;
const COUNTRIES = ['KR', 'DE', 'US', undefined];
const SOURCES = ['google', 'Newsletter', undefined];

const log = Array.from({ length: SESSIONS }, (_, number) => {
  const start = NOW - 30 * HOUR_MS + number * 30 * MINUTE_MS;
  const [country, source] = [COUNTRIES[number % 4], SOURCES[number % 3]];
  const views = Array.from({ length: 1 + ((number * 7) % 11) }, (_, at) =>
    view(at === 0 ? `/entry-${number % 5}` : '/블로그/제주 커피', start + at * MINUTE_MS, { view: at + 1 }),
  );
  return batchOf(`s${String(number).padStart(3, '0')}`, views, {
    ...(country ? { country } : {}),
    ...(source ? { source } : {}),
    ...(number % 8 === 0 ? { user_id: `Kim+${number}@example.com` } : {}),
    ...(number === 39 ? { bot: true as const } : {}),
  });
});

describe('sessions', () => {
  let stack: Stack;
  let all: SessionSummary[];
  beforeAll(async () => {
    stack = await startStack();
    await appendAll(stack.store, log);
    all = (await list('limit=200')).rows;
  });
  afterAll(() => stack.close());

  async function list(query: string): Promise<{ rows: SessionSummary[]; pages: SessionsData[] }> {
    const pages: SessionsData[] = [];
    let cursor: string | undefined;
    do {
      const more = cursor ? `&cursor=${cursor}` : '';
      const { code, data, message } = await ask<SessionsData>(stack, `/sessions?from=2d&${query}${more}`);
      expect(code, message).toBe(200);
      pages.push(data);
      cursor = data.cursor;
    } while (cursor && pages.length < 60);
    return { rows: pages.flatMap(({ sessions }) => sessions), pages };
  }
  const ids = (rows: SessionSummary[]) => rows.map(({ session_id }) => session_id);
  const readable = (value: string | number | undefined) =>
    typeof value === 'number' ? value : decodeURIComponent(value ?? '');

  it.each(SESSION_SORTS)('are sorted by %s over the whole range, page by page', async (sort) => {
    expect(all).toHaveLength(SESSIONS - 1);
    const limit = sort === 'page_views' || sort === 'entry_page' ? 7 : 200;
    for (const order of ['asc', 'desc'] as const) {
      const { rows, pages } = await list(`sort=${sort}&order=${order}&limit=${limit}`);
      expect(ids(rows).sort()).toEqual(ids(all).sort());
      const values = rows.map((row) => readable(row[sort]));
      const sorted = values.toSorted((a, b) =>
        typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en'),
      );
      expect(values).toEqual(order === 'asc' ? sorted : sorted.reverse());
      for (const { sorted_over, notes, from, to } of pages)
        expect({ sorted_over, notes }).toEqual({
          sorted_over: { from, to, sessions: SESSIONS - 1, complete: true },
          notes: undefined,
        });
    }
  });

  it.each<[string, (session: SessionSummary) => boolean]>([
    ['ENTRY-3', ({ entry_page }) => entry_page === '/entry-3'],
    ['제주 커', ({ page_views }) => page_views > 1],
    ['newsLETTER', ({ source }) => source === 'Newsletter'],
    ['(direct)', ({ source }) => source === ''],
    ['kim+', ({ user_id }) => user_id !== undefined],
    ['germany', ({ country }) => country === 'DE'],
    ['대한민국', ({ country }) => country === 'KR'],
    ['s01', ({ session_id }) => session_id.startsWith('s01')],
    ['nothing has this', () => false],
  ])('are found by %s in what the list shows', async (search, isFound) => {
    const expected = all.filter(isFound);
    const { rows } = await list(`search=${encodeURIComponent(search)}&limit=3`);
    expect(ids(rows)).toEqual(ids(expected));
    const sorted = await list(`search=${encodeURIComponent(search)}&sort=page_views&limit=3`);
    expect(sorted.rows.map(({ page_views }) => page_views)).toEqual(
      expected.map(({ page_views }) => page_views).sort((a, b) => b - a),
    );
    expect(sorted.pages[0]?.sorted_over?.sessions).toBe(expected.length);
  });

  it('are sorted among those that filters leave', async () => {
    const { rows } = await list('country=KR&sort=page_views&limit=4');
    const expected = all.filter(({ country }) => country === 'KR').map(({ page_views }) => page_views);
    expect(rows.map(({ page_views }) => page_views)).toEqual(expected.sort((a, b) => b - a));
  });

  it('of a range that has more than one answer reads are sorted by parts, each of which says so', async () => {
    const range = { from: NOW - 48 * HOUR_MS, to: NOW };
    const order = { sort: 'page_views', ascending: false, by: 'page_views:desc' } as const;
    const site = createSites({ sites: [{ id: 'shop' }] }).get('shop');
    if (!site) throw new Error('there is no such site');
    const everything = { mayPass: () => true, passes: () => true };
    const found: SessionSummary[] = [];
    const parts = new Map<string, number[]>();
    let cursor: ReturnType<typeof parseCursor>;
    for (let pages = 0; pages < 40; pages += 1) {
      const reads = { from: range.from, to: cursor ? Math.min(cursor.at + 1, range.to) : range.to };
      const wanted = { ...range, cursor, reads, notes: [], filter: everything, search: '' };
      const budget = { rows: Number.POSITIVE_INFINITY, batches: 1_000, sessions: 15 };
      const page = listSorted(await findSessions(stack.store, site, wanted, budget, 'people'), {
        ...wanted,
        order,
        limit: 4,
      });
      found.push(...page.sessions);
      const over = page.sorted_over;
      expect(over?.complete).toBe(false);
      expect(page.note_codes?.[0]).toEqual({ code: 'order_of_part', count: over?.sessions, at: over?.from });
      for (const { last_seen_at } of page.sessions) {
        expect(last_seen_at >= (over?.from ?? '') && last_seen_at <= (over?.to ?? '')).toBe(true);
      }
      const key = `${over?.from} ${over?.to}`;
      parts.set(key, [...(parts.get(key) ?? []), ...page.sessions.map(({ page_views }) => page_views)]);
      if (!page.cursor) break;
      cursor = parseCursor(new URLSearchParams({ cursor: page.cursor }));
    }
    expect(ids(found).sort()).toEqual(ids(all).sort());
    expect(parts.size).toBe(3);
    for (const views of parts.values()) expect(views).toEqual(views.toSorted((a, b) => b - a));
  });

  it('cannot be asked for with the cursor of another order', async () => {
    const { data } = await ask<SessionsData>(stack, '/sessions?from=2d&sort=events&limit=3');
    for (const query of ['', 'sort=events&order=asc', 'sort=page_views']) {
      const { code, data: refused } = await ask(stack, `/sessions?from=2d&${query}&cursor=${data.cursor}`);
      expect([code, refused.issues[0]?.path]).toEqual([400, 'cursor']);
    }
    const events = await ask(stack, `/recent-events?from=2d&cursor=${data.cursor}`);
    expect([events.code, events.data.issues[0]?.path]).toEqual([400, 'cursor']);
  });

  it.each([
    ['sort', 'sort=mood'],
    ['order', 'sort=events&order=up'],
    ['order', 'order=asc'],
    ['search', `search=${'x'.repeat(201)}`],
    ['cursor', `sort=events&cursor=${Buffer.from('[1,0,"","","events:desc",{}]').toString('base64url')}`],
  ])('refuse a bad %s by name', async (parameter, query) => {
    const { code, data, message } = await ask(stack, `/sessions?${query}`);
    expect([code, data.issues[0]?.path]).toEqual([400, parameter]);
    expect(message).toContain(parameter);
  });
});
