// Starts the Chromium that was found on this machine, for browser suites. Nothing but the pages under test uses the network.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether there is one; without it browser suites can't run. */
export const hasChromium = existsSync(path);

/**
 * Its engine and network without its windows, where that is installed: all that happens within a page.
 * @param {string[]} more command-line flags beside those that every suite has
 */
export const launchChromium = (...more) => launch(process.env.CHROMIUM_SHELL_PATH ?? path, more);

/** All of it, for what is about tabs and windows: how they are closed, left and brought back, and notices. */
export const launchWholeChromium = () => launch(path);

/**
 * @param {string} executablePath
 * @param {string[]} [more]
 */
const launch = (executablePath, more = []) =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
