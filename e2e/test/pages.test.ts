/** Shop and live page as people of all kinds meet them: by screen reader and keyboard, on a narrow phone, in the dark. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../scripts/launch-chromium.mjs';
import { expectAccessible } from '../way/accessibility.js';
import { collectComplaints } from '../way/console-errors.js';
import { type DevProcess, startDevProcess } from '../way/dev-process.js';

const PAGES = [
  '/',
  '/products',
  '/products/jeju-black',
  '/cart',
  '/checkout',
  '/thank-you',
  '/about',
  '/ways-in',
  '/dashboard',
];
const folder = mkdtempSync(join(tmpdir(), 'liveinsight-pages-'));
let server: DevProcess;
let browser: Browser;

describe.skipIf(!hasChromium)('shop and live page', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    server = await startDevProcess(join(folder, 'data'));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    { width: 360, colorScheme: 'light' as const, paths: PAGES },
    { width: 1280, colorScheme: 'dark' as const, paths: ['/', '/checkout', '/dashboard'] },
  ])(
    'are accessible, fit, and complain of nothing at $width px, $colorScheme',
    async ({ width, colorScheme, paths }) => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const complaints = collectComplaints(context);
      const page = await context.newPage();
      await page.goto(`${server.url}/products/jeju-black`);
      await page.getByRole('button', { name: 'Add to cart' }).click();
      for (const path of paths) {
        await page.goto(
          path === '/dashboard' ? server.dashboardUrl.replace('#', '?view=now#') : server.url + path,
        );
        if (path === '/dashboard') await page.locator('#events li').first().waitFor();
        await expectAccessible(page, path);
      }
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  it('say in words that there is no such page', async () => {
    const page = await browser.newPage();
    const reply = await page.goto(`${server.url}/products/no-such-thing`);
    expect(reply?.status()).toBe(404);
    await page.getByRole('heading', { level: 1, name: 'Poured past the cup' }).waitFor();
    await page.close();
  });
});
