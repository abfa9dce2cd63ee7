/** What the server knows of a sender, and what nobody can make it believe. */
import type { CollectorOptions, Connection, StoredBatch } from '@liveinsight/collector';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClientIps } from '../../src/http/client-ip.js';
import { createVisitorIds } from '../../src/ingest/visitor-id.js';
import { createSites } from '../../src/sites/site-registry.js';
import { post, type Stack, startStack } from '../stack.js';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

describe('a sender', () => {
  let stack: Stack;
  let sessions = 0;
  const start = async (options: Partial<CollectorOptions> = {}) => {
    stack = await startStack(options);
  };
  afterEach(() => stack.close());

  async function send(
    headers: Record<string, string>,
    connection: Connection = { ip: '198.51.100.7' },
    more: object = {},
  ): Promise<Partial<StoredBatch>> {
    const session_id = `sender-${++sessions}`;
    const body = { session: { session_id }, events: [{ event_type: 'page_view' }], ...more };
    const request = new Request(
      'http://collector/api/events',
      post(body, { 'user-agent': CHROME, ...headers }),
    );
    expect((await stack.collector.fetch(request, connection)).status).toBe(200);
    return (await stack.store.session('shop', session_id))[0] ?? {};
  }

  it('is described by browser, system and device; neither its address nor its user agent is kept', async () => {
    await start({ countryHeader: 'cf-ipcountry', regionHeader: 'cf-region' });
    const batch = await send({ 'cf-ipcountry': 'kr', 'cf-region': 'Seoul' });
    expect(batch).toMatchObject({
      browser: 'Chrome',
      os: 'Windows',
      device: 'desktop',
      country: 'KR',
      region: 'Seoul',
    });
    const kept = JSON.stringify(batch);
    expect(kept).not.toContain('198.51.100.7');
    expect(kept).not.toContain('Mozilla');
    expect((await send({ 'cf-ipcountry': 'XX' })).country).toBeUndefined();
  });

  it('is in no country by a header that was not named', async () => {
    await start();
    expect((await send({ 'cf-ipcountry': 'KR', 'x-country': 'KR' })).country).toBeUndefined();
    expect((await send({}, {}, { country: 'KR', ip: '1.2.3.4', received_at: 1 })).country).toBeUndefined();
  });

  it('is a bot by its user agent or its webdriver, and kept with that mark', async () => {
    await start();
    expect((await send({})).bot).toBeUndefined();
    expect((await send({ 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' })).bot).toBe(true);
    expect((await send({ 'user-agent': 'Mozilla/5.0 HeadlessChrome/141.0 Safari/537.36' })).bot).toBe(true);
    // A crawler on a library is one.
    for (const agent of ['okhttp-spider/1', 'python-requests/2.32 (ourbot; +https://bot.example)'])
      expect((await send({ 'user-agent': agent })).bot).toBe(true);
    expect((await send({}, {}, { context: { webdriver: true } })).bot).toBe(true);
  });

  it('that is a program which sends on purpose is no bot', async () => {
    await start();
    for (const agent of ['curl/8.5.0', 'python-requests/2.32', 'node', 'Go-http-client/1.1', '']) {
      expect((await send({ 'user-agent': agent })).bot).toBeUndefined();
    }
  });

  it('without a visitor id has one name for its address and browser, and another for any other', async () => {
    await start();
    const { visitor_id } = await send({});
    expect(visitor_id).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect((await send({})).visitor_id).toBe(visitor_id);
    expect((await send({}, { ip: '::ffff:198.51.100.7' })).visitor_id).toBe(visitor_id);
    expect((await send({}, { ip: '198.51.100.8' })).visitor_id).not.toBe(visitor_id);
    expect((await send({ 'user-agent': `${CHROME} Edg/141.0` })).visitor_id).not.toBe(visitor_id);
    expect((await send({}, {}, { visitor_id: 'v-1' })).visitor_id).toBe('v-1');
  });

  it('is known by as many forwarded addresses as proxies are trusted, and no further', async () => {
    await start({ trustedProxies: 1 });
    const behind = (forwarded: string) => send({ 'x-forwarded-for': forwarded }, { ip: '10.0.0.1' });
    const { visitor_id } = await behind('203.0.113.5');
    expect((await behind('1.1.1.1, 203.0.113.5')).visitor_id).toBe(visitor_id);
    expect((await behind('203.0.113.5, 1.1.1.1')).visitor_id).not.toBe(visitor_id);
  });
});

describe('a cookieless visitor’s name', () => {
  const sites = createSites({
    sites: [
      { id: 'a', timezone: 'Asia/Seoul' },
      { id: 'b', timezone: 'Asia/Seoul' },
    ],
  });
  const nameOf = createVisitorIds(Buffer.from('a key of the visitors'), {
    dailySalt: async (day) => Buffer.from(day),
    deleteSalts: async () => {},
  });
  const at = (instant: string, site = 'a') => {
    const known = sites.get(site);
    if (!known) throw new Error(`no site ${site}`);
    return nameOf({ site: known, ip: '198.51.100.7', userAgent: 'x', at: Date.parse(instant) });
  };

  it('changes at midnight of the site, not of Greenwich', async () => {
    expect(await at('2026-03-01T23:59:00Z')).toBe(await at('2026-03-02T00:01:00Z'));
    expect(await at('2026-03-01T14:59:00Z')).not.toBe(await at('2026-03-01T15:01:00Z'));
    expect(await at('2026-03-01T15:01:00Z')).not.toBe(await at('2026-03-02T15:01:00Z'));
  });

  it('is another at every site', async () => {
    expect(await at('2026-03-01T12:00:00Z', 'b')).not.toBe(await at('2026-03-01T12:00:00Z', 'a'));
  });
});

describe('the address of a visitor', () => {
  const V4 = '203.0.113.9';
  const V6 = '2001:db8::1';
  const addressOf = (headers: Record<string, string>, trustedProxies = 1, ip?: string) => {
    const request = {
      method: 'POST',
      url: '/',
      header: (name: string) => headers[name],
      body: async () => Buffer.alloc(0),
    };
    return createClientIps(trustedProxies, () => {})(request, ip === undefined ? {} : { ip });
  };

  it.each([
    ['203.0.113.9', V4],
    ['203.0.113.9:61598', V4],
    [' 203.0.113.9 ', V4],
    ['"203.0.113.9"', V4],
    ['"203.0.113.9:80"', V4],
    ['203.0.113.9,', V4],
    ['unknown, 203.0.113.9', V4],
    ['::ffff:203.0.113.9', V4],
    ['::FFFF:cb00:7109', V4],
    ['[::ffff:203.0.113.9]:443', V4],
    ['2001:db8::1', V6],
    ['2001:DB8:0:0:0:0:0:1', V6],
    ['2001:0db8::0001', V6],
    ['[2001:db8::1]', V6],
    ['"[2001:db8::1]:51234"', V6],
    ['fe80::1%eth0', 'fe80::1'],
    ['_hidden:80', '_hidden'],
    ['', '10.0.0.1'],
    ['unknown', '10.0.0.1'],
    [' , ,', '10.0.0.1'],
  ])('is one, however X-Forwarded-For spells it: %j', (header, address) => {
    expect(addressOf({ 'x-forwarded-for': header }, 1, '10.0.0.1')).toBe(address);
  });

  it.each([
    ['for=203.0.113.9;proto=https;by=10.0.0.1', V4],
    ['For="[2001:db8::1]:4711"', V6],
    ['for=198.51.100.1, proto=https;for="203.0.113.9:80"', V4],
    ['for=198.51.100.1, by=10.0.0.1', '10.0.0.1'],
  ])('comes from Forwarded where there is no X-Forwarded-For: %s', (forwarded, address) => {
    expect(addressOf({ forwarded }, 1, '10.0.0.1')).toBe(address);
    expect(addressOf({ forwarded, 'x-forwarded-for': '192.0.2.1' }, 1, '10.0.0.1')).toBe('192.0.2.1');
  });

  it('is the connection’s where no proxy is trusted, and what stands behind the trusted ones else', () => {
    const headers = {
      'x-forwarded-for': '192.0.2.66, 203.0.113.9:1, 198.51.100.1:2',
      forwarded: 'for=192.0.2.66',
    };
    expect(addressOf(headers, 0, '::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(addressOf(headers, 1, '10.0.0.1')).toBe('198.51.100.1');
    expect(addressOf(headers, 2, '10.0.0.1')).toBe(V4);
  });

  it('is asked for once on standard error where there is none', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const stack = await startStack();
    const send = (connection?: Connection) =>
      stack.collector.fetch(
        new Request('http://collector/api/events', post({ event_type: 'page_view' })),
        connection,
      );
    await send({ ip: '198.51.100.7' });
    expect(warn).not.toHaveBeenCalled();
    await send();
    await send();
    expect(warn.mock.calls.map(String)).toEqual([
      expect.stringContaining('collector.fetch(request, { ip })'),
    ]);
    warn.mockRestore();
    await stack.close();
  });
});

describe('the origins of a site', () => {
  let stack: Stack;
  beforeAll(async () => {
    const origins = [
      'https://shop.example',
      'https://*.shop.example',
      'http://localhost:3000',
      // With the ports that browsers leave out.
      'https://with-port.example:443',
      'https://*.with-port.example:443',
      'http://with-port.example:80',
    ];
    stack = await startStack({ sites: [{ id: 'shop', origins }] });
  });
  afterAll(() => stack.close());

  it.each([
    [undefined, true],
    ['https://shop.example', true],
    ['https://www.shop.example', true],
    ['https://a.b.shop.example', true],
    ['http://localhost:3000', true],
    ['http://shop.example', false],
    ['https://shop.example:8443', false],
    ['https://evilshop.example', false],
    ['https://.shop.example', false],
    ['https://shop.example.evil.example', false],
    ['https://evil.example/.shop.example', false],
    ['https://user@www.shop.example', false],
    ['https://with-port.example', true],
    ['https://with-port.example:443', true],
    ['https://www.with-port.example', true],
    ['http://with-port.example', true],
    ['https://with-port.example:80', false],
    ['http://with-port.example:443', false],
    ['https://shop.example:443', true],
    ['null', false],
  ])('%s: %s', async (origin, allowed) => {
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    const request = new Request('http://collector/api/events', post('{"event_type":"page_view"}', headers));
    expect((await stack.collector.fetch(request)).status).toBe(allowed ? 200 : 403);
  });
});
