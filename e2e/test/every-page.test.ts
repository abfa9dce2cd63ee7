/** What the tracker records on pages of all kinds, in each browser: titles, consent over tabs, markup that shadows the browser's own. */

import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { BROWSERS } from '../browsers/browsers.js';

interface SentEvent {
  event_id: string;
  event_type: string;
  timestamp: number;
  page_url?: string;
  page_title?: string;
  name?: string;
}

const require = createRequire(import.meta.url);
const script = (name: string) => readFileSync(require.resolve(`@liveinsight/tracker/${name}`), 'utf8');

/** Pages by path: their markup before the script tag, and which build they carry. */
const PAGES: Record<string, { body?: string; file?: string }> = {
  '/start': {},
  '/first': {},
  '/second': {},
  '/first-extended': { file: 'liveinsight.extended.js' },
  '/second-extended': { file: 'liveinsight.extended.js' },
  '/hidden': { body: '<iframe name="hidden" hidden></iframe>' },
  '/title': { body: '<form name="title"></form>' },
  '/referrer': { body: '<img name="referrer" src="data:,">' },
  '/hasFocus': { body: '<form name="hasFocus"></form>' },
  '/navigation': { body: '<nav id="navigation">Menu</nav>', file: 'liveinsight.extended.js' },
  '/currentScript': {
    body: '<img name="currentScript" src="data:," data-site="evil" data-endpoint="/evil">',
  },
};
const SHADOWED = ['/hidden', '/title', '/referrer', '/hasFocus', '/navigation', '/currentScript'];

async function startPages() {
  const events = new Map<string, SentEvent>();
  const paths: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    paths.push(pathname);
    if (request.method === 'POST') {
      let body = '';
      for await (const chunk of request) body += chunk;
      for (const event of JSON.parse(body).events as SentEvent[]) events.set(event.event_id, event);
      return response.setHeader('Content-Type', 'application/json').end('{"data":{"rejected":[]}}');
    }
    if (pathname.endsWith('.js'))
      return response.setHeader('Content-Type', 'text/javascript').end(script(pathname.slice(1)));
    const { body = '', file = 'liveinsight.js' } = PAGES[pathname] ?? {};
    // Firefox and WebKit ask for an icon otherwise.
    response.setHeader('Content-Type', 'text/html');
    response.end(`<!doctype html><title>Shop</title><link rel="icon" href="data:,">${body}
<script src="/${file}" data-site="shop" data-capture="none"></script><button id="buy">Buy</button>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    /** In the order in which they happened. */
    events: () => [...events.values()].sort((one, other) => one.timestamp - other.timestamp),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const pathOf = ({ page_url = '' }: SentEvent) => new URL(page_url).pathname;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.concurrent.each(BROWSERS)('in %s', (_name, path, start) => {
  let events: SentEvent[] = [];
  let paths: string[] = [];
  const stored: unknown[] = [];

  beforeAll(async () => {
    if (!path || !existsSync(path)) return;
    const pages = await startPages();
    const browser = await start();
    const views = () => pages.events().filter(({ event_type }) => event_type === 'page_view').length;
    const left = async (count: number) => {
      for (const until = Date.now() + 20_000; views() < count && Date.now() < until; ) await pause(20);
    };
    try {
      const tab = await browser.newTab();
      await tab.goto(`${pages.origin}/start`);
      await left(1);
      await tab.run(`void (history.pushState({}, '', '/sync'), document.title = 'Sync')`);
      await left(2);
      await tab.run(
        `void (history.pushState({}, '', '/late'), setTimeout(() => { document.title = 'Late' }, 200))`,
      );
      await left(3);
      await tab.run(
        `void (history.pushState({}, '', '/guard'), setTimeout(() => { history.replaceState({}, '', '/login'); document.title = 'Login' }, 50))`,
      );
      await left(4);
      await tab.run(`void (addEventListener('popstate', () => { document.title = 'Late' }), history.back())`);
      await left(5);
      for (const shadowed of SHADOWED) {
        const before = views();
        await tab.goto(pages.origin + shadowed);
        await left(before + 1);
        await tab.run(`void history.pushState({}, '', '${shadowed}/next')`);
        await left(before + 2);
      }
      for (const build of ['', '-extended']) {
        const before = views();
        await tab.goto(`${pages.origin}/first${build}`);
        const other = await browser.newTab();
        await other.goto(`${pages.origin}/second${build}`);
        await left(before + 2);
        await tab.run(`void liveinsight('consent', 'denied')`);
        await other.run(
          `void (liveinsight('track', 'denied'), document.querySelector('#buy').click(), history.pushState({}, '', '/denied'))`,
        );
        await pause(700);
        stored.push(await other.run('JSON.stringify({ ...localStorage })'));
        await other.goto(`${pages.origin}/denied`);
        await other.run('void localStorage.clear()');
        await other.close();
      }
      await tab.goto('about:blank');
      await pause(300);
      ({ paths } = pages);
      events = pages.events();
    } finally {
      await browser.close();
      pages.close();
    }
  }, 120_000);

  const shown = () =>
    events
      .filter(({ event_type }) => event_type === 'page_view')
      .map((event): [string, string | undefined] => [pathOf(event), event.page_title]);

  it.runIf(path)('views carry the title that their page got, and none is of a route that led on', () => {
    expect(shown().slice(0, 5)).toEqual([
      ['/start', 'Shop'],
      ['/sync', 'Sync'],
      ['/late', 'Late'],
      ['/login', 'Login'],
      ['/late', 'Late'],
    ]);
  });

  it.runIf(path).each(SHADOWED)(
    'views are counted, and sent to the collector, on the page %s',
    (shadowed) => {
      const of = shown().filter(([view]) => view.startsWith(shadowed));
      expect(of).toEqual([
        [shadowed, 'Shop'],
        [`${shadowed}/next`, 'Shop'],
      ]);
      expect(paths).not.toContain('/evil');
    },
  );

  it.runIf(path)('a denial in one tab holds in the other, at once', () => {
    expect(events.filter((event) => event.name === 'denied' || event.event_type === 'click')).toEqual([]);
    expect(shown().map(([view]) => view)).not.toContain('/denied');
    const denied = expect.stringMatching(/^\{"li:shop\?":"\\"\d{13}denied\\""\}$/);
    expect(stored).toEqual([denied, denied]);
  });
});
