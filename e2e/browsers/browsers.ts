import type { TestBrowser } from './browser.js';
import { startChromium } from './chromium.js';
import { startFirefox } from './firefox.js';
import { startWebKit } from './webkit.js';

/** The browsers that tests run in, each where its path is given. */
export const BROWSERS: [name: string, path: string | undefined, start: () => Promise<TestBrowser>][] = [
  ['Chromium', process.env.CHROMIUM_PATH, startChromium],
  ['Firefox', process.env.FIREFOX_PATH, startFirefox],
  ['WebKit', process.env.WEBKIT_PATH, startWebKit],
];
