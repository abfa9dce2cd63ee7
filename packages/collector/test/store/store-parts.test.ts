import { createCollector, type Store, type StoreParts } from '@liveinsight/collector';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, SECRET, type Stack, startStack } from '../stack.js';

/** Methods are inherited, as those of a class. */
const portOf = (store: Store): Store => Object.create(store);

describe('a store in parts', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.close());

  const create = (store: object) =>
    createCollector({
      store: store as Store,
      secret: SECRET,
      sites: [{ id: 'shop' }],
      defaultSite: 'shop',
      readKeys: ['read-key-of-the-tests-1'],
      rollUpEverySeconds: 0,
    });

  it('asks each port for what is its own', async () => {
    const { store } = stack;
    const called: string[] = [];
    const listening = (name: keyof StoreParts): Store =>
      new Proxy(portOf(store), {
        get(target, key, receiver) {
          called.push(`${name}.${String(key)}`);
          return Reflect.get(target, key, receiver);
        },
      });
    const parts: StoreParts = {
      events: listening('events'),
      rollups: listening('rollups'),
      settings: listening('settings'),
      salts: listening('salts'),
    };
    const collector = create(parts);
    called.length = 0;
    const stored = await collector.fetch(
      new Request('http://localhost/api/events', post({ event_type: 'page_view' })),
      { ip: '192.0.2.1' },
    );
    expect(stored.status).toBe(200);
    expect(called).toContain('events.append');
    expect(called).toContain('salts.dailySalt');
    const headers = { authorization: 'Bearer read-key-of-the-tests-1' };
    const stats = await collector.fetch(new Request('http://localhost/api/stats', { headers }));
    expect(await stats.json()).toMatchObject({ data: { totals: { page_views: 1 } } });
    expect(called).toContain('rollups.newest');
    const alerts = await collector.fetch(new Request('http://localhost/api/alerts', { headers }));
    expect(alerts.status).toBe(200);
    expect(called).toContain('settings.settings');
    expect(called.filter((call) => call.endsWith('.append'))).toEqual(['events.append']);
  });

  it('names the port that is missing or is none', () => {
    const { store } = stack;
    const [events, rollups, settings, salts] = [store, store, store, store];
    expect(() => create({ events, rollups, settings })).toThrow('store.salts must be');
    expect(() => create({ events, rollups: {}, settings, salts })).toThrow(
      'store.rollups must be a port with the method putRollup',
    );
    expect(() => create({ events, rollups, settings, salts, alerts: store })).toThrow(
      'unknown key "alerts" in the store (allowed: events, rollups, settings, salts)',
    );
    expect(() => create({ append: store.append })).toThrow('store must be given: dynamoStore()');
  });
});
