import { toFastify } from '@liveinsight/collector/fastify';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../stack.js';

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
