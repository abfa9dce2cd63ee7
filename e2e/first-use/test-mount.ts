/** What every framework has to do, once its page of `docs/start` was followed. */
import { files as dashboard } from '@liveinsight/dashboard/files';
import { script } from '@liveinsight/tracker/script';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/launch-chromium.mjs';
import type { App } from './app.js';
import { type BuiltApp, build } from './built-app.js';
import type { Program } from './program.js';

/** On a connection of its own: one kept open could be closed by a server that waited for long, just when it is used. */
const ask = (url: string | URL, { headers, ...init }: RequestInit = {}) =>
  fetch(url, { ...init, headers: { connection: 'close', ...headers } });

export function testMount(app: App): void {
  describe(`${app.name}, as docs/start/${app.page}.md says,`, () => {
    let built: BuiltApp;
    let running: Program;
    let url: string;
    let key: string;

    beforeAll(async () => {
      built = await build(app);
      await start();
    });
    afterAll(() => running?.ends());

    /** The first request starts the collector, which prints the address of the dashboard. */
    async function start() {
      running = await built.start();
      url = `${running.url}/analytics`;
      await ask(`${url}/liveinsight.js`);
      [, key = ''] = await running.prints(/\/analytics\/dashboard#key=(\S+)/);
    }

    const withKey = () => ({ authorization: `Bearer ${key}` });
    const event = (path: string) =>
      JSON.stringify({ site: 'shop', event_type: 'page_view', page_url: `https://shop.example${path}` });
    const send = (body: string, headers: Record<string, string>) =>
      ask(`${url}/api/events`, { method: 'POST', body, headers });
    const pageViews = async () => {
      const asked = await ask(`${url}/api/stats?site=shop`, { headers: withKey() });
      return (await asked.json()).data.totals.page_views;
    };

    it('serves the tracker', async () => {
      expect(await (await ask(`${url}/liveinsight.js`)).text()).toBe(script);
    });

    it.each(['/dashboard', '/dashboard/'])('serves the dashboard and its files at %s', async (spelling) => {
      const page = await ask(url + spelling);
      expect(page.status).toBe(200);
      const html = await page.text();
      const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
      expect(named.length).toBeGreaterThan(1);
      for (const address of named) {
        const file = await ask(new URL(address, page.url));
        expect({ address, status: file.status }).toEqual({ address, status: 200 });
        const { body = '' } =
          dashboard[new URL(address, page.url).pathname.split('/dashboard/')[1] ?? ''] ?? {};
        expect(Buffer.from(await file.arrayBuffer())).toEqual(Buffer.from(body));
      }
    });

    it('takes what the tracker sends from a page, and shows the dashboard, in a browser', async () => {
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        const sent = page.waitForResponse((response) => response.url() === `${url}/api/events`);
        await page.goto(running.url);
        expect(await page.locator('h1').textContent()).toBe('Shop');
        expect((await sent).status()).toBe(200);
        const asked = page.waitForResponse((response) => response.url().startsWith(`${url}/api/sites`));
        await page.goto(`${url}/dashboard#key=${key}`);
        expect((await asked).status()).toBe(200);
      } finally {
        await browser.close();
      }
    });

    it('takes text/plain of its own pages and JSON of a server, and counts both', async () => {
      const before = await pageViews();
      const ofPage = { origin: running.url, 'content-type': 'text/plain;charset=UTF-8' };
      for (const headers of [ofPage, { 'content-type': 'application/json' }]) {
        const reply = await send(event('/'), headers);
        expect(await reply.json()).toMatchObject({ status: 'success', data: { accepted: 1 } });
      }
      expect(await pageViews()).toBe(before + 2);
    });

    it('answers questions with the key alone', async () => {
      expect((await ask(`${url}/api/stats?site=shop`)).status).toBe(401);
    });

    it('hands every method on', async () => {
      const preflight = { origin: 'https://other.example', 'access-control-request-method': 'POST' };
      const asked = await ask(`${url}/api/events`, { method: 'OPTIONS', headers: preflight });
      expect(asked.headers.get('access-control-allow-origin')).toBe('*');
      const changes = { DELETE: '/api/users/someone?site=shop', PUT: '/api/funnels/some?site=shop' };
      for (const [method, path] of Object.entries(changes)) {
        const headers = { ...withKey(), 'content-type': 'application/json' };
        const reply = await ask(url + path, { method, headers });
        expect(await reply.json()).toMatchObject({
          message: expect.stringContaining('LIVEINSIGHT_ADMIN_KEYS'),
        });
      }
    });

    it('streams arrivals', async () => {
      const live = await ask(`${url}/api/live?site=shop`, { headers: withKey() });
      const lines = live.body?.pipeThrough(new TextDecoderStream()) ?? [];
      let told = '';
      for await (const part of lines) {
        const isFirst = told === '';
        told += part;
        if (isFirst) {
          const headers = { origin: running.url, 'content-type': 'text/plain' };
          expect((await send(event('/told-live'), headers)).status).toBe(200);
        } else if (told.includes('/told-live')) break;
      }
      expect(told).toContain('/told-live');
    });

    it('ends on a signal while a dashboard is connected, and starts again with everything it acknowledged', async () => {
      const live = await ask(`${url}/api/live?site=shop`, { headers: withKey() });
      const listening = live.text();
      const acknowledged = await pageViews();
      expect(acknowledged).toBeGreaterThan(0);
      expect(await running.ends()).toBe(true);
      expect(await listening).toContain('live');
      await start();
      expect(await pageViews()).toBe(acknowledged);
    });
  });
}
