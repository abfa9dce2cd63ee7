/** Parameters that a route does not have. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../data/ask.js';
import { ADMIN_KEY, readReply, type Stack, startStack } from '../stack.js';

describe('a parameter that is none of a route', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ adminKeys: [ADMIN_KEY] });
  });
  afterAll(() => stack.close());

  it.each([
    ['GET', '/sites'],
    ['GET', '/realtime'],
    ['GET', '/live'],
    ['GET', '/stats'],
    ['GET', '/sessions'],
    ['GET', '/sessions/s1'],
    ['GET', '/users/u1/sessions'],
    ['GET', '/recent-events'],
    ['GET', '/export'],
    ['POST', '/import'],
    ['GET', '/users/u1/export'],
    ['DELETE', '/users/u1'],
    ['DELETE', '/visitors/v1'],
    ...['annotations', 'alerts', 'funnels'].flatMap((name) => [
      ['GET', `/${name}`],
      ['POST', `/${name}`],
      ['GET', `/${name}/1`],
      ['PUT', `/${name}/1`],
      ['DELETE', `/${name}/1`],
    ]),
  ])('is refused by name: %s %s', async (method = '', path = '') => {
    const init = { method, ...(method.startsWith('P') ? { body: '{}' } : {}) };
    const reply = await readReply(await ask(stack.collector, `/api${path}?sites=shop`, init));
    expect(reply.code).toBe(400);
    expect(reply.data.issues).toMatchObject([{ code: 'invalid_parameter', path: 'sites' }]);
    expect(reply.message).toContain('sites');
  });

  it('is told only to who has a key', async () => {
    for (const path of ['/sites', '/live', '/export', '/annotations']) {
      const request = new Request(`http://collector/api${path}?sites=shop`);
      expect((await stack.collector.fetch(request)).status).toBe(401);
    }
  });
});
