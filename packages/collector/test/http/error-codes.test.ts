import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../stack.js';

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
