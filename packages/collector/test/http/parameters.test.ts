/** Parameters that a route does not have. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../raw-data/ask.js';
import { ADMIN_KEY, readReply, type Stack, startStack } from '../stack.js';

const ROUTES = [
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
];

describe('a parameter that is none of a route', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ adminKeys: [ADMIN_KEY] });
  });
  afterAll(() => stack.close());

  it.each(ROUTES)('is refused by name: %s %s', async (method = '', path = '') => {
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

  it('comes back with the name that was meant', async () => {
    const reply = await readReply(await ask(stack.collector, '/api/stats?intervall=day'));
    expect(reply.message).toBe('unknown parameter "intervall" (did you mean "interval"?)');
  });
});

describe('a parameter that is given twice', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ adminKeys: [ADMIN_KEY], sites: [{ id: 'shop' }, { id: 'blog' }] });
  });
  afterAll(() => stack.close());

  it.each(ROUTES.filter(([, path]) => path !== '/sites'))(
    'is rejected: %s %s',
    async (method = '', path = '') => {
      const init = { method, ...(method.startsWith('P') ? { body: '{}' } : {}) };
      const reply = await readReply(await ask(stack.collector, `/api${path}?site=shop&site=blog`, init));
      expect(reply.code).toBe(400);
      expect(reply.message).toBe('site must be given once');
    },
  );

  it('is one more value where it is a filter or a list', async () => {
    for (const query of ['country=KR&country=DE', 'breakdown=page&breakdown=source']) {
      expect((await ask(stack.collector, `/api/stats?${query}`)).status).toBe(200);
    }
  });

  it('is rejected where one breakdown of two would be left as it is', async () => {
    const path = '/api/values?value=ann&breakdown=page&breakdown=source';
    const reply = await readReply(await ask(stack.collector, path, { method: 'DELETE' }));
    expect(reply.code).toBe(400);
    expect(reply.message).toBe('breakdown must be given once');
  });
});
