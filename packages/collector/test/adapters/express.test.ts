import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { toExpress } from '@liveinsight/collector/express';
import express, { type RequestHandler } from 'express';
import express4 from 'express4';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ADMIN_KEY, readReply, type Stack, startStack, storedEvents } from '../stack.js';
import { listen } from './fixtures.js';

describe.each([
  ['Express 4', express4],
  ['Express 5', express],
])('%s', (version, make) => {
  let stack: Stack;
  let mounted: Awaited<ReturnType<typeof listen>>;
  beforeAll(async () => {
    stack = await startStack({ adminKeys: [ADMIN_KEY] });
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

  const leaves: [string, RequestHandler][] = [
    [
      'texts, by setEncoding()',
      (request, _response, next) => {
        request.setEncoding('utf8');
        next();
      },
    ],
    [
      'bytes, as rawBody',
      (request, _response, next) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk) => chunks.push(chunk));
        request.on('end', () => {
          Object.assign(request, { rawBody: Buffer.concat(chunks) });
          next();
        });
      },
    ],
  ];

  it.each(leaves)('takes a body of which a middleware before it left %s', async (left, middleware) => {
    mounted = await listen(make().use(middleware).use(toExpress(stack.collector)));
    const session = `${version}-${left}`.replace(/[^A-Za-z0-9]/g, '.');
    const init = { method: 'POST', headers: { 'content-type': 'text/plain' } };
    const reply = await readReply(
      await mounted.fetch('/api/events', { ...init, body: body.replace('parsed', session) }),
    );
    expect(reply).toMatchObject({ code: 200, data: { accepted: 1 } });
    expect(await storedEvents(stack.store, session)).toMatchObject([{ name: 'naïve ☕' }]);
  });

  const destroys: [string, RequestHandler][] = [
    [
      'has read it and kept no copy',
      (request, _response, next) => void request.resume().on('end', () => next()),
    ],
    [
      'has made a text of compressed bytes',
      (request, _response, next) => {
        request.setEncoding('utf8');
        next();
      },
    ],
  ];

  it.each(destroys)(
    'asks to send again, and tells the operator why, where a middleware %s',
    async (_, middleware) => {
      const error = vi.spyOn(console, 'error').mockImplementation(() => {});
      mounted = await listen(make().use(middleware).use(toExpress(stack.collector)));
      const init = { method: 'POST', body: gzipSync(body), headers: { 'content-encoding': 'gzip' } };
      for (const path of ['/api/events', '/api/import']) {
        const headers = { ...init.headers, 'x-api-key': ADMIN_KEY };
        expect((await mounted.fetch(path, { ...init, headers })).status).toBe(500);
      }
      expect(String(error.mock.calls)).toMatch(
        /BodyUnavailableError: a middleware has .*mount the collector before it/,
      );
      error.mockRestore();
    },
  );

  it('answers a request that names the whole address, as proxies do', async () => {
    mounted = await listen(make().use(toExpress(stack.collector)));
    const status = (target: string) =>
      new Promise((resolve, reject) => {
        const { port, hostname } = new URL(mounted.url);
        request({ port, hostname, path: target }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await status('http://shop.example/health')).toBe(200);
    expect(await status('HTTPS://shop.example:8443/api/stats?site=shop')).toBe(401);
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
