/** What the server knows of a sender, and what nobody can make it believe. */
import type { CollectorOptions, Connection, StoredBatch } from '@liveinsight/collector';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createVisitorNames } from '../../src/ingest/visitor.js';
import { createSites } from '../../src/site/sites.js';
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
  const nameOf = createVisitorNames(Buffer.from('a key of the visitors'), {
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

describe('the origins of a site', () => {
  let stack: Stack;
  beforeAll(async () => {
    const origins = ['https://shop.example', 'https://*.shop.example', 'http://localhost:3000'];
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
    ['null', false],
  ])('%s: %s', async (origin, allowed) => {
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    const request = new Request('http://collector/api/events', post('{"event_type":"page_view"}', headers));
    expect((await stack.collector.fetch(request)).status).toBe(allowed ? 200 : 403);
  });
});
