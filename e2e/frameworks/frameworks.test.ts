/** Real apps, installed from npm and built for production, with the tracker as it is published, in a real browser. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/launch-chromium.mjs';
import type { Framework, Install } from './framework.js';
import { frameworks } from './frameworks.js';
import { startFront } from './front.js';
import { type Result, writeTable } from './table.js';
import { VIEWS, visit } from './visit.js';
import { openWorkshop } from './workshop.js';

let workshop: Awaited<ReturnType<typeof openWorkshop>>;
let browser: Browser;
const results: Result[] = [];

beforeAll(async () => {
  workshop = await openWorkshop(process.env.FRAMEWORKS_FOLDER);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await workshop?.close();
  writeTable(results, frameworks);
});

const installs = ({ entryPoint }: Framework): Install[] =>
  entryPoint ? ['script tag', 'npm'] : ['script tag'];

describe.each(frameworks)('$name', (framework) => {
  let result: Result;

  beforeAll(async () => {
    await workshop.install(framework);
    result = { framework, version: await workshop.version(framework), isRight: {} };
    results.push(result);
  });

  it.each(installs(framework))('counts the pages that are seen, under their titles: %s', async (install) => {
    const app = await workshop.start(framework, install);
    result.isRight[install] = false;
    const front = await startFront(app.port);
    try {
      const complaints = await visit(browser, front);
      expect(front.views()).toEqual(VIEWS);
      expect(front.refusals).toEqual([]);
      expect(complaints).toEqual([]);
      result.isRight[install] = true;
    } finally {
      front.close();
      await app.stop();
    }
  });
});
