// The usual places of browsers on each system.
import { delimiter, join } from 'node:path';

/**
 * @typedef {'chromium' | 'shell' | 'firefox' | 'webkit' | 'xvfb'} ToolName
 * @typedef {object} Place
 * @property {NodeJS.ProcessEnv} env
 * @property {NodeJS.Platform} platform
 * @property {string} root the file system's root: `/` but in tests
 */

/** @type {Place} */
export const here = { env: process.env, platform: process.platform, root: '/' };

/** @type {Record<ToolName, string[]>} */
const commands = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
  shell: ['chromium-headless-shell', 'chrome-headless-shell'],
  firefox: ['firefox', 'firefox-esr'],
  webkit: ['WebKitWebDriver'],
  xvfb: ['Xvfb'],
};

/** @type {{ [name in ToolName]?: string[] }} */
const macApplications = {
  chromium: [
    'Google Chrome.app/Contents/MacOS/Google Chrome',
    'Chromium.app/Contents/MacOS/Chromium',
    'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  firefox: ['Firefox.app/Contents/MacOS/firefox'],
};

/** @type {{ [name in ToolName]?: string[] }} */
const windowsPrograms = {
  chromium: ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'],
  firefox: ['Mozilla Firefox/firefox.exe'],
};

/**
 * Where to look for a tool, best place first.
 * @param {ToolName} name
 * @param {Place} place
 * @returns {string[]}
 */
export function usualPlaces(name, place) {
  return [...searchPath(name, place), ...applications(name, place)];
}

/**
 * @param {ToolName} name
 * @param {Place} place
 */
function searchPath(name, { env, platform }) {
  const suffix = platform === 'win32' ? '.exe' : '';
  const directories = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean);
  return commands[name].flatMap((command) =>
    directories.map((directory) => join(directory, command + suffix)),
  );
}

/**
 * @param {ToolName} name
 * @param {Place} place
 */
function applications(name, { env, platform, root }) {
  if (platform === 'darwin')
    return (macApplications[name] ?? []).map((app) => join(root, 'Applications', app));
  if (platform !== 'win32') return [];
  const programs = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(
    (path) => path !== undefined,
  );
  return programs.flatMap((program) => (windowsPrograms[name] ?? []).map((file) => join(program, file)));
}
