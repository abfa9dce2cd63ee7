// Starts the Chromium that was found on this machine, for browser suites. Nothing but the pages under test uses the network.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether there is one; without it browser suites can't run. */
export const hasChromium = existsSync(path);

export const launchChromium = () =>
  chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
