import { createGunzip, gzipSync } from 'node:zlib';
import { toFastify } from '@liveinsight/collector/fastify';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { READ_KEY, type Stack, startStack, storedEvents } from '../stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

it('at the root, leaves the application what has no /api before it; under a prefix, takes that too', async () => {
  const app = fastify();
  app.register(toFastify(stack.collector));
  app.register(toFastify(stack.collector), { prefix: '/analytics' });
  app.get('/sessions', async () => 'mine');
  const status = async (url: string) => (await app.inject({ url })).statusCode;
  expect((await app.inject({ url: '/sessions' })).body).toBe('mine');
  expect(await status('/api/sessions')).toBe(401);
  expect(await status('/analytics/sessions')).toBe(401);
  expect(await status('/analytics/api/sessions')).toBe(401);
  await app.close();
});

it('takes long names of people, a slash at the end, and prefixes with parameters', async () => {
  const app = fastify();
  app.register(toFastify(stack.collector));
  app.register(toFastify(stack.collector), { prefix: '/:tenant/analytics' });
  app.register(toFastify(stack.collector), { prefix: '/slash/' });
  app.register(async (inner) => inner.register(toFastify(stack.collector), { prefix: '/b' }), {
    prefix: '/a',
  });
  app.get('/api/users/me', async () => 'mine');
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send('the application’s own'));
  const headers = { 'x-api-key': READ_KEY };
  const status = async (url: string) => (await app.inject({ url, headers })).statusCode;
  for (const name of ['a'.repeat(128), encodeURIComponent('한'.repeat(128)), 'a%2Fb', '50%25'])
    expect(await status(`/api/users/${name}/sessions`), name).toBe(200);
  for (const prefix of ['', '/acme/analytics', '/slash', '/a/b']) {
    for (const path of ['/api/sessions', '/api/sessions/', '/api/stats?from=1h'])
      expect(await status(prefix + path), prefix + path).toBe(200);
  }
  expect((await app.inject({ url: '/api/users/me' })).body).toBe('mine');
  expect((await app.inject({ url: '/api/sessions/a/b' })).body).toBe('the application’s own');
  await app.close();
});

it.each([{ ignoreTrailingSlash: true }, { ignoreDuplicateSlashes: true }, { caseSensitive: false }])(
  'mounts in an app with %o',
  async (routerOptions) => {
    const app = fastify({ routerOptions });
    app.register(toFastify(stack.collector));
    expect((await app.inject({ url: '/api/stats/', headers: { 'x-api-key': READ_KEY } })).statusCode).toBe(
      200,
    );
    await app.close();
  },
);

it('reads the body that a hook has put in the place of the request’s own', async () => {
  const app = fastify();
  app.addHook('preParsing', async (request, _reply, payload) => {
    delete request.headers['content-encoding'];
    return payload.pipe(createGunzip());
  });
  app.register(toFastify(stack.collector));
  const response = await app.inject({
    method: 'POST',
    url: '/api/events',
    headers: { 'content-encoding': 'gzip', 'content-type': 'text/plain' },
    payload: gzipSync('{"event_type":"custom","name":"zipped","session_id":"pre-parsed"}'),
  });
  expect(response.statusCode).toBe(200);
  expect(await storedEvents(stack.store, 'pre-parsed')).toMatchObject([{ name: 'zipped' }]);
  await app.close();
});
