/** Leads what pages send to a collector, and the tracker that they load, to the one of a test. */
import type { Insight } from './insight.js';

/** As much of Playwright's `Page` or `BrowserContext` as is needed. */
interface Pages {
  route(url: RegExp, handler: (route: Route) => Promise<void>): Promise<unknown>;
  addInitScript(script: string): Promise<unknown>;
}

interface Route {
  request(): { url(): string };
  fulfill(response: { status: number; contentType: string; body: string }): Promise<void>;
}

/** Under any path that a collector may be mounted at. */
const SCRIPT = /\/(liveinsight(\.[a-z]+)?\.js)(\?|$)/;

/**
 * Requests are led elsewhere in the page, not by a route: what a page sends while it is left reaches no route. Pages opened
 * before are not affected.
 */
export async function intercept(pages: Pages, insight: Insight): Promise<void> {
  await pages.addInitScript(redirectBeacons(insight.endpoint));
  await pages.route(SCRIPT, async (route) => {
    const [, file = ''] = SCRIPT.exec(route.request().url()) ?? [];
    const { status, body } = await load(`${insight.url}/${file}`);
    await route.fulfill({ status, contentType: 'text/javascript; charset=utf-8', body });
  });
}

async function load(url: string): Promise<{ status: number; body: string }> {
  const response = await fetch(url);
  return { status: response.status, body: await response.text() };
}

/** Runs in the page before its own scripts. */
const redirectBeacons = (endpoint: string) => `(() => {
  const redirect = (url) =>
    /\\/api\\/events$/.test(new URL(url, location.href).pathname) ? ${JSON.stringify(endpoint)} : url;
  const { sendBeacon } = navigator;
  navigator.sendBeacon = (url, data) => sendBeacon.call(navigator, redirect(url), data);
  const native = window.fetch;
  window.fetch = (input, options) =>
    input instanceof Request
      ? native(new Request(redirect(input.url), input), options)
      : native(redirect(input), options);
})()`;
