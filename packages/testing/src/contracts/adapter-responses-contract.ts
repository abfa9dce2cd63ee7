/** What a collector answers through every adapter to who reads, listens, or loads its files. */
import { describe, expect, it } from 'vitest';
import { ADMIN_KEY, type AdapterClient, type AdapterFixture, READ_KEY, TRACKER } from './adapter-fixture.js';

export function describeAdapterResponses(
  { fetch, post, read }: AdapterClient,
  { streams, shared = false }: Pick<AdapterFixture, 'streams' | 'shared'>,
): void {
  describe('answers', () => {
    it.each(['/api/events', '/events', '/api/stats', '/health'])(
      'OPTIONS of %s before all else',
      async (path) => {
        const response = await fetch(path, {
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
      expect(await (await fetch('/health')).json()).toMatchObject({ data: { health: 'alive' } });
      expect((await fetch('/ready')).status).toBe(200);
    });

    it('the tracker script, whole, compressed, unchanged, and by its hash for ever', async () => {
      const response = await fetch('/liveinsight.js');
      expect(await response.text()).toBe(TRACKER);
      expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
      const etag = response.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[^"]+"$/);
      const again = await fetch('/liveinsight.js', { headers: { 'if-none-match': etag } });
      expect({ status: again.status, text: await again.text() }).toEqual({ status: 304, text: '' });
      const head = await fetch('/liveinsight.js', { method: 'HEAD' });
      expect({ status: head.status, text: await head.text() }).toEqual({ status: 200, text: '' });
      expect(head.headers.get('etag')).toBe(etag);
      const hash = etag.replaceAll('"', '').replace('-gzip', '');
      for (const path of [`/liveinsight.js?v=${hash}`, `/liveinsight.${hash}.js`]) {
        expect((await fetch(path)).headers.get('cache-control')).toContain('immutable');
      }
    });

    it('the dashboard, under a policy that lets it load and reach nothing foreign', async () => {
      const response = await fetch('/dashboard/');
      expect(await response.text()).toBe('<!doctype html>');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      const above = await fetch('/dashboard', { redirect: 'manual' });
      expect({ status: above.status, text: await above.text() }).toEqual({
        status: 200,
        text: '<!doctype html>',
      });
      expect((await fetch('/dashboard/../index.ts')).status).toBe(404);
    });

    if (streams) {
      it('with batches as they are stored, to those who listen', async () => {
        const gone = new AbortController();
        const live = await fetch('/api/live', {
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
      it('501 where the platform cannot hold a response open', async () => {
        expect((await read('/api/live')).status).toBe(501);
      });
    }
  });
}
