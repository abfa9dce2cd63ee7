/** A test run of Playwright, of an application that knows nothing of the kit. */

import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../../scripts/launch-chromium.mjs';
import { run } from '../../../scripts/run.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const page = `<!doctype html><title>Shop</title>
<script async src="/analytics/liveinsight.js" data-site="shop"></script>
<script>window.liveinsight ||= function () { (liveinsight.q ||= []).push(arguments) }</script>
<button onclick="liveinsight('track', 'signup', { plan: 'pro' })">Sign up</button>`;

describe.skipIf(!hasChromium)('a test run of Playwright', () => {
  let folder: string;
  const app = createServer((request, response) => {
    response.statusCode = request.url === '/' ? 200 : 404;
    response.setHeader('content-type', 'text/html').end(request.url === '/' ? page : '');
  });
  beforeAll(async () => {
    await once(app.listen(0, '127.0.0.1'), 'listening');
    // Within the repository, where the packages are found.
    folder = mkdtempSync(join(root, 'node_modules/.playwright-'));
    const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/`;
    const executablePath = process.env.CHROMIUM_SHELL_PATH ?? process.env.CHROMIUM_PATH;
    const launchOptions = { executablePath, args: ['--no-sandbox'] };
    const config = {
      testDir: folder,
      outputDir: join(folder, 'results'),
      workers: 1,
      reporter: 'line',
      expect: { timeout: 10_000 },
      use: { launchOptions },
    };
    writeFileSync(join(folder, 'playwright.config.mjs'), `export default ${JSON.stringify(config)};`);
    writeFileSync(
      join(folder, 'shop.spec.mjs'),
      `import { expect, test } from '@liveinsight/testing/playwright';
       test('a signup is tracked', async ({ page, insight }) => {
         await page.goto('${url}');
         await page.click('button');
         await page.goto('about:blank');
         await expect(insight).toHaveTracked('signup', { plan: 'pro' }, { times: 1 });
         await expect(insight).toHaveTracked('click');
         await expect(insight).not.toHaveTracked('purchase');
       });
       test('the next test sees nothing of it', async ({ page, insight }) => {
         await page.goto('${url}');
         await expect(insight).toHaveTracked('page_view');
         await expect(insight).not.toHaveTracked('signup');
       });
       test('what is missing is named', async ({ page, insight }) => {
         await page.goto('${url}');
         await expect(insight).toHaveTracked('page_view');
         await expect(insight).toHaveTracked('page_views', {}, { timeoutMs: 1 });
       });`,
    );
  });
  afterAll(() => {
    app.close();
    app.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  it('takes what pages send to their own collector, test by test, and says what is missing', async () => {
    const command = [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--config', folder];
    const { output } = await run(process.execPath, command, { cwd: folder, quiet: true });
    expect(output).toContain('2 passed');
    expect(output).toContain('1 failed');
    expect(output).toContain("'page_view': the name is not 'page_views'");
  });
});
