/** One browser per suite; a site and a visitor of its own per test. */
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchChromium } from '../../../../scripts/launch-chromium.mjs';
import { type PageOptions, pageWith, startSite } from './site.js';

export type Site = Awaited<ReturnType<typeof startSite>>;

declare global {
  var liveinsight: (...args: unknown[]) => void;
}

export function useVisits(launch: () => Promise<Browser> = launchChromium) {
  let browser: Browser;
  let site: Site;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    site = await startSite();
    context = await browser.newContext();
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    expect(site.refusals).toEqual([]);
    await site.close();
  });

  const call = (...args: unknown[]) => page.evaluate((args) => liveinsight(...args), args);
  const views = () => site.ofType('page_view');

  return {
    get browser() {
      return browser;
    },
    get site() {
      return site;
    },
    get context() {
      return context;
    },
    get page() {
      return page;
    },
    call,
    views,
    open: (options: PageOptions = {}, path = '/') => page.goto(site.origin + pageWith(options, path)),
    customs: (name: string) => site.ofType('custom').filter((event) => event.name === name),
    /** Resolves once all that was recorded on the page has arrived: it tells of one more event, and leaves. */
    async leave() {
      const before = site.ofType('custom').filter((event) => event.name === 'the last').length;
      await call('track', 'the last');
      await page.goto('about:blank');
      await site.arrived(
        () => site.ofType('custom').filter((event) => event.name === 'the last').length > before,
      );
    },
    /** Paths of the views, in the order they were counted. */
    paths: () => views().map(({ page_url = '' }) => new URL(page_url).pathname + new URL(page_url).hash),
  };
}
