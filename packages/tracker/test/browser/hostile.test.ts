import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../../../scripts/launch-chromium.mjs';
import { startSite } from './site.js';

const HOSTILE: Record<string, string> = {
  'frozen prototypes': `for (const type of [Object, Array, Function, String, Promise, EventTarget, Node, Element, Storage, Map, Set])
    Object.freeze(type.prototype)`,
  'patched JSON': `JSON.stringify = () => { throw new Error('patched') }; JSON.parse = () => { throw new Error('patched') }`,
  'throwing storage': `for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { get() { throw new Error(name) } })`,
  'a fetch that throws': `window.fetch = () => { throw new Error('fetch') }`,
  'a fetch that rejects': `window.fetch = () => Promise.reject(new Error('fetch'))`,
  'no crypto': `Object.defineProperty(window, 'crypto', { value: undefined })`,
  'removed DOM': `addEventListener('load', () => document.documentElement.remove())`,
  'a patched history': `for (const name of ['pushState', 'replaceState']) {
    const native = history[name]; history[name] = function (...args) { return native.apply(this, args) } }`,
};

describe.runIf(hasChromium)('a hostile page', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof startSite>>;

  beforeAll(async () => {
    browser = await launchChromium();
    site = await startSite();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** What a visitor and the console notice of a visit: errors, messages, and what the page's own script saw. */
  async function visit(hostility: string, tag: string) {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.addInitScript(hostility);
    await page.goto(`${site.origin}/?tag=${encodeURIComponent(tag)}`);
    const seen = await use(page);
    await page.goto('about:blank');
    await page.close();
    return { errors, seen };
  }

  const use = (page: Page) =>
    page.evaluate(async () => {
      const seen: unknown[] = [];
      const circular: Record<string, unknown> = {};
      circular.self = circular;
      addEventListener('click', (event) => seen.push(event.defaultPrevented));
      const { liveinsight } = window as unknown as { liveinsight: (...args: unknown[]) => unknown };
      seen.push(liveinsight('track', 'x', circular), liveinsight('conversion', 'y', { value: 1n }));
      document.querySelector('button')?.click();
      history.pushState({ own: 1 }, '', '/next');
      seen.push(location.pathname, (history.state as { own: number }).own);
      dispatchEvent(new Event('pagehide'));
      await new Promise((resolve) => setTimeout(resolve, 700));
      return seen;
    });

  it.each(Object.entries(HOSTILE))(
    'with %s shows no error and behaves as without the tracker',
    async (_name, hostility) => {
      const without = await visit(hostility, 'type="text/plain"');
      const withTracker = await visit(hostility, 'data-site="shop"');
      expect(withTracker).toEqual(without);
    },
  );
});
