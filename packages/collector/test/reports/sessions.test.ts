import type { NewBatch } from '@liveinsight/collector';
import type { RecentEventsData, SessionsData, SessionTimeline, UserSessionsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, type Stack, startStack } from '../stack.js';
import { appendAll, ask, batchOf, DAY_MS, HOUR_MS, MINUTE_MS, view } from './log.js';

const NOW = Date.now();
const SESSIONS = 60;

/** Sessions that overlap: batches of each among those of others, some in the same millisecond, over three days. */
function history(): (NewBatch & { received_at: number })[] {
  return Array.from({ length: SESSIONS }, (_, number) => {
    const id = `s${String(number).padStart(3, '0')}`;
    const start = NOW - 3 * DAY_MS + Math.floor(number / 2) * 2 * HOUR_MS;
    const shared = {
      visitor_id: `v${number % 20}`,
      country: number % 3 === 0 ? 'KR' : 'DE',
      entry_page: '/',
      ...(number % 10 === 0 ? { user_id: 'ada/1 %' } : {}),
      ...(number % 15 === 7 ? { bot: true as const } : {}),
      shardAt: () => number % 3,
    };
    return [
      batchOf(id, [view('/', start, { view: 1 }), view('/a', start + MINUTE_MS, { view: 2 })], shared),
      batchOf(id, [view(number % 4 === 0 ? '/cart' : '/b', start + 5 * HOUR_MS, { view: 3 })], shared),
    ];
  }).flat();
}

