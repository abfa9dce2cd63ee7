/** What a collector must answer through every adapter, whatever platform it is mounted on. */
import type { IngestData, Issue } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Collector, createCollector } from '../collector.js';
import type { Store } from '../storage/event-store.js';
import { badRequests } from './bad-requests.js';
import type { StoreFixture } from './store-fixture.js';

/** A collector on its platform, as a client reaches it. */
export interface MountedCollector {
  /** @param path path and query, as `/api/events` */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export interface AdapterBed {
  mount(collector: Collector): Promise<MountedCollector>;
  /** An empty database with its tables. */
  startStore(): Promise<StoreFixture<Store>>;
  /** Whether the platform can stream a reply. */
  streams: boolean;
  /** Whether the collector shares its paths with an application: then what is not under `/api`, as `/sessions`, is that one's. Default false. */
  shared?: boolean;
}

const READ_KEY = 'read-key-of-the-tests-1';
const ADMIN_KEY = 'admin-key-of-the-tests-1';
const TRACKER = `console.log("tracker");${' '.repeat(2_000)}`;
const FROM_THE_SHOP = { origin: 'https://www.shop.example', 'content-type': 'text/plain' };

interface Reply {
  status: string;
  message: string;
  data: IngestData & { issues: Issue[]; allow: string };
}

export function describeAdapter(
  name: string,
  { mount, startStore, streams, shared = false }: AdapterBed,
): void {
  describe(name, () => {
    let bed: StoreFixture<Store>;
    let store: Store;
    let collector: Collector;
    let mounted: MountedCollector;

    beforeAll(async () => {
      bed = await startStore();
      store = bed.open();
      collector = createCollector({
        store,
        secret: 'a secret of the adapter contract',
        sites: [{ id: 'shop', origins: ['https://shop.example', 'https://*.shop.example'] }],
        defaultSite: 'shop',
        readKeys: [READ_KEY, { key: 'a-read-key-of-no-site-at-all', sites: [] }],
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
      await bed?.close();
    });

    async function post(path: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
      const init = {
        method: 'POST',
        body: body as NonNullable<RequestInit['body']>,
        headers: { ...FROM_THE_SHOP, ...headers },
      };
      const response = await mounted.fetch(path, init);
      return { ...((await response.json()) as Reply), code: response.status, headers: response.headers };
    }
    const read = (path: string, key = READ_KEY) =>
      mounted.fetch(path, { headers: { authorization: `Bearer ${key}` } });
    const stored = async (session: string) =>
      (await store.session('shop', session)).flatMap((batch) =>
        batch.events.map((event) => ({ ...event, visitor_id: batch.visitor_id })),
      );

    describe('stores what it is sent', () => {
      it.each(['/api/events', '/events'])('a bare event by %s', async (path) => {
        const text = '{"event_type": "page_view", "timestamp": 1693900000, "session_id": "test-session"}';
        const { code, status, data } = await post(path, text);
        expect({ code, status, accepted: data.accepted }).toEqual({
          code: 200,
          status: 'success',
          accepted: 1,
        });
        const event = (await stored('test-session')).find(({ event_id }) => event_id === data.event_id);
        expect(event).toMatchObject({ timestamp: 1_693_900_000_000, delayed: true });
      });

      it('a bare event without session and time', async () => {
        const text = '{"user_id":"test","event_type":"page_view","page_url":"https://example.com"}';
        const { code, status, data } = await post('/api/events', text, {
          'content-type': 'application/json',
        });
        expect({ code, status }).toEqual({ code: 200, status: 'success' });
        expect(await stored(data.session_id ?? '')).toMatchObject([{ event_id: data.event_id }]);
      });

      it('a batch, gzipped or not, once', async () => {
        const batch = (events: object[]) =>
          JSON.stringify({ v: 1, site: 'shop', batch: 'b-1', session: { session_id: 'session-1' }, events });
        const first = { event_id: 'e-1', event_type: 'page_view', page_title: 'caffè ☕ 커피' };
        const second = { event_id: 'e-2', event_type: 'click', element_tag: 'BUTTON' };
        const plain = await post('/api/events', batch([first]));
        expect(plain.data).toEqual({ accepted: 1, rejected: [] });
        const zipped = new Response(
          new Blob([batch([first, second])]).stream().pipeThrough(new CompressionStream('gzip')),
        );
        const bytes = new Uint8Array(await zipped.arrayBuffer());
        const { data } = await post('/api/events', bytes, { 'content-encoding': 'gzip' });
        expect(data).toEqual({ accepted: 2, rejected: [] });
        expect(await stored('session-1')).toMatchObject([first, second]);
      });

      it('the good events of a batch, and names the bad one', async () => {
        const events = [{ event_type: 'page_view' }, { event_id: 'x', event_type: 'teleport' }];
        const { code, data } = await post(
          '/api/events',
          JSON.stringify({ session: { session_id: 's-2' }, events }),
        );
        expect(code).toBe(200);
        expect(data).toMatchObject({
          accepted: 1,
          rejected: [{ index: 1, event_id: 'x', code: 'unknown_event_type' }],
        });
        expect(await stored('s-2')).toHaveLength(1);
      });

      it('halves of surrogate pairs as U+FFFD, and ignores __proto__ beside the fields', async () => {
        const text =
          '{"event_type":"custom","name":"a\\ud800b","session_id":"s-3","__proto__":{"polluted":1},"props":{"k\\udc00":"\\ud83d\\ude00"}}';
        expect((await post('/api/events', text)).code).toBe(200);
        expect(await stored('s-3')).toMatchObject([{ name: 'a\ufffdb', props: { 'k\ufffd': '😀' } }]);
        expect('polluted' in {}).toBe(false);
      });

      it.each([
        [1970, '"timestamp":1000'],
        [2099, '"timestamp":4070908800000'],
      ])('the year %s, flagged, at its arrival', async (year, timestamp) => {
        const { code } = await post(
          '/api/events',
          `{"event_type":"page_view","session_id":"y-${year}",${timestamp}}`,
        );
        expect(code).toBe(200);
        const [event] = await stored(`y-${year}`);
        expect(event).toMatchObject({
          clock: 'replaced',
          claimed_timestamp: Number(timestamp.split(':')[1]),
        });
        expect(Math.abs(Date.now() - (event?.timestamp ?? 0))).toBeLessThan(60_000);
      });
    });

    describe('refuses', () => {
      it.each(badRequests)('$name', async ({ body, headers, status, code, path }) => {
        const reply = await post('/api/events', body, headers);
        const found = reply.data.issues?.[0] ?? reply.data.rejected?.[0];
        expect({ status: reply.code, code: found?.code }).toEqual({ status, code });
        if (path !== undefined) expect(found?.path).toBe(path);
        expect(reply.status).toBe('error');
        expect(reply.message).not.toBe('');
        expect(reply.headers.get('access-control-allow-origin')).toBe('*');
      });

      it('nothing of which it then stores anything', async () => {
        expect(await stored('bad-1')).toEqual([]);
      });

      it('a client that says it is somebody else', async () => {
        const agent = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
        const spoofed = {
          'x-forwarded-for': '203.0.113.9',
          'x-real-ip': '203.0.113.9',
          forwarded: 'for=203.0.113.9',
        };
        const event = (session: string) => `{"event_type":"page_view","session_id":"${session}"}`;
        await post('/api/events', event('ip-1'), agent);
        await post('/api/events', event('ip-2'), { ...agent, ...spoofed });
        const [[honest], [liar]] = [await stored('ip-1'), await stored('ip-2')];
        expect(honest?.visitor_id).toMatch(/^[A-Za-z0-9_-]{22}$/);
        expect(liar?.visitor_id).toBe(honest?.visitor_id);
      });

      it.each(['GET', 'PUT', 'DELETE'])('%s on a route that takes POST', async (method) => {
        const response = await mounted.fetch('/api/events', { method });
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe('POST, OPTIONS');
        expect(((await response.json()) as Reply).status).toBe('error');
      });

      it('POST on a route that takes GET', async () => {
        const response = await mounted.fetch('/api/stats', { method: 'POST', body: '{}' });
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
      });

      it.each([undefined, 'wrong-key'])('reads with the key %s', async (key) => {
        for (const path of ['/api/stats', '/api/realtime', '/api/sites', '/api/live', '/api/sessions/s-2']) {
          const response = await mounted.fetch(
            path,
            key === undefined ? {} : { headers: { 'x-api-key': key } },
          );
          expect(response.status).toBe(401);
          expect(((await response.json()) as Reply).message).toMatch(/read key/);
        }
      });

      it('reads of a site that the key does not open', async () => {
        expect((await read('/api/stats', 'a-read-key-of-no-site-at-all')).status).toBe(403);
        expect(await (await read('/api/sites', 'a-read-key-of-no-site-at-all')).json()).toMatchObject({
          data: { sites: [] },
        });
      });
    });

    describe('answers', () => {
      it.each(['/api/events', '/events', '/api/stats', '/health'])(
        'OPTIONS of %s before all else',
        async (path) => {
          const response = await mounted.fetch(path, {
            method: 'OPTIONS',
            headers: {
              origin: 'https://elsewhere.example',
              'access-control-request-method': 'POST',
              'access-control-request-headers': 'content-type',
            },
          });
          expect(response.status).toBe(204);
          expect(await response.text()).toBe('');
          expect(response.headers.get('access-control-allow-origin')).toBe('*');
          expect(response.headers.get('access-control-allow-methods')).toContain('POST');
          expect(response.headers.get('access-control-allow-headers')).toBe(
            'Content-Type, Content-Encoding, X-API-Key, Authorization, Last-Event-ID',
          );
          expect(response.headers.has('access-control-allow-credentials')).toBe(false);
        },
      );

      it('reads with a read key and with an admin key', async () => {
        await post(
          '/api/events',
          '{"event_type":"page_view","session_id":"r-1","page_url":"https://shop.example/a?b=c"}',
          {
            'user-agent':
              'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
          },
        );
        for (const key of [READ_KEY, ADMIN_KEY]) {
          const stats = await read('/api/stats?from=1h', key);
          expect(await stats.json()).toMatchObject({ status: 'success', data: { site: 'shop' } });
        }
        const realtime = (await (await read('/api/realtime')).json()) as {
          data: { sessions: { session_id: string }[] };
        };
        expect(realtime.data.sessions.find(({ session_id }) => session_id === 'r-1')).toMatchObject({
          current_page: '/a',
          browser: 'Chrome',
          os: 'Linux',
          device: 'desktop',
          channel: 'direct',
        });
        const session = await read(shared ? '/api/sessions/r-1' : '/sessions/r-1');
        expect(await session.json()).toMatchObject({ data: { events: [{ page: '/a' }] } });
        expect((await read('/api/sessions/none')).status).toBe(404);
      });

      it('health and readiness', async () => {
        expect(await (await mounted.fetch('/health')).json()).toMatchObject({ data: { health: 'alive' } });
        expect((await mounted.fetch('/ready')).status).toBe(200);
      });

      it('the tracker script, whole, compressed, unchanged, and by its hash for ever', async () => {
        const response = await mounted.fetch('/liveinsight.js');
        expect(await response.text()).toBe(TRACKER);
        expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
        expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
        const etag = response.headers.get('etag') ?? '';
        expect(etag).toMatch(/^"[^"]+"$/);
        const again = await mounted.fetch('/liveinsight.js', { headers: { 'if-none-match': etag } });
        expect({ status: again.status, text: await again.text() }).toEqual({ status: 304, text: '' });
        const head = await mounted.fetch('/liveinsight.js', { method: 'HEAD' });
        expect({ status: head.status, text: await head.text() }).toEqual({ status: 200, text: '' });
        expect(head.headers.get('etag')).toBe(etag);
        const hash = etag.replaceAll('"', '').replace('-gzip', '');
        for (const path of [`/liveinsight.js?v=${hash}`, `/liveinsight.${hash}.js`]) {
          expect((await mounted.fetch(path)).headers.get('cache-control')).toContain('immutable');
        }
      });

      it('the dashboard, under a policy that lets it load and reach nothing foreign', async () => {
        const response = await mounted.fetch('/dashboard/');
        expect(await response.text()).toBe('<!doctype html>');
        expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
        const above = await mounted.fetch('/dashboard', { redirect: 'manual' });
        expect({ status: above.status, text: await above.text() }).toEqual({
          status: 200,
          text: '<!doctype html>',
        });
        expect((await mounted.fetch('/dashboard/../index.ts')).status).toBe(404);
      });

      if (streams) {
        it('with batches as they are stored, to those who listen', async () => {
          const gone = new AbortController();
          const live = await mounted.fetch('/api/live', {
            headers: { 'x-api-key': READ_KEY },
            signal: gone.signal,
          });
          expect(live.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
          const lines = (live.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
          let heard = (await lines.read()).value ?? '';
          await post('/api/events', '{"event_type":"click","session_id":"live-1"}');
          while (!heard.includes('live-1')) heard += (await lines.read()).value ?? '';
          expect(heard).toMatch(/id: \S+\nevent: batch\ndata: \{/);
          gone.abort();
        });
      } else {
        it('that it can hold no line open, where it can not', async () => {
          expect((await read('/api/live')).status).toBe(501);
        });
      }
    });
  });
}
