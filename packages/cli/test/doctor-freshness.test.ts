/** `liveinsight doctor` asks a running collector how fresh its statistics are. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCollector } from '@liveinsight/collector';
import { toNodeListener } from '@liveinsight/collector/node';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { expect, it } from 'vitest';
import { checkFreshness } from '../src/checks/collector.js';
import { describeTails } from '../src/checks/tails.js';

const KEY = 'a-read-key-of-this-test';

it('as the process has it that answers', async () => {
  const store = sqliteStore();
  const options = { secret: 'a secret of at least sixteen', sites: [{ id: 'shop' }], rollUpEverySeconds: 0 };
  const collector = createCollector({ ...options, store, readKeys: [KEY] });
  const server = createServer(toNodeListener(collector)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const check = async (key?: string) => (await checkFreshness(url, key))[0];
  await store.append(sampleBatch(['event-1']));
  expect(await check()).toMatchObject({
    state: 'ok',
    says: expect.stringContaining('LIVEINSIGHT_READ_KEYS'),
  });
  expect(await check('another key')).toMatchObject({
    state: 'warning',
    says: expect.stringContaining('401'),
  });
  expect(await check(KEY)).toMatchObject({ state: 'ok', says: expect.stringContaining('no one has read') });
  await fetch(`${url}/api/stats?site=shop`, { headers: { authorization: `Bearer ${KEY}` } });
  expect(await check(KEY)).toMatchObject({
    state: 'ok',
    says: expect.stringMatching(/^shop: 0\.\d s behind .*, 1 batches .*cold 1$/),
  });
  server.close();
  await collector.close();
});

it.each([
  ['far behind', { behind_ms: 90_000, starts: { cold: 1 } }, 'more shards'],
  ['parted by an older version', { behind_ms: 100, starts: { cold: 1, parted: 2 } }, 'one version'],
])('with a remedy where it is %s', (_, more, remedy) => {
  const tails = [{ site: 'shop', as_of: '2026-01-31T09:00:00.000Z', batches: 9, bytes: 1e6, ...more }];
  expect(describeTails(JSON.stringify({ status: 'success', data: { tails } }))).toMatchObject([
    { state: 'warning', remedy: expect.stringContaining(remedy) },
  ]);
});

it.each(['', '<html>', '{}', '{"data":{"tails":[{}]}}'])('and passes over %j', (text) => {
  expect(describeTails(text)).toMatchObject([{ check: 'freshness', state: 'warning' }]);
});
