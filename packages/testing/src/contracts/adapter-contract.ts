/** What a collector must do through every adapter, whatever platform it is mounted on. */
import { describe, expect, it } from 'vitest';
import { type AdapterFixture, READ_KEY_OF_NO_SITE, type Reply, useAdapter } from './adapter-fixture.js';
import { describeAdapterResponses } from './adapter-responses-contract.js';
import { badRequests } from './bad-requests.js';

export function describeAdapter(name: string, fixture: AdapterFixture): void {
  describe(name, () => {
    const client = useAdapter(fixture);
    const { fetch, post, read, stored } = client;

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
        const response = await fetch('/api/events', { method });
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe('POST, OPTIONS');
        expect(((await response.json()) as Reply).status).toBe('error');
      });

      it('POST on a route that takes GET', async () => {
        const response = await fetch('/api/stats', { method: 'POST', body: '{}' });
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
      });

      it.each([undefined, 'wrong-key'])('reads with the key %s', async (key) => {
        for (const path of ['/api/stats', '/api/realtime', '/api/sites', '/api/live', '/api/sessions/s-2']) {
          const response = await fetch(path, key === undefined ? {} : { headers: { 'x-api-key': key } });
          expect(response.status).toBe(401);
          expect(((await response.json()) as Reply).message).toMatch(/read key/);
        }
      });

      it('reads of a site that the key does not open', async () => {
        expect((await read('/api/stats', READ_KEY_OF_NO_SITE)).status).toBe(403);
        expect(await (await read('/api/sites', READ_KEY_OF_NO_SITE)).json()).toMatchObject({
          data: { sites: [] },
        });
      });
    });

    describeAdapterResponses(client, fixture);
  });
}
