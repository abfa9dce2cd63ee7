import type { Page } from 'playwright';
import { launchWholeChromium } from '../../scripts/launch-chromium.mjs';
import type { TestBrowser } from './browser.js';
import { findDescendants, suspend } from './processes.js';

export async function startChromium(): Promise<TestBrowser> {
  const browser = await launchWholeChromium();
  const context = await browser.newContext();
  let latest: Page | undefined;
  return {
    name: 'Chromium',
    async newTab() {
      const page = await context.newPage();
      latest = page;
      return {
        goto: async (url) => void (await page.goto(url)),
        run: (code) => page.evaluate(code),
        click: (selector) => page.click(selector),
        close: () => page.close({ runBeforeUnload: false }),
      };
    },
    async killLatest() {
      if (!latest) return;
      const session = await context.newCDPSession(latest);
      const crashed = latest.waitForEvent('crash');
      // The dead do not answer.
      session.send('Page.crash').catch(() => {});
      await crashed;
    },
    sleep: (ms) => suspend(findDescendants(process.pid, /--type=renderer/), ms),
    close: () => browser.close(),
  };
}
