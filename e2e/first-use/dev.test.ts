import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { launchChromium } from '../../scripts/launch-chromium.mjs';
import { freePort } from '../way/installed-app.js';
import { emptyFolder } from './empty-folder.js';
import { readPage, snippets } from './page.js';
import { startProgram } from './program.js';

it('liveinsight dev shows what a page of another server sends by the tag that it prints, and says what it rejects', async () => {
  const [command = ''] = snippets(readPage('packages/cli/README.md'), 'sh');
  const folder = await emptyFolder('dev', { PORT: `${await freePort()}` });
  await folder.write({ 'package.json': '{ "name": "empty", "private": true }' });
  await folder.install('npm install liveinsight');
  const dev = await startProgram(command.trim(), folder);
  const [tag] = await dev.prints(/<script async.*<\/script>/);
  const shop = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(`<!doctype html><h1>My shop</h1>${tag}`);
  }).listen(0, '127.0.0.1');
  await once(shop, 'listening');
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}/`);
    const [, dashboard = ''] = await dev.prints(/events +of site shop: (\S+)/);
    expect(dashboard).toMatch(`${dev.url}/dashboard?site=shop#key=`);
    const asked = page.waitForResponse((response) => response.url().startsWith(`${dev.url}/api/`));
    await page.goto(dashboard);
    expect((await asked).status()).toBe(200);

    const wrong = { site: 'shop', event_type: 'pageview' };
    await fetch(`${dev.url}/api/events`, { method: 'POST', body: JSON.stringify(wrong) });
    await dev.prints(/rejected +event_type must be one of page_view,/);
    expect(await dev.ends()).toBe(true);
  } finally {
    await browser.close();
    shop.close();
  }
});
