import { bounceHash, bounceScript } from '@liveinsight/tracker/bounce';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../../../scripts/launch-chromium.mjs';
import { startSite } from './site.js';

const html = `<!doctype html><title>Shop</title>
<script async src="/liveinsight.js" data-site="shop"></script><script>${bounceScript}</script>`;

describe.runIf(hasChromium)('the bounce script', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof startSite>>;
  let context: BrowserContext;
  let page: Page;
  let loads: boolean;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    site = await startSite();
    context = await browser.newContext();
    page = await context.newPage();
    loads = true;
    await context.route('**/*', (route) => {
      const request = route.request();
      if (request.resourceType() === 'document') {
        const headers = { 'Content-Security-Policy': `script-src 'self' ${bounceHash}` };
        return route.fulfill({ contentType: 'text/html', headers, body: html });
      }
      // The script that does not load is still on its way when the visitor leaves.
      if (request.resourceType() === 'script' && !loads) return;
      return route.continue();
    });
  });
  afterEach(async () => {
    await context.close();
    expect(site.refusals).toEqual([]);
    await site.close();
  });

  const views = () => site.ofType('page_view');
  const paths = () => views().map(({ page_url }) => new URL(page_url ?? '').pathname);
  const open = (path: string) => page.goto(site.origin + path, { waitUntil: 'domcontentloaded' });

  it('sends the view of a visitor who leaves before the tracker has loaded, once, also when the visitor comes back', async () => {
    loads = false;
    await open('/');
    await page.goto('about:blank');
    await site.arrived(() => views().length === 1);
    expect(views()[0]).toMatchObject({ view: 1, first_on_page: true, page_title: 'Shop' });
    loads = true;
    await open('/next');
    await site.arrived(() => views().length === 2);
    await page.goto('about:blank');
    expect(paths()).toEqual(['/', '/next']);
    expect(views()[1]).toMatchObject({ view: 2, from_page: '/' });
    expect(new Set(site.batches.map(({ session }) => session.session_id)).size).toBe(1);
  });

  it('leaves the view to the tracker where the visitor stays', async () => {
    await open('/');
    await site.arrived(() => views().length === 1);
    await open('/next');
    await site.arrived(() => views().length === 2);
    expect(paths()).toEqual(['/', '/next']);
    expect(views().map(({ view }) => view)).toEqual([1, 2]);
  });
});
