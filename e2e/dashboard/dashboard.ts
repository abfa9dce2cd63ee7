/** A collector with a past and a browser that looks at it: one of each for a whole test file. */

import { READ_KEY, startSeededCollector } from '@liveinsight/fixtures/seeded-collector';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { onTestFailed, TestRunner } from 'vitest';
import { launchChromium } from '../../scripts/launch-chromium.mjs';
import { collectComplaints } from '../way/console-errors.js';

type SeedOptions = Parameters<typeof startSeededCollector>[0];

export interface OpenOptions extends BrowserContextOptions {
  /** What was typed as key. Default: the read key; undefined: none yet. */
  key?: string | undefined;
  /** Runs in the page before its own scripts. */
  before?: (context: BrowserContext) => Promise<unknown>;
}

export interface Opened {
  page: Page;
  /** What the page complained of: there must be nothing. */
  complaints: string[];
  close(): Promise<void>;
}

export interface Dashboard {
  collector: Awaited<ReturnType<typeof startSeededCollector>>;
  browser: Browser;
  /** @param search of the URL, as `?view=sessions&range=30d` */
  open(search?: string, options?: OpenOptions): Promise<Opened>;
  close(): Promise<void>;
}

/** What the page and a test ask a moment apart is of the same day. */
const DAY_MS = 86_400_000;
const MARGIN_MS = 60_000;

export async function startDashboard(
  seed: SeedOptions = {},
  launch: () => Promise<Browser> = launchChromium,
): Promise<Dashboard> {
  const left = DAY_MS - (Date.now() % DAY_MS);
  if (left < MARGIN_MS) await new Promise((resolve) => setTimeout(resolve, left));
  const collector = await startSeededCollector(seed);
  const browser = await launch();
  return {
    collector,
    browser,
    open: (search = '', options = {}) => openDashboard(browser, collector.url, search, options),
    async close() {
      await browser.close();
      await collector.close();
    },
  };
}

/** A page of its own, on the dashboard of the collector at `url`. */
export async function openDashboard(
  browser: Browser,
  url: string,
  search: string,
  options: OpenOptions = {},
): Promise<Opened> {
  const { key, before, ...more } = { key: READ_KEY, ...options };
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    ...more,
  });
  const complaints = collectComplaints(context);
  if (key !== undefined) await context.addInitScript(typeKey, key);
  await before?.(context);
  const page = await context.newPage();
  // Opened for all tests of a file, it belongs to none of them.
  if (TestRunner.getCurrentTest()) tellOnFailure(page);
  await page.goto(`${url}/dashboard/${search}`);
  return { page, complaints, close: () => context.close() };
}

/** Goes to another view in the page as it is, as the back button does: it need not be loaded again. */
export const goWithin = (page: Page, search: string): Promise<void> =>
  page.evaluate(async (search) => {
    history.pushState(null, '', search);
    dispatchEvent(new PopStateEvent('popstate'));
    // What it showed before is gone in the second frame.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, search);

/** Waits until everything on the page that asks the collector has its answer. */
export async function untilAnswered(page: Page): Promise<void> {
  await page.locator('.answered, #active-5').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.loading, .answered[aria-busy=true]'));
}

/** Prints the pages that a failed test leaves open: their text and their requests without a response. */
function tellOnFailure(page: Page): void {
  const unanswered = new Set<string>();
  page.on('request', (request) => unanswered.add(request.url()));
  page.on('requestfinished', (request) => unanswered.delete(request.url()));
  page.on('requestfailed', (request) => {
    unanswered.delete(request.url());
    unanswered.add(`${request.url()} (${request.failure()?.errorText})`);
  });
  onTestFailed(async () => {
    if (page.isClosed()) return;
    console.log(`${page.url()} shows:\n${await page.locator('body').innerText()}`, [...unanswered]);
  });
}

/** Runs in the page: as if the reader had typed it. */
function typeKey(key: string): void {
  if (location.protocol !== 'about:') sessionStorage.setItem('liveinsight-key', key);
}