describe('GET /api/sessions', () => {
  let stack: Stack;
  const log = history();
  beforeAll(async () => {
    stack = await startStack({ sites: [{ id: 'shop', shards: 3 }] });
    await appendAll(stack.store, log);
  });
  afterAll(() => stack.close());

  /** What the list must have, from the log itself. */
  function expected(from: number, to: number, isWanted: (batches: typeof log) => boolean = () => true) {
    const ids = [...new Set(log.map(({ session_id }) => session_id))];
    return ids
      .map((id) => {
        const all = log.filter(({ session_id }) => session_id === id);
        const within = all.filter(({ received_at }) => received_at >= from && received_at < to);
        return { id, all, last: Math.max(...within.map(({ received_at }) => received_at)) };
      })
      .filter(({ all, last }) => last > 0 && !all[0]?.bot && isWanted(all))
      .sort((a, b) => b.last - a.last || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
  }

  async function pages(query: string, cursor?: string): Promise<{ ids: string[]; pages: SessionsData[] }> {
    const found: SessionsData[] = [];
    do {
      const { code, data, message } = await ask<SessionsData>(
        stack,
        `/sessions?${query}${cursor ? `&cursor=${cursor}` : ''}`,
      );
      expect(code, message).toBe(200);
      found.push(data);
      cursor = data.cursor;
    } while (cursor && found.length < 100);
    return {
      ids: found.flatMap(({ sessions }) => sessions.map(({ session_id }) => session_id)),
      pages: found,
    };
  }

  it.each([4, 50])('lists each session once, newest first, in pages of %i', async (limit) => {
    const { ids, pages: told } = await pages(`from=4d&limit=${limit}`);
    expect(ids).toEqual(expected(0, NOW + DAY_MS));
    // How far they have looked: further with each page, in the end through all of the range.
    const searched = told.map(({ searched_to }) => searched_to);
    expect(searched).toEqual([...searched].sort().reverse());
    expect(searched.at(-1)).toBe(told[0]?.from);
  });

  it('lists by the last arrival within the range, and tells all of a session, not only what is in the range', async () => {
    const [from, to] = [NOW - 2 * DAY_MS, NOW - DAY_MS];
    const { ids, pages: found } = await pages(`from=${from}&to=${to}&limit=5`);
    expect(ids).toEqual(expected(from, to));
    for (const session of found.flatMap(({ sessions }) => sessions)) {
      expect(session).toMatchObject({ page_views: 3, events: 3, duration_ms: 5 * HOUR_MS, entry_page: '/' });
    }
  });

  it('keeps to what was there when its first page was asked for', async () => {
    const first = await ask<SessionsData>(stack, '/sessions?from=4d&limit=10');
    await appendAll(stack.store, [
      batchOf('newcomer', [view('/', NOW)], { received_at: Date.parse(first.data.to) + 1 }),
    ]);
    const rest = await pages('from=4d&limit=10', first.data.cursor);
    expect(rest.ids).toEqual(expected(0, NOW + DAY_MS).slice(10));
  });

  it.each<[string, (batches: typeof log) => boolean]>([
    ['country=KR', ([first]) => first?.country === 'KR'],
    ['country=!KR', ([first]) => first?.country !== 'KR'],
    ['page=/cart', (all) => JSON.stringify(all).includes('/cart')],
    ['page=!/cart', (all) => !JSON.stringify(all).includes('/cart')],
    ['exit_page=/b&country=DE', (all) => JSON.stringify(all).includes('/b?') && all[0]?.country === 'DE'],
    ['source=nobody', () => false],
  ])('lists the sessions that pass %s alone', async (filter, isWanted) => {
    const { ids } = await pages(`from=4d&to=${NOW}&limit=9&${filter}`);
    const wanted = expected(0, NOW, isWanted);
    expect(ids.toSorted()).toEqual(wanted.toSorted());
    // Columns have hashes of ids: sessions of the same millisecond are in any order, the same each time.
    const lastOf = (id: string) =>
      Math.max(...log.filter(({ session_id }) => session_id === id).map(({ received_at }) => received_at));
    expect(ids.map(lastOf)).toEqual(wanted.map(lastOf));
  });

  it.each([
    ['limit', 'limit=201'],
    ['limit', 'limit=many'],
    ['cursor', 'cursor=bm9uc2Vuc2U'],
    ['cursor', `cursor=${Buffer.from('[1e300,{},"x"]').toString('base64url')}`],
    ['from', 'from=tomorrow'],
    ['timezone', 'timezone=Mars/Olympus'],
    ['visitor', 'visitor=v1'],
    ['country', `country=${'x'.repeat(3_000)}`],
  ])('refuses a bad %s by name', async (parameter, query) => {
    const { code, data, message } = await ask(stack, `/sessions?${query}`);
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe(parameter);
    expect(message).toContain(parameter);
  });

  it('is for who has a key', async () => {
    expect((await stack.collector.fetch(new Request('http://collector/api/sessions'))).status).toBe(401);
  });

  it('lists a user’s sessions, newest first, in pages', async () => {
    const user = encodeURIComponent('ada/1 %');
    const first = await ask<UserSessionsData>(stack, `/users/${user}/sessions?limit=4`);
    expect(first.data).toMatchObject({ site: 'shop', user_id: 'ada/1 %' });
    const second = await ask<UserSessionsData>(
      stack,
      `/users/${user}/sessions?limit=4&cursor=${first.data.cursor}`,
    );
    expect(second.data.cursor).toBeUndefined();
    const ids = [...first.data.sessions, ...second.data.sessions].map(({ session_id }) => session_id);
    expect(ids).toEqual(['s050', 's040', 's030', 's020', 's010', 's000']);
    expect(first.data.sessions[0]).toMatchObject({ user_id: 'ada/1 %', page_views: 3 });
    expect((await ask<UserSessionsData>(stack, '/users/nobody/sessions')).data.sessions).toEqual([]);
  });
});

describe('GET /api/sessions/{session_id}', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.close());

  const timeline = async (id: string) => ask<SessionTimeline>(stack, `/sessions/${id}`);

  it.each(['known', 'unknown'])('is of no session for what is kept of a user: of one %s', async (user) => {
    await appendAll(stack.store, [batchOf('of-known', [view('/', NOW)], { user_id: 'known' })]);
    const { code, message } = await timeline(encodeURIComponent(`user#${user}`));
    expect({ code, message }).toEqual({ code: 404, message: 'site shop has no such session' });
  });

  it('tells every event once, in the order it happened, with its page and the time since the one before', async () => {
    await appendAll(stack.store, [
      batchOf('told', [
        view('/b', NOW - 50_000),
        view('/c', NOW - 40_000, { delayed: true, gap_ms: 10_000 }),
      ]),
      batchOf('told', [
        view('/a', NOW - 60_000, { event_id: 'first' }),
        { event_type: 'conversion', conversion_type: 'signup', timestamp: NOW - 39_000 },
      ]),
      batchOf('told', [view('/a', NOW - 60_000, { event_id: 'first' })]),
    ]);
    const { data } = await timeline('told');
    expect(data.session).toMatchObject({
      page_views: 3,
      events: 4,
      conversions: 1,
      current_page: '/c',
      duration_ms: 21_000,
    });
    expect(data.events.map(({ page, since_previous_ms }) => [page, since_previous_ms])).toEqual([
      ['/a', 0],
      ['/b', 10_000],
      ['/c', 10_000],
      ['', 1_000],
    ]);
    expect(data.events[2]).toMatchObject({ delayed: true, gap_ms: 10_000, timestamp: NOW - 40_000 });
  });

  it('flags what a wrong clock said', async () => {
    const event = { event_type: 'page_view', session_id: 'from-2099', timestamp: Date.UTC(2099, 0) };
    await stack.collector.fetch(new Request('http://collector/api/events', post(event)));
    const [told] = (await timeline('from-2099')).data.events;
    expect(told).toMatchObject({ clock: 'replaced', claimed_timestamp: Date.UTC(2099, 0) });
    expect(Math.abs((told?.timestamp ?? 0) - Date.now())).toBeLessThan(HOUR_MS);
  });

  it('is a 404 for a session that is not there, and a 400 for a parameter that is none', async () => {
    expect((await timeline('nobody')).code).toBe(404);
    expect((await timeline('x'.repeat(1_000))).code).toBe(404);
    expect((await timeline('told?form=1')).code).toBe(400);
  });
});

