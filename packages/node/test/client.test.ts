/** The client with a real collector, and with servers that fail. */
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { type Collector, createCollector, type Store } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { startDynalite } from '@liveinsight/collector/local';
import { toNodeListener } from '@liveinsight/collector/node';
import { type ClientOptions, createClient, type EventSender } from '@liveinsight/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const SITE = 'shop';
const purchase = {
  event_type: 'conversion',
  conversion_type: 'purchase',
  value: 12.5,
  currency: 'EUR',
} as const;

const listen = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/events`;
};

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
  let database: Awaited<ReturnType<typeof startDynalite>>;
  beforeAll(async () => {
    database = await startDynalite();
    const driver = () => lean({ endpoint: database.endpoint });
    await createTables({ driver: driver() });
    store = dynamoStore({ driver: driver() });
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
    await database.close();
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

describe('a client', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());
  type Answer = [status: number, body: object | string, headers?: Record<string, string>];

  /** Answers one request after the other so, and then takes everything. */
  async function serve(...answers: Answer[]) {
    const received: { batch: string; events: object[]; dropped?: object }[] = [];
    server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      received.push(JSON.parse(text));
      const stored = { status: 'success', data: { accepted: received.at(-1)?.events.length, rejected: [] } };
      const [status, body, headers = {}] = answers.shift() ?? [200, stored];
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    return { endpoint: await listen(server), received };
  }
  const errors: string[] = [];
  const open = (options: Partial<ClientOptions> & { endpoint: string }) => {
    errors.length = 0;
    return createClient({
      site: SITE,
      flushAfterMs: 0,
      onError: ({ message }) => errors.push(message),
      ...options,
    });
  };
  const custom = (name: string) => ({ event_type: 'custom', name }) as const;

  it('sends a batch again under its name until a collector has it, whatever answers in between', async () => {
    const { endpoint, received } = await serve(
      [503, { status: 'error' }, { 'retry-after': '1' }],
      [200, '<html>a captive portal</html>'],
      [429, {}],
    );
    const client = open({ endpoint });
    client.track(custom('a'));
    await client.flush(1_500);
    client.track(custom('b'));
    while (client.waiting > 0) await client.flush(1_500);
    await client.close();
    expect(received).toHaveLength(5);
    const sent = (name: string) =>
      received.filter(({ events }) => JSON.stringify(events).includes(`"${name}"`));
    for (const tries of [sent('a'), sent('b')])
      expect(new Set(tries.map(({ batch, events }) => JSON.stringify([batch, events]))).size).toBe(1);
    expect(received.flatMap(({ events }) => events)).toHaveLength(5);
    expect(errors).toEqual(['events could not be sent, and are tried again: status 503']);
  });

  it('gives up what is rejected, with the reason, and tells it with the next batch', async () => {
    const rejected = [{ index: 0, code: 'invalid_value', message: 'value must be a number' }];
    const { endpoint, received } = await serve(
      [400, { status: 'error', code: 'invalid_value', message: 'no', data: { accepted: 0, rejected } }],
      [403, { status: 'error', code: 'unknown_site', message: 'no site shop' }],
    );
    const client = open({ endpoint });
    for (const name of ['a', 'b', 'c']) {
      client.track(custom(name));
      expect(await client.flush()).toBe(true);
    }
    expect(errors).toEqual([
      '1 event was given up (invalid_value): value must be a number',
      '1 event was given up (http_403): no site shop',
    ]);
    expect(received.map(({ dropped }) => dropped)).toEqual([
      undefined,
      { invalid_value: 1 },
      { http_403: 1 },
    ]);
    await client.close();
  });

  it('batches the events of one sender, 50 at most, and those of another apart', async () => {
    const { endpoint, received } = await serve();
    const client = open({ endpoint, flushAfterMs: 10_000 });
    for (let index = 0; index < 120; index += 1)
      client.track(custom(`e${index}`), { userId: `u${index % 2}` });
    expect(await client.close()).toBe(true);
    expect(received.map(({ events }) => events.length).sort((a, b) => b - a)).toEqual([50, 50, 10, 10]);
    expect(client.track(custom('late'))).toBe(false);
  });

  it('holds no more than its budget, and never throws', async () => {
    const { endpoint, received } = await serve();
    const client = open({ endpoint, maxQueueBytes: 10_000, flushAfterMs: 10_000 });
    const taken = Array.from({ length: 200 }, (_, index) =>
      client.track({ ...custom(`e${index}`), props: { text: 'x'.repeat(100) } }),
    );
    const count = taken.filter(Boolean).length;
    expect(count).toBeGreaterThan(20);
    expect(count).toBeLessThan(100);
    const circular: { [key: string]: never } = {};
    Reflect.set(circular, 'self', circular);
    expect(client.track({ ...custom('circular'), props: circular })).toBe(false);
    await client.close();
    expect(received.flatMap(({ events }) => events)).toHaveLength(count);
    expect(received[0]?.dropped).toEqual({ queue_full: 200 - count, client_error: 1 });
  });

  it('gives back false after a time where nobody answers', async () => {
    const client = open({ endpoint: 'http://127.0.0.1:9/api/events' });
    client.track(custom('a'));
    expect(await client.close(300)).toBe(false);
    expect(client.waiting).toBe(1);
    expect(errors[0]).toMatch(/^events could not be sent, and are tried again: ./);
  });

  it('takes undefined as not given, and goes on where onError throws', async () => {
    const { endpoint, received } = await serve();
    const onError = () => {
      throw new Error('of the listener');
    };
    const options = { endpoint, site: SITE, flushAfterMs: undefined, maxQueueBytes: 10_000, onError };
    const client = createClient(options as unknown as ClientOptions);
    const taken = Array.from({ length: 200 }, (_, index) =>
      client.track({ ...custom(`e${index}`), props: { text: 'x'.repeat(100) } }),
    );
    expect(taken).toContain(false);
    expect(await client.close()).toBe(true);
    expect(received.flatMap(({ events }) => events)).toHaveLength(taken.filter(Boolean).length);
  });

  it('says which option is wrong', () => {
    const create = (options: object) => () => createClient(options as ClientOptions);
    const endpoint = 'https://collector.example/api/events';
    expect(create({ endpoint, site: SITE, flushAfter: 1 })).toThrow(
      'unknown option "flushAfter" (allowed: endpoint',
    );
    expect(create({ endpoint: '/api/events', site: SITE })).toThrow('endpoint must be an http or https URL');
    expect(create({ endpoint, site: 'My Shop' })).toThrow('site must be 1 to 64');
    expect(create({ endpoint, site: SITE, maxQueueBytes: 0 })).toThrow(
      'maxQueueBytes must be a number of at least',
    );
  });
});
