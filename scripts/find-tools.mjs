// Finds the browsers that test suites use, and hands them over as environment variables. Installs nothing.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { run } from './run.mjs';
import { here, usualPlaces } from './tool-places.mjs';

/**
 * @typedef {import('./tool-places.mjs').ToolName} ToolName
 * @typedef {import('./tool-places.mjs').Place} Place
 * @typedef {object} Tool
 * @property {string} path
 * @property {string} [driver] what speaks to it: `cdp`, `bidi`, `webdriver` or `playwright`
 * @typedef {{ [name in ToolName]?: Tool }} Tools
 */

/** @type {Record<ToolName, { variable: string, driver?: string, question?: string }>} */
const kinds = {
  chromium: { variable: 'CHROMIUM_PATH', driver: 'cdp', question: '--version' },
  shell: { variable: 'CHROMIUM_SHELL_PATH', question: '--version' },
  firefox: { variable: 'FIREFOX_PATH', driver: 'bidi', question: '--version' },
  webkit: { variable: 'WEBKIT_PATH', driver: 'webdriver', question: '--help' },
  xvfb: { variable: 'XVFB_PATH' },
};
const names = /** @type {ToolName[]} */ (Object.keys(kinds));

/**
 * What is installed and runs. A path given by its environment variable is taken alone.
 * @param {Place} [place]
 * @returns {Promise<Tools>}
 */
export async function findTools(place = here) {
  const found = await Promise.all(names.map(async (name) => [name, await findTool(name, place)]));
  return Object.fromEntries(found.filter(([, tool]) => tool !== undefined));
}

/**
 * @param {ToolName} name
 * @param {Place} place
 * @returns {Promise<Tool | undefined>}
 */
async function findTool(name, place) {
  for (const candidate of candidates(name, place)) {
    if (existsSync(candidate.path) && (await answers(name, candidate.path, place))) return candidate;
  }
  return undefined;
}

/**
 * @param {ToolName} name
 * @param {Place} place
 * @returns {Tool[]}
 */
function candidates(name, place) {
  const { variable, driver } = kinds[name];
  const given = place.env[variable];
  if (given) return [tool(given, place.env[driverVariable(name)] ?? driver)];
  return [...usualPlaces(name, place).map((path) => tool(path, driver)), ...downloads(name, place)];
}

/**
 * The browser Playwright has downloaded, if it has. Its Firefox and WebKit are patched: only Playwright drives them.
 * @param {ToolName} name
 * @param {Place} place
 * @returns {Tool[]}
 */
function downloads(name, place) {
  if (place.root !== '/' || (name !== 'chromium' && name !== 'firefox' && name !== 'webkit')) return [];
  const playwright = createRequire(import.meta.url)('playwright');
  return [tool(playwright[name].executablePath(), name === 'chromium' ? 'cdp' : 'playwright')];
}

/**
 * A file that exists may still be a stub that asks for a snap, or lack its libraries: see whether it answers.
 * @param {ToolName} name
 * @param {string} path
 * @param {Place} place
 */
async function answers(name, path, { env, platform }) {
  const { question } = kinds[name];
  // Chrome for Windows answers `--version` by opening a window.
  if (question === undefined || platform === 'win32') return true;
  return (await run(path, [question], { env, quiet: true, timeoutMs: 20_000 })).ok;
}

/**
 * The environment in which suites find the tools: `CHROMIUM_PATH`, `CHROMIUM_SHELL_PATH`, `FIREFOX_PATH`,
 * `WEBKIT_PATH` and `XVFB_PATH`, absent for what is missing, and `FIREFOX_DRIVER` and its like.
 * @param {Tools} tools
 * @returns {Record<string, string>}
 */
export function toolEnvironment(tools) {
  /** @type {Record<string, string>} */
  const result = {};
  for (const name of names) {
    const found = tools[name];
    if (found) result[kinds[name].variable] = found.path;
    if (found?.driver) result[driverVariable(name)] = found.driver;
  }
  return result;
}

/** @param {ToolName} name */
function driverVariable(name) {
  return kinds[name].variable.replace('_PATH', '_DRIVER');
}

/**
 * @param {string} path
 * @param {string | undefined} driver
 * @returns {Tool}
 */
function tool(path, driver) {
  return driver === undefined ? { path } : { path, driver };
}
