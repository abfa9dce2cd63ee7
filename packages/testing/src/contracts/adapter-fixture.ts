/** A collector behind an adapter, as the contract of adapters speaks to it. */

import type { Store, StoredEvent } from '@liveinsight/collector';
import { type Collector, createCollector } from '@liveinsight/collector';
import type { IngestData, Issue } from '@liveinsight/schema';
import { afterAll, beforeAll } from 'vitest';
import type { StoreFixture } from './store-fixture.js';

/** A collector on its platform, as a client reaches it. */
export interface MountedCollector {
  /** @param path path and query, as `/api/events` */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export interface AdapterFixture {
  mount(collector: Collector): Promise<MountedCollector>;
  /** An empty database with its tables. */
  startStore(): Promise<StoreFixture<Store>>;
  /** Whether the platform can stream a reply. */
  streams: boolean;
  /** Whether the collector shares its paths with an application: then paths outside `/api`, as `/sessions`, are the application's. Default false. */
  shared?: boolean;
}

export const READ_KEY = 'read-key-of-the-tests-1';
export const READ_KEY_OF_NO_SITE = 'a-read-key-of-no-site-at-all';
export const ADMIN_KEY = 'admin-key-of-the-tests-1';
export const TRACKER = `console.log("tracker");${' '.repeat(2_000)}`;
const FROM_THE_SHOP = { origin: 'https://www.shop.example', 'content-type': 'text/plain' };

export interface Reply {
  status: string;
  message: string;
  data: IngestData & { issues: Issue[]; allow: string };
}

export interface AdapterClient {
  fetch: MountedCollector['fetch'];
  /** Sends from a page of the shop. `code` is the status of the response. */
  post(
    path: string,
    body: string | Uint8Array,
    headers?: Record<string, string>,
  ): Promise<Reply & { code: number; headers: Headers }>;
  /** @param key default: a read key of all sites */
  read(path: string, key?: string): Promise<Response>;
  /** The stored events of a session. */
  stored(session: string): Promise<(StoredEvent & { visitor_id: string })[]>;
}

/** Mounts a collector before the tests of a suite, and ends it after them. */
export function useAdapter({ mount, startStore }: AdapterFixture): AdapterClient {
  let fixture: StoreFixture<Store>;
  let store: Store;
  let collector: Collector;
  let mounted: MountedCollector;

  beforeAll(async () => {
    fixture = await startStore();
    store = fixture.open();
    collector = createCollector({
      store,
      secret: 'a secret of the adapter contract',
      sites: [{ id: 'shop', origins: ['https://shop.example', 'https://*.shop.example'] }],
      defaultSite: 'shop',
      readKeys: [READ_KEY, { key: READ_KEY_OF_NO_SITE, sites: [] }],
      adminKeys: [ADMIN_KEY],
      assets: {
        tracker: TRACKER,
        dashboard: { 'index.html': { body: '<!doctype html>', contentType: 'text/html; charset=utf-8' } },
      },
    });
    mounted = await mount(collector);
  }, 60_000);
  afterAll(async () => {
    await mounted?.close();
    await collector?.close();
    await fixture?.close();
  });

  return {
    fetch: (path, init) => mounted.fetch(path, init),
    async post(path, body, headers = {}) {
      const init = {
        method: 'POST',
        body: body as NonNullable<RequestInit['body']>,
        headers: { ...FROM_THE_SHOP, ...headers },
      };
      const response = await mounted.fetch(path, init);
      return { ...((await response.json()) as Reply), code: response.status, headers: response.headers };
    },
    read: (path, key = READ_KEY) => mounted.fetch(path, { headers: { authorization: `Bearer ${key}` } }),
    stored: async (session) =>
      (await store.session('shop', session)).flatMap((batch) =>
        batch.events.map((event) => ({ ...event, visitor_id: batch.visitor_id })),
      ),
  };
}
