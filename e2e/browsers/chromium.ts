import { launchChromium } from '../../scripts/launch-chromium.mjs';
import type { TestBrowser } from './browser.js';
import { findDescendants, signalAll } from './processes.js';

export async function startChromium(): Promise<TestBrowser> {
  const browser = await launchChromium();
  const context = await browser.newContext();
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const root = processInfo.find(({ type }) => type === 'browser')?.id ?? 0;
  return {
    name: 'Chromium',
    async newTab() {
      const page = await context.newPage();
      return {
        goto: async (url) => void (await page.goto(url)),
        run: (code) => page.evaluate(code),
        close: () => page.close({ runBeforeUnload: false }),
      };
    },
    killLatest: async () => signalAll(findDescendants(root, /--type=renderer/), 'SIGKILL'),
    close: () => browser.close(),
  };
}
