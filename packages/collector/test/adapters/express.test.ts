import { gzipSync } from 'node:zlib';
import { toExpress } from '@liveinsight/collector/express';
import type { MountedCollector } from '@liveinsight/collector/testing';
import express, { type RequestHandler } from 'express';
import express4 from 'express4';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readReply, type Stack, startStack, storedEvents } from '../stack.js';
import { listen } from './beds.js';

describe.each([
  ['Express 4', express4],
  ['Express 5', express],
])('%s', (version, make) => {
  let stack: Stack;
  let mounted: MountedCollector;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterEach(() => mounted.close());
  afterAll(() => stack.close());

  const body = '{"event_type":"custom","name":"naïve ☕","session_id":"parsed"}';
  const parsers: [string, string, RequestHandler][] = [
    ['an object', 'application/json', make.json()],
    ['a text', 'text/plain', make.text()],
    ['bytes', 'text/plain', make.raw({ type: '*/*' })],
    ['nothing, for it is of another type', 'text/plain', make.json()],
  ];

  it.each(parsers)('takes what a body parser before it left as %s', async (left, type, parser) => {
    mounted = await listen(make().use(parser).use(toExpress(stack.collector)));
    for (const [encoding, bytes] of [
      ['identity', body],
      ['gzip', gzipSync(body)],
    ] as const) {
      const session = `${version}-${left}-${encoding}`.replace(/[^A-Za-z0-9]/g, '.');
      const init = { method: 'POST', headers: { 'content-type': type, 'content-encoding': encoding } };
      const named =
        typeof bytes === 'string'
          ? body.replace('parsed', session)
          : gzipSync(body.replace('parsed', session));
      const reply = await readReply(await mounted.fetch('/api/events', { ...init, body: named }));
      expect(reply).toMatchObject({ code: 200, data: { accepted: 1 } });
      expect(await storedEvents(stack.store, session)).toMatchObject([{ name: 'naïve ☕' }]);
    }
  });

  it('passes on what is not the collector’s', async () => {
    const app = make()
      .use(toExpress(stack.collector))
      .get('/api/orders', (_request, response) => void response.send('mine'));
    mounted = await listen(app);
    expect(await (await mounted.fetch('/api/orders')).text()).toBe('mine');
    expect((await mounted.fetch('/nowhere')).status).toBe(404);
  });

  it('at the root, leaves the application what has no /api before it; under a path, takes that too', async () => {
    const own: RequestHandler = (_request, response) => void response.send('mine');
    const app = make()
      .use(toExpress(stack.collector))
      .use('/analytics', toExpress(stack.collector))
      .get('/sessions', own)
      .get('/users/7', own);
    mounted = await listen(app);
    expect(await (await mounted.fetch('/sessions')).text()).toBe('mine');
    expect(await (await mounted.fetch('/users/7')).text()).toBe('mine');
    expect((await mounted.fetch('/api/sessions')).status).toBe(401);
    expect((await mounted.fetch('/analytics/sessions')).status).toBe(401);
    expect((await mounted.fetch('/analytics/api/sessions')).status).toBe(401);
  });
});
