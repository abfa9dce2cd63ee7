import type { Alert, Annotation, Funnel } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../raw-data/ask.js';
import { ADMIN_KEY, READ_KEY, readReply, type Stack, startStack } from '../stack.js';

const annotation = { at: '2026-01-31T10:00:00+01:00', text: 'release 2.1' };
const funnel = { name: 'checkout', steps: [{ page: '/cart' }, { event: 'purchase', within_s: 600 }] };
const alert = {
  name: 'busy',
  metric: 'active_sessions',
  comparison: 'above',
  threshold: 100,
  window_minutes: 30,
  webhook: 'https://hooks.example/secret-path',
  enabled: true,
};

describe('settings', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({
      sites: [{ id: 'shop' }, { id: 'full' }],
      adminKeys: [ADMIN_KEY],
      readKeys: [READ_KEY, { key: 'a-read-key-of-site-full', sites: ['full'] }],
      defaultSite: 'shop',
    });
  });
  afterAll(() => stack.close());

  async function send<Data>(method: string, path: string, body?: unknown, key = ADMIN_KEY) {
    const init: RequestInit = { method, headers: { authorization: `Bearer ${key}` } };
    if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
    return readReply<Data>(await ask(stack.collector, `/api${path}`, init));
  }

  it.each([
    ['DELETE', '/alerts/'],
    ['PUT', '/funnels/'],
    ['GET', '/annotations/'],
    ['DELETE', '/annotations/#'],
  ])('of an id that none can have are not found: %s %s', async (method, path) => {
    const body = method === 'PUT' ? funnel : undefined;
    const reply = await send(method, encodeURI(path).replace('#', '%23') + 'x'.repeat(3_000), body);
    expect(reply.code).toBe(404);
  });

  it.each([
    ['DELETE', '/users/:', 'user_id must have at most 128 characters'],
    ['GET', '/users/:/export', 'user_id must have at most 128 characters'],
    ['DELETE', '/visitors/:', 'visitor_id must have at most 64 characters'],
  ])(
    'and names in other paths are refused by name where they are too long: %s %s',
    async (method, path, message) => {
      const reply = await send(method, path.replace(':', 'x'.repeat(3_000)));
      expect(reply).toMatchObject({ code: 400, message });
    },
  );

  it.each([
    ['annotations', annotation, { ...annotation, at: '2026-01-31T09:00:00.000Z' }],
    ['funnels', funnel, funnel],
    ['alerts', alert, alert],
  ])('of %s are made, listed, read, changed and deleted', async (name, input, shown) => {
    const misspelt = await send('POST', `/${name}`, { ...input, extra: 1 });
    expect(misspelt).toMatchObject({ code: 400, message: expect.stringContaining('extra is unknown') });
    const made = await send<Annotation & Funnel & Alert>('POST', `/${name}`, input);
    expect(made).toMatchObject({
      code: 200,
      data: { ...shown, id: expect.stringMatching(/^[\w-]{12}$/), version: 1 },
    });
    const { id } = made.data;
    expect((await send('GET', `/${name}`)).data).toEqual({ [name]: [made.data] });
    expect((await send('GET', `/${name}/${id}`)).data).toEqual(made.data);
    const changed = await send('PUT', `/${name}/${id}`, { ...made.data, version: 1 });
    expect(changed.data).toMatchObject({ ...shown, id, version: 2 });
    expect((await send('PUT', `/${name}/${id}`, { ...made.data, version: 1 })).code).toBe(409);
    expect((await send('DELETE', `/${name}/${id}`)).code).toBe(200);
    for (const method of ['GET', 'DELETE']) expect((await send(method, `/${name}/${id}`)).code).toBe(404);
    expect((await send('PUT', `/${name}/${id}`, input)).code).toBe(404);
    expect((await send('GET', `/${name}`)).data).toEqual({ [name]: [] });
  });

  it('are read with a read key of the site and changed with an admin key alone; a webhook is told to the latter', async () => {
    const { data } = await send<Alert>('POST', '/alerts?site=full', alert);
    expect(
      (await send<Alert>('GET', `/alerts/${data.id}?site=full`, undefined, 'a-read-key-of-site-full')).data
        .webhook,
    ).toBe('https://hooks.example/…');
    const shown = await send<Alert>(
      'GET',
      `/alerts/${data.id}?site=full`,
      undefined,
      'a-read-key-of-site-full',
    );
    expect(shown.data).not.toHaveProperty('signing_secret');
    expect(data.signing_secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect((await send('GET', '/alerts?site=shop', undefined, 'a-read-key-of-site-full')).code).toBe(403);
    for (const [method, path] of [
      ['POST', '/alerts'],
      ['PUT', `/alerts/${data.id}`],
      ['DELETE', `/alerts/${data.id}`],
    ] as const) {
      expect((await send(method, `${path}?site=full`, alert, READ_KEY)).code).toBe(401);
    }
    expect((await send('GET', '/alerts', undefined, 'wrong')).code).toBe(401);
  });

  it.each([
    ['annotations', '{', ''],
    ['annotations', [], ''],
    ['annotations', { text: 'x' }, 'at'],
    ['annotations', { at: 'yesterday', text: 'x' }, 'at'],
    ['annotations', { at: annotation.at, text: 'x'.repeat(501) }, 'text'],
    ['funnels', { name: '', steps: funnel.steps }, 'name'],
    ['funnels', { name: 'x', steps: [{ page: '/' }] }, 'steps'],
    ['funnels', { name: 'x', steps: [{ page: '/' }, { page: '/', event: 'y' }] }, 'steps.1'],
    ['funnels', { name: 'x', steps: [{ page: '/' }, { page: '/a', within_s: 0 }] }, 'steps.1.within_s'],
    ['alerts', { ...alert, metric: 'weather' }, 'metric'],
    ['alerts', { ...alert, threshold: '5' }, 'threshold'],
    ['alerts', { ...alert, window_minutes: 0 }, 'window_minutes'],
    ['alerts', { ...alert, window_minutes: 1.5 }, 'window_minutes'],
    ['alerts', { ...alert, for_minutes: -1 }, 'for_minutes'],
    ['alerts', { ...alert, dimension: 'page' }, 'dimension'],
    ['alerts', { ...alert, dimension: 'shoe', value: '44' }, 'dimension'],
    ['alerts', { ...alert, metric: 'visitors', dimension: 'page', value: '/' }, 'metric'],
    ['alerts', { ...alert, webhook: 'http://hooks.example/' }, 'webhook'],
    ['alerts', { ...alert, webhook: 'https://user:word@hooks.example/' }, 'webhook'],
    ['alerts', { ...alert, version: 'x' }, 'version'],
  ])('of %s refuse %j by the name of the field', async (name, body, path) => {
    const { code, data } = await send<{ issues: { path: string }[] }>('POST', `/${name}`, body);
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe(path);
  });

  it.each([
    'https://localhost/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://db.internal/',
    'https://printer/',
  ])('let no webhook lead to %s', async (webhook) => {
    const { code, data } = await send<{ issues: { path: string }[] }>('POST', '/alerts', {
      ...alert,
      webhook,
    });
    expect([code, data.issues[0]?.path]).toEqual([400, 'webhook']);
  });

  it('are at most 200 of a kind', async () => {
    for (let at = 0; at < 200; at += 1) {
      await stack.store.putSetting('full', { kind: 'annotation', id: `a${at}`, version: 1, body: '{}' });
    }
    const { code, message } = await send('POST', '/annotations?site=full', annotation);
    expect(code).toBe(400);
    expect(message).toContain('200');
  });
});
