import { launch } from 'puppeteer-core';
import type { TestBrowser } from './browser.js';
import { findDescendants, signalAll, suspend } from './processes.js';

export async function startFirefox(): Promise<TestBrowser> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr',
    headless: true,
    extraPrefsFirefox: { 'dom.ipc.processPrelaunch.enabled': false },
  });
  const root = browser.process()?.pid ?? 0;
  const pages = () => findDescendants(root, /-contentproc.* tab ?$/);
  return {
    name: 'Firefox',
    async newTab() {
      const page = await browser.newPage();
      return {
        goto: async (url) => void (await page.goto(url)),
        run: (code) => page.evaluate(code),
        click: (selector) => page.click(selector),
        close: () => page.close(),
      };
    },
    killLatest: async () => signalAll(pages(), 'SIGKILL'),
    sleep: (ms) => suspend(pages(), ms),
    close: () => browser.close(),
  };
}
