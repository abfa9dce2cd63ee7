import type { CollectorOptions } from '@liveinsight/collector';
import { toNodeListener } from '@liveinsight/collector/node';
import type { MountedCollector } from '@liveinsight/testing/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../adapters/fixtures.js';
import { readReply, type Stack, startStack } from '../stack.js';
import { stopClock } from '../stopped-clock.js';

describe('reading', () => {
  let stack: Stack;
  let mounted: MountedCollector;
  afterEach(async () => {
    await mounted.close();
    await stack.close();
  });

  async function start(options: Partial<CollectorOptions>) {
    stack = await startStack(options);
    mounted = await listen(toNodeListener(stack.collector));
  }
  const stats = async (headers: Record<string, string> = {}, query = '') =>
    readReply(await mounted.fetch(`/api/stats${query}`, { headers }));

  it('is refused to all where no key is configured, and says how to configure one', async () => {
    await start({ readKeys: [], adminKeys: [] });
    const { code, message } = await stats();
    expect(code).toBe(401);
    expect(message).toBe('no read key is configured, and this needs one: set LIVEINSIGHT_READ_KEYS');
    expect((await stats({ authorization: 'Bearer ' })).code).toBe(401);
  });

  it('is open to any of several keys, so that they can be rotated', async () => {
    await start({ readKeys: ['the-old-key-of-the-tests', 'the-new-key-of-the-tests'] });
    expect((await stats({ authorization: 'Bearer the-old-key-of-the-tests' })).code).toBe(200);
    expect((await stats({ 'x-api-key': 'the-new-key-of-the-tests' })).code).toBe(200);
    expect((await stats({ 'x-api-key': 'the-new-key-of-the-tests2' })).code).toBe(401);
  });

  it('is answered to a key of its own, though another asks the same at the same time', async () => {
    const [everything, limited] = ['reads-everything-of-all-sites', 'reads-of-the-site-named-all'];
    await start({
      sites: [{ id: 'all' }, { id: 'secret' }],
      defaultSite: 'all',
      readKeys: [everything, { key: limited, sites: ['all'] }],
    });
    const codes = await Promise.all(
      [everything, limited, limited].map(
        async (key) => (await stats({ 'x-api-key': key }, '?site=secret')).code,
      ),
    );
    expect(codes).toEqual([200, 403, 403]);
  });

  it('is open to a key for its own sites alone', async () => {
    await start({
      sites: [{ id: 'shop' }, { id: 'blog' }],
      readKeys: [{ key: 'a-read-key-of-site-blog', sites: ['blog'] }],
    });
    const key = { 'x-api-key': 'a-read-key-of-site-blog' };
    expect((await stats(key, '?site=blog')).code).toBe(200);
    expect((await stats(key, '?site=shop')).code).toBe(403);
    expect((await stats(key, '?site=none')).code).toBe(403);
  });

  it('is open to an admin key for its own sites alone, which alone it changes', async () => {
    const admin = { 'x-api-key': 'admin-key-of-the-blog-alone' };
    await start({
      sites: [{ id: 'shop' }, { id: 'blog' }],
      defaultSite: 'shop',
      readKeys: ['a-read-key-of-all-the-sites'],
      adminKeys: [{ key: 'admin-key-of-the-blog-alone', sites: ['blog'] }, 'admin-key-of-all-the-sites'],
    });
    expect((await stats(admin, '?site=blog')).code).toBe(200);
    expect((await stats(admin, '?site=shop')).code).toBe(403);
    const codes = async (path: string, init: RequestInit, headers: Record<string, string> = admin) =>
      Promise.all(
        ['blog', 'shop'].map(async (site) => {
          const url = `${path}${path.includes('?') ? '&' : '?'}site=${site}`;
          const reply = await mounted.fetch(url, { ...init, headers });
          await reply.text();
          return reply.status;
        }),
      );
    const annotation = JSON.stringify({ text: 'Release', at: new Date().toISOString() });
    expect(await codes('/api/export', {})).toEqual([200, 403]);
    expect(await codes('/api/users/ann', { method: 'DELETE' })).toEqual([200, 403]);
    expect(await codes('/api/users/ann/export', {})).toEqual([200, 403]);
    expect(await codes('/api/visitors/v-1', { method: 'DELETE' })).toEqual([200, 403]);
    expect(await codes('/api/annotations', { method: 'POST', body: annotation })).toEqual([200, 403]);
    const all = { 'x-api-key': 'admin-key-of-all-the-sites' };
    expect(await codes('/api/annotations', { method: 'POST', body: annotation }, all)).toEqual([200, 200]);
    const read = { 'x-api-key': 'a-read-key-of-all-the-sites' };
    expect(await codes('/api/export', {}, read)).toEqual([401, 401]);

    const line = (site?: string) =>
      JSON.stringify({
        ...(site ? { site } : {}),
        received_at: Date.now() - 60_000,
        session: { session_id: 's' },
        events: [{ event_type: 'page_view', event_id: `e-${site}` }],
      });
    expect(await codes('/api/import', { method: 'POST', body: line() })).toEqual([200, 403]);
    const lines = [line('blog'), line('shop'), line(), line('nowhere')].join('\n');
    const reply = await mounted.fetch('/api/import', { method: 'POST', body: lines, headers: admin });
    expect(await reply.json()).toMatchObject({
      data: { accepted: 1, refused: [{ line: 2 }, { line: 3 }, { line: 4 }] },
    });
  });

  it('is refused for a while to an address that guesses, and never to who has a right key', async () => {
    stopClock();
    const key = { 'x-api-key': 'the-one-right-key-of-these' };
    await start({ readKeys: [key['x-api-key']], trustedProxies: 1 });
    const from = (address: string, headers: Record<string, string>) =>
      stats({ ...headers, 'x-forwarded-for': address });
    const guesses: number[] = [];
    for (let guess = 0; guess < 40; guess += 1) {
      guesses.push((await from('203.0.113.9', { 'x-api-key': `guess-${guess}` })).code);
    }
    expect(guesses[0]).toBe(401);
    expect(guesses.at(-1)).toBe(429);
    expect((await from('203.0.113.9', key)).code).toBe(200);
    expect((await from('203.0.113.9', {})).code).toBe(401);
    expect((await from('198.51.100.7', { 'x-api-key': 'guess' })).code).toBe(401);
    // An address of the same IPv6 network is the same guesser's.
    for (let guess = 0; guess < 40; guess += 1) {
      await from(`2001:db8:1:2::${guess}`, { 'x-api-key': 'guess' });
    }
    expect((await from('2001:db8:1:2:3:4:5:6', { 'x-api-key': 'guess' })).code).toBe(429);
    expect((await from('2001:0DB8:1:2::', { 'x-api-key': 'guess' })).code).toBe(429);
    expect((await from('2001:db8:1:3::1', { 'x-api-key': 'guess' })).code).toBe(401);
    // Written short, the network ends in zeros that are not there.
    for (let guess = 0; guess < 40; guess += 1) {
      await from(`2001:db8::${guess + 1}`, { 'x-api-key': 'guess' });
    }
    expect((await from('2001:db8:0:0:1::', { 'x-api-key': 'guess' })).code).toBe(429);
  });

  it('tells of each request with a wrong key, also once its address has to wait, and of no other', async () => {
    stopClock();
    const key = { 'x-api-key': 'the-one-right-key-of-these' };
    let wrong = 0;
    const onWrongKey = () => {
      wrong += 1;
    };
    await start({ readKeys: [key['x-api-key']], adminKeys: ['the-admin-key-of-these-tests'], onWrongKey });
    for (let guess = 0; guess < 40; guess += 1) await stats({ 'x-api-key': `guess-${guess}` });
    await stats(key);
    await stats();
    // A read key is no admin key, but it is right.
    await (await mounted.fetch('/api/export', { headers: key })).text();
    expect(wrong).toBe(40);
  });

  it('is not open without a key to this machine either, whatever name and origin it comes by', async () => {
    await start({});
    const here = [
      {},
      { origin: 'http://localhost:4000' },
      { 'x-forwarded-for': '127.0.0.1' },
      { 'x-api-key': 'wrong' },
    ];
    for (const headers of here) expect((await stats(headers)).code).toBe(401);
  });
});
