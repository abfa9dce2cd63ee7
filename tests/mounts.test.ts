/** The collector and its dashboard, as frameworks mount them. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Collector, type CollectorOptions, createCollector } from '@liveinsight/collector';
import { toExpress } from '@liveinsight/collector/express';
import { toFastify } from '@liveinsight/collector/fastify';
import { toNodeListener } from '@liveinsight/collector/node';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { files } from '@liveinsight/dashboard/files';
import { script } from '@liveinsight/tracker/script';
import express from 'express';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../scripts/launch-chromium.mjs';

const KEY = 'a-read-key-of-a-test';

interface Mounted {
  url: string;
  close(): Promise<void>;
}

async function serve(listener: RequestListener): Promise<Mounted> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** As Next.js does: the slash at the end is removed before a catch-all route is called, and the body's encoding is dropped. */
function routeOfFramework(collector: Collector): RequestListener {
  return async (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://framework');
    if (pathname !== '/' && pathname.endsWith('/')) {
      response.writeHead(308, { location: pathname.slice(0, -1) + search }).end();
      return;
    }
    const url = `http://${request.headers.host}${request.url}`;
    const body = request.method === 'POST' ? Buffer.concat(await request.toArray()) : undefined;
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, `${value}`]));
    const init = { method: request.method ?? 'GET', headers, ...(body ? { body } : {}) };
    const reply = await collector.fetch(new Request(url, init), { streams: false, compresses: true });
    const { 'content-encoding': _, ...kept } = Object.fromEntries(reply.headers);
    response.writeHead(reply.status, kept);
    response.end(Buffer.from(await reply.arrayBuffer()));
  };
}

const mounts: Record<
  string,
  { path: string; options?: Partial<CollectorOptions>; mount(collector: Collector): Promise<Mounted> }
> = {
  'a route of a framework that strips slashes': {
    path: '/analytics',
    options: { basePath: '/analytics' },
    mount: (collector) => serve(routeOfFramework(collector)),
  },
  'Express under a path, as Nest has it, behind its body parsers': {
    path: '/analytics',
    mount: (collector) =>
      serve(express().use(express.json(), express.text()).use('/analytics', toExpress(collector))),
  },
  'Node’s listener behind body parsers': {
    path: '',
    mount: (collector) => serve(express().use(express.json(), express.text(), toNodeListener(collector))),
  },
  'Fastify under a prefix': {
    path: '/analytics',
    async mount(collector) {
      const app = fastify();
      app.register(toFastify(collector), { prefix: '/analytics' });
      const url = await app.listen({ port: 0, host: '127.0.0.1' });
      return { url, close: () => app.close() };
    },
  },
};

let browser: Awaited<ReturnType<typeof launchChromium>>;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
});

describe.each(Object.entries(mounts))('%s', (_name, { path, options, mount }) => {
  let collector: Collector;
  let mounted: Mounted;
  beforeAll(async () => {
    collector = createCollector({
      store: sqliteStore(),
      secret: 'a secret of the mounts',
      sites: [{ id: 'shop' }],
      readKeys: [KEY],
      assets: { tracker: script, dashboard: files },
      ...options,
    });
    mounted = await mount(collector);
  });
  afterAll(async () => {
    await collector.close();
    await mounted.close();
  });

  it.each(['/dashboard', '/dashboard/'])('serves the dashboard and its files at %s', async (spelling) => {
    const page = await fetch(mounted.url + path + spelling);
    expect(page.status).toBe(200);
    const html = await page.text();
    const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(named.length).toBeGreaterThan(1);
    for (const address of named) {
      const file = await fetch(new URL(address, page.url));
      expect({ address, status: file.status }).toEqual({ address, status: 200 });
      const { body = '' } = files[new URL(address, page.url).pathname.split('/dashboard/')[1] ?? ''] ?? {};
      expect(Buffer.from(await file.arrayBuffer())).toEqual(Buffer.from(body));
    }
  });

  it.each(['text/plain', 'application/json'])('takes posts of %s', async (type) => {
    const event = { site: 'shop', event_type: 'page_view', page_url: 'https://shop.example/' };
    const reply = await fetch(`${mounted.url}${path}/api/events`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(20_000),
    });
    expect(await reply.json()).toMatchObject({ status: 'success', data: { accepted: 1 } });
  });

  it('shows the dashboard in a browser, which finds its API', async () => {
    const page = await browser.newPage();
    const asked = page.waitForResponse((response) => response.url().includes('/api/sites'));
    await page.goto(`${mounted.url}${path}/dashboard#key=${KEY}`);
    const answer = await asked;
    expect(new URL(answer.url()).pathname).toBe(`${path}/api/sites`);
    expect(answer.status()).toBe(200);
    await page.close();
  });
});
