// Sees to it that Chromium, Firefox and WebKit are here: what is installed, else Playwright's download, else Debian's.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { debianLike, installPackages } from './debian.mjs';
import { findTools } from './find-tools.mjs';
import { run } from './run.mjs';
import { here } from './tool-places.mjs';

/**
 * @typedef {import('./tool-places.mjs').Place} Place
 * @typedef {'chromium' | 'firefox' | 'webkit'} Browser
 */

/** @type {Browser[]} */
const browsers = ['chromium', 'firefox', 'webkit'];

/** WebKitGTK's MiniBrowser opens a window, so where there is no screen it needs a virtual one. */
const debianPackages = {
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
};

/**
 * @param {Place} [place]
 * @param {{ playwright?: string }} [options] the command that stands for Playwright's, in tests
 * @returns {Promise<string[]>} what could not be had and why, one line each
 */
export async function ensureBrowsers(place = here, { playwright = playwrightCommand() } = {}) {
  /** @type {string[]} */
  const reasons = [];
  const steps = [
    (/** @type {Browser[]} */ missing) => download(missing, place, playwright),
    (/** @type {Browser[]} */ missing) => installLibraries(missing, place, playwright),
    (/** @type {Browser[]} */ missing) => installDebian(missing, place),
  ];
  let missing = await missingBrowsers(place);
  for (const step of steps) {
    if (missing.length === 0) return [];
    const reason = await step(missing);
    if (reason) reasons.push(reason);
    missing = await missingBrowsers(place);
  }
  return missing.map((browser) => `${browser}: ${givenPath(browser, place) ?? reasons.join('; ')}`);
}

/**
 * Chromium without its windows opens a page in a quarter of the time. No suite needs it; Debian has it.
 * @param {Place} [place]
 * @returns {Promise<string | undefined>} why there is none
 */
export async function ensureShell(place = here) {
  if ((await findTools(place)).shell) return undefined;
  const reason =
    debianLike(place) === 'debian'
      ? await installPackages(['chromium-headless-shell'], place)
      : 'chromium-headless-shell is a package of Debian';
  return reason && `${reason}: suites open their pages in the whole Chromium, which takes longer`;
}

/** @param {Place} place */
async function missingBrowsers(place) {
  const tools = await findTools(place);
  const screen = place.env.DISPLAY || tools.xvfb || tools.webkit?.driver !== 'webdriver';
  return browsers.filter((browser) => !tools[browser] || (browser === 'webkit' && !screen));
}

/**
 * @param {Browser[]} missing
 * @param {Place} place
 * @param {string} playwright
 */
async function download(missing, place, playwright) {
  // A network that swallows the request must not swallow the time of the tests.
  const env = { ...place.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  const args = [playwright, 'install', ...missing];
  const { ok } = await run(process.execPath, args, { env, quiet: true, timeoutMs: 180_000 });
  return ok ? undefined : `Playwright could not download ${missing.join(', ')}`;
}

/**
 * Ubuntu packages no Firefox or Chromium but as snaps; the downloaded ones run there with some libraries.
 * @param {Browser[]} missing
 * @param {Place} place
 * @param {string} playwright
 */
async function installLibraries(missing, place, playwright) {
  if (debianLike(place) !== 'ubuntu') return undefined;
  const args = [playwright, 'install-deps', ...missing];
  const { ok } = await run(process.execPath, args, { env: place.env, quiet: true, timeoutMs: 300_000 });
  return ok ? undefined : `Playwright could not install the libraries of ${missing.join(', ')}`;
}

/**
 * @param {Browser[]} missing
 * @param {Place} place
 */
async function installDebian(missing, place) {
  if (debianLike(place) !== 'debian') return undefined;
  return installPackages(
    missing.flatMap((browser) => debianPackages[browser]),
    place,
  );
}

/**
 * @param {Browser} browser
 * @param {Place} place
 */
function givenPath(browser, { env }) {
  const variable = `${browser.toUpperCase()}_PATH`;
  return env[variable] ? `${variable} is ${env[variable]}, which does not run` : undefined;
}

function playwrightCommand() {
  return join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
}
