import {
  type CollectorOptions,
  type CommonOptions,
  createCollector,
  type PortOptions,
  type Store,
  type StoreParts,
} from '@liveinsight/collector';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { type DynamoStack, post, SECRET, startDynamoStack } from '../stack.js';

/** Methods are inherited, as those of a class. */
const portOf = (store: Store): Store => Object.create(store);

describe('ports of a store', () => {
  let stack: DynamoStack;
  beforeAll(async () => {
    stack = await startDynamoStack();
  });
  afterAll(() => stack.close());

  const common: CommonOptions = {
    secret: SECRET,
    sites: [{ id: 'shop' }],
    defaultSite: 'shop',
    readKeys: ['read-key-of-the-tests-1'],
    rollUpEverySeconds: 0,
  };
  const create = (storage: object) =>
    createCollector({ ...common, ...storage } as CollectorOptions | PortOptions);

  it.each([
    ['instead of a store', (parts: StoreParts) => parts],
    ['as the parts of a store', (parts: StoreParts) => ({ store: parts })],
  ])('asks each port for what is its own, given %s', async (_, toStorage) => {
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
    const collector = create(toStorage(parts));
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
    const { data } = (await stats.json()) as { data: { totals: { page_views: number } } };
    expect(data.totals.page_views).toBeGreaterThan(0);
    expect(called).toContain('rollups.newest');
    const alerts = await collector.fetch(new Request('http://localhost/api/alerts', { headers }));
    expect(alerts.status).toBe(200);
    expect(called).toContain('settings.settings');
    expect(called.filter((call) => call.endsWith('.append'))).toEqual(['events.append']);
  });

  it('names the port that is missing or is none', () => {
    const { store } = stack;
    const [events, rollups, settings, salts] = [store, store, store, store];
    expect(() => create({ events, rollups, settings })).toThrow('createCollector: salts must be');
    expect(() => create({ events, rollups: {}, settings, salts })).toThrow(
      'rollups must be a port with the method putRollup',
    );
    expect(() => create({ events, rollups, settings, salts, alerts: store })).toThrow(
      'unknown key "alerts" in the options',
    );
    expect(() => create({ store: { events, rollups, settings } })).toThrow('store.salts must be');
    expect(() => create({ store: { events, rollups, settings, salts, alerts: store } })).toThrow(
      'unknown key "alerts" in the store (allowed: events, rollups, settings, salts)',
    );
    expect(() => create({ store: { append: store.append } })).toThrow(
      'store must be given: dynamoStore(), a store of your own, or instead of it one for each of events, rollups, settings and salts',
    );
    expect(() => create({})).toThrow('store must be given');
  });

  it('rejects ports beside a store, also by their types', () => {
    const { store } = stack;
    expect(() => create({ store, events: store })).toThrow(
      'events must not be given beside store: pass one or the other',
    );
    type Options = CollectorOptions | PortOptions;
    expectTypeOf<CommonOptions & { store: Store }>().toExtend<Options>();
    expectTypeOf<CommonOptions & StoreParts>().toExtend<Options>();
    expectTypeOf<CommonOptions>().not.toExtend<Options>();
    expectTypeOf<CommonOptions & Omit<StoreParts, 'salts'>>().not.toExtend<Options>();
    expectTypeOf<CommonOptions & StoreParts & { store: Store }>().not.toExtend<Options>();
  });

  it('takes one object for all ports that inherits its methods', async () => {
    const collector = create({ store: portOf(stack.store) });
    const headers = { authorization: 'Bearer read-key-of-the-tests-1' };
    for (const path of ['stats', 'sessions', 'recent-events', 'realtime']) {
      const response = await collector.fetch(new Request(`http://localhost/api/${path}`, { headers }));
      expect(response.status, path).toBe(200);
    }
  });
});
