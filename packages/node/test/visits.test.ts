/** Whose events are those of a server, as a real collector has them. */
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { promisify } from 'node:util';
import { type Collector, createCollector, type Store } from '@liveinsight/collector';
import { toNodeListener } from '@liveinsight/collector/node';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { createClient, type EventSender } from '@liveinsight/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from './listen.js';

const SITE = 'shop';
const purchase = {
  event_type: 'conversion',
  conversion_type: 'purchase',
  value: 12.5,
  currency: 'EUR',
} as const;

/** As the tracker's cookie has a session. */
function cookieOf(session: object | string, key = 'li:shop'): string {
  const value = typeof session === 'string' ? session : JSON.stringify(session);
  return `${encodeURIComponent(key)}=${encodeURIComponent(value)}`;
}
const visit = (more: object = {}) => ({
  s: { session_id: 'browser-1', entry_page: '/' },
  v: 'visitor-1',
  b: Date.now() - 60_000,
  l: Date.now() - 1_000,
  p: ['/'],
  c: [],
  ...more,
});

describe('events of a server', () => {
  let store: Store;
  let collector: Collector;
  let server: Server;
  let endpoint: string;
  beforeAll(async () => {
    store = sqliteStore();
    collector = createCollector({
      store,
      secret: 'a secret of at least sixteen',
      sites: [{ id: SITE }],
      countryHeader: 'x-country',
      readKeys: ['read-key-of-the-tests-1'],
    });
    server = createServer(toNodeListener(collector));
    endpoint = await listen(server);
  });
  afterAll(async () => {
    server.close();
    await collector.close();
  });

  const track = async (
    from: EventSender,
    event: Parameters<ReturnType<typeof createClient>['track']>[0] = purchase,
  ) => {
    const client = createClient({ endpoint, site: SITE, flushAfterMs: 0 });
    const isTaken = client.track(event, from);
    expect(await client.close()).toBe(true);
    return isTaken;
  };
  const browse = (session_id: string, more: object = {}) =>
    collector.fetch(
      new Request('http://collector/api/events', {
        method: 'POST',
        headers: {
          'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/141.0.0.0 Safari/537.36',
          'x-country': 'KR',
        },
        body: JSON.stringify({
          ...{ v: 1, site: SITE, batch: `${session_id}.1`, session: { session_id }, visitor_id: 'visitor-1' },
          events: [
            {
              event_id: `${session_id}.1`,
              event_type: 'page_view',
              page_url: 'https://shop.example/',
              view: 1,
            },
          ],
          ...more,
        }),
      }),
      { ip: '203.0.113.9' },
    );
  const ask = async <Data>(path: string) => {
    const headers = { 'x-api-key': 'read-key-of-the-tests-1' };
    const response = await collector.fetch(new Request(`http://collector/api${path}`, { headers }));
    return ((await response.json()) as { data: Data }).data;
  };

  it('join the visit of the browser’s request, whose country and browser stay', async () => {
    await browse('browser-1');
    expect(await track({ request: { headers: { cookie: `a=b; ${cookieOf(visit())}; c=d` } } })).toBe(true);
    const batches = await store.session(SITE, 'browser-1');
    expect(batches).toHaveLength(2);
    expect(batches[1]).toMatchObject({ visitor_id: 'visitor-1', events: [{ value: 12.5 }] });
    expect(batches[1]?.browser).toBeUndefined();
    type Timeline = { session: object };
    expect((await ask<Timeline>('/sessions/browser-1?site=shop')).session).toMatchObject({
      ...{ country: 'KR', browser: 'Chrome', visitor_id: 'visitor-1', conversions: 1, page_views: 1 },
    });
    type Stats = { totals: Record<string, unknown>; breakdowns: Record<string, object[]> };
    const { totals, breakdowns } = await ask<Stats>('/stats?site=shop&from=1h&breakdown=country,browser');
    expect(totals).toMatchObject({
      sessions: 1,
      visitors: 1,
      conversions: 1,
      conversion_rate: 1,
      bounce_rate: 1,
    });
    expect(breakdowns.country).toMatchObject([{ value: 'KR', conversions: 1 }]);
    expect(breakdowns.browser).toMatchObject([{ value: 'Chrome', conversions: 1 }]);
  });

  it('of a user are of the visitor, source and country of the user’s newest session', async () => {
    await browse('0browser-2', {
      ...{ user_id: 'customer-7', visitor_id: 'visitor-7' },
      session: { session_id: '0browser-2', utm: { source: 'news', medium: 'email' } },
    });
    await track({ userId: 'customer-7' });
    await track({ userId: 'customer-7' }, { event_type: 'custom', name: 'invoice' });
    const sessions = await store.sessionsOfUser(SITE, 'customer-7');
    const [made = ''] = sessions.filter((id) => id.startsWith('u.'));
    expect(sessions).toHaveLength(2);
    const batches = await store.session(SITE, made);
    expect(batches).toHaveLength(2);
    for (const batch of batches)
      expect(batch).toMatchObject({
        visitor_id: 'visitor-7',
        country: 'KR',
        source: 'news',
        channel: 'email',
      });
  });

  it('of nobody have no country and browser, and are one visitor', async () => {
    await track({}, { event_type: 'custom', name: 'job_done', event_id: 'job-1' });
    const [batch] = await store.session(SITE, 'job-1');
    expect(batch).toMatchObject({ visitor_id: 'server', events: [{ name: 'job_done' }] });
    expect([batch?.country, batch?.browser, batch?.device]).toEqual([undefined, undefined, undefined]);
  });

  it('are not taken where the visitor has denied it, and are of nobody where they chose that', async () => {
    const choose = (word: string) => cookieOf(`"72327744${word}"`, 'li:shop?');
    const from = (cookie: string, headers = {}) => ({
      request: { headers: { cookie, ...headers } },
      userId: 'u-1',
    });
    expect(await track(from(`${cookieOf(visit())}; ${choose('denied')}`))).toBe(false);
    for (const sender of [
      from(`${cookieOf(visit())}; ${choose('anonymous')}`),
      from(cookieOf(visit()), { 'sec-gpc': '1' }),
    ]) {
      const event_id = `anonymous-${Math.random()}`;
      await track(sender, { event_type: 'custom', name: 'seen', event_id });
      expect(await store.session(SITE, event_id)).toMatchObject([{ visitor_id: 'server' }]);
    }
    expect(await store.sessionsOfUser(SITE, 'u-1')).toEqual([]);
  });

  it('go on with no session that is over, and take for one only what a tracker has stored', async () => {
    const before = (await store.session(SITE, 'browser-1')).length;
    await track({ request: { headers: { cookie: cookieOf(visit({ l: Date.now() - 1_900_000 })) } } });
    expect(await store.session(SITE, 'browser-1')).toHaveLength(before);
    for (const session of [
      '{"s":1}',
      'no json',
      '%',
      visit({ s: { session_id: 'a b' } }),
      visit({ l: 'now' }),
    ]) {
      const event_id = `none-${Math.random()}`;
      const request = new Request('http://x/', { headers: { cookie: cookieOf(session) } });
      await track({ request }, { ...purchase, event_id });
      expect(await store.session(SITE, event_id)).toHaveLength(1);
    }
  });

  it('are sent when a process has nothing left to do', async () => {
    const script = `
      import { createClient } from '@liveinsight/node';
      createClient({ endpoint: ${JSON.stringify(endpoint)}, site: 'shop', flushAfterMs: 60000 })
        .track({ event_type: 'custom', name: 'last', event_id: 'last-words' });`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
    });
    expect(await store.session(SITE, 'last-words')).toHaveLength(1);
  });
});
