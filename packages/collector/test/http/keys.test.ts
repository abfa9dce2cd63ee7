import type { CollectorOptions } from '@liveinsight/collector';
import { toNodeListener } from '@liveinsight/collector/node';
import type { MountedCollector } from '@liveinsight/collector/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../adapters/beds.js';
import { readReply, type Stack, startStack } from '../stack.js';

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
    expect(message).toContain('LIVEINSIGHT_READ_KEYS');
    expect((await stats({ authorization: 'Bearer ' })).code).toBe(401);
  });

  it('is open to any of several keys, so that they can be rotated', async () => {
    await start({ readKeys: ['old-key-1', 'new-key-2'] });
    expect((await stats({ authorization: 'Bearer old-key-1' })).code).toBe(200);
    expect((await stats({ 'x-api-key': 'new-key-2' })).code).toBe(200);
    expect((await stats({ 'x-api-key': 'new-key-22' })).code).toBe(401);
  });

  it('is answered to a key of its own, though another asks the same at the same time', async () => {
    const [everything, limited] = ['reads-everything-1', 'reads-site-all-2'];
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
      readKeys: [{ key: 'key-of-blog', sites: ['blog'] }],
    });
    const key = { 'x-api-key': 'key-of-blog' };
    expect((await stats(key, '?site=blog')).code).toBe(200);
    expect((await stats(key, '?site=shop')).code).toBe(403);
    expect((await stats(key, '?site=none')).code).toBe(403);
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
