import { createCollector, StoreUnavailableError } from '@liveinsight/collector';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SECRET, type Stack, startStack } from '../stack.js';

const KEY = 'a-read-key-of-20-characters';
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ readKeys: [KEY] });
});
afterAll(() => stack.close());

const read = (path: string, init: RequestInit = {}) =>
  stack.collector.fetch(
    new Request(`http://collector.test${path}`, { headers: { authorization: `Bearer ${KEY}` }, ...init }),
  );
const send = (body: string) => read('/api/events', { method: 'POST', body });

it.each([
  ['a path without a route', () => read('/nowhere'), 'not_found', 'not found: /nowhere'],
  [
    'a wrong method',
    () => read('/api/stats', { method: 'PATCH' }),
    'method_not_allowed',
    'method PATCH not allowed',
  ],
  ['no key', () => read('/api/stats', { headers: {} }), 'unauthorized', /read key/],
  ['an unknown parameter', () => read('/api/stats?foo=1'), 'invalid_parameter', /^unknown parameter "foo"/],
  ['a body that is no JSON', () => send('{'), 'invalid_json', /not JSON/],
  [
    'a batch without a valid event',
    () => send('{"events":[{}]}'),
    'missing_field',
    /no event could be stored/,
  ],
])('tells programs by a code what is wrong: %s', async (_what, request, code, message) => {
  const reply = (await (await request()).json()) as { message: string };
  expect(reply).toMatchObject({ status: 'error', code });
  expect(reply.message).toMatch(message);
});

it('has a code in every error response, on every route, by every method', async () => {
  const { collector } = stack;
  let errors = 0;
  for (const path of collector.paths) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      const body = method === 'GET' ? {} : { body: '{' };
      const response = await read(path.replace(/:[a-z_]+|\*/, 'none'), { method, ...body });
      if (response.status < 400) continue;
      errors += 1;
      expect(await response.json(), `${method} ${path}`).toMatchObject({
        status: 'error',
        code: expect.stringMatching(/^[a-z_]+$/),
      });
    }
  }
  expect(errors).toBeGreaterThan(collector.paths.length);
});

it('has a code where the store fails', async () => {
  const failing = new Proxy(stack.store, {
    get: (store, name) =>
      name === 'now' ? store.now : () => Promise.reject(new StoreUnavailableError('the store is away')),
  });
  const collector = createCollector({
    store: failing,
    secret: SECRET,
    sites: [{ id: 'shop' }],
    defaultSite: 'shop',
    readKeys: [KEY],
    rollUpEverySeconds: 0,
  });
  for (const path of ['stats', 'sessions', 'realtime', 'journeys', 'funnels']) {
    const headers = { authorization: `Bearer ${KEY}` };
    const response = await collector.fetch(new Request(`http://collector.test/api/${path}`, { headers }));
    expect(await response.json(), path).toMatchObject({ status: 'error', code: 'store_unavailable' });
  }
});