describe('lists', () => {
  const RETENTION_DAYS = 30;
  let stack: Stack;
  let reads = 0;
  beforeAll(async () => {
    stack = await startStack({ sites: [{ id: 'shop', retentionDays: RETENTION_DAYS }] });
    await appendAll(
      stack.store,
      [1, 2, 3].map((hours) => batchOf(`listed-${hours}`, [view('/', NOW - hours * HOUR_MS)])),
    );
    const { arrivals } = stack.store;
    stack.store.arrivals = (query) => {
      reads += 1;
      return arrivals.call(stack.store, query);
    };
  });
  afterAll(() => stack.close());

  const cursorOf = (to: number, at: number) =>
    Buffer.from(JSON.stringify([to, at, 'session', 'batch'])).toString('base64url');

  describe.each(['/sessions', '/recent-events'])('as %s', (path) => {
    it.each([
      ['3000', Date.UTC(3000, 0), Date.UTC(3000, 0) - 1],
      ['the end of time', 8_640_000_000_000_000, 8_640_000_000_000_000 - 1],
      ['after the end of its own range', NOW - HOUR_MS, NOW],
    ])('refuse a cursor of %s by name, and read nothing', async (_, to, at) => {
      reads = 0;
      const { code, data } = await ask(stack, `${path}?from=2d&cursor=${cursorOf(to, at)}`);
      expect(code).toBe(400);
      expect(data.issues[0]?.path).toBe('cursor');
      expect(reads).toBe(0);
    });

    it('refuse a cursor that is behind the end of the question', async () => {
      const query = `from=2d&to=${NOW - 10 * HOUR_MS}&cursor=${cursorOf(NOW, NOW - HOUR_MS)}`;
      const { code, data } = await ask(stack, `${path}?${query}`);
      expect(code).toBe(400);
      expect(data.issues[0]?.path).toBe('cursor');
    });

    it('end where the question has moved on behind its cursor', async () => {
      const { code, data } = await ask<Partial<SessionsData & RecentEventsData>>(
        stack,
        `${path}?from=30m&cursor=${cursorOf(NOW, NOW - 5 * HOUR_MS)}`,
      );
      expect(code).toBe(200);
      expect(data.sessions ?? data.events).toEqual([]);
      expect(data.cursor).toBeUndefined();
    });

    it.each(['from=3650d', 'from=2d&to=2035-01-01', 'from=2030-01-01&to=2031-01-01'])(
      'read for %s only days that can have raw events',
      async (query) => {
        reads = 0;
        const { code, data } = await ask<Partial<SessionsData & RecentEventsData>>(stack, `${path}?${query}`);
        expect(code).toBe(200);
        expect(data.sessions ?? data.events).toHaveLength(query.includes('2030') ? 0 : 3);
        expect(reads).toBeLessThanOrEqual(RETENTION_DAYS + 3);
        const isCut = query === 'from=3650d';
        expect(data.notes?.join() ?? '').toMatch(isCut ? /have expired/ : /^$/);
      },
    );
  });

  it('go back to what imports have brought from before', async () => {
    const at = NOW - 200 * 24 * HOUR_MS;
    await stack.store.markDay('shop', {
      day: new Date(at).toISOString().slice(0, 10),
      cause: 'history',
      marked_at: NOW,
    });
    await appendAll(stack.store, [batchOf('long-ago', [view('/', at)])]);
    const { data } = await ask<SessionsData>(stack, '/sessions?from=300d');
    expect(data.sessions.map(({ session_id }) => session_id)).toContain('long-ago');
  });

  it.each([
    '/stats?country=KR&interval=month&from=2d',
    '/funnel?steps=page:/,page:/a&from=2d',
    '/retention?',
  ])('are not alone: %s reads no day ahead', async (path) => {
    reads = 0;
    expect((await ask(stack, `${path}&to=2035-01-01`)).code).toBe(200);
    expect(reads).toBeLessThanOrEqual(RETENTION_DAYS + 3);
  });
});
