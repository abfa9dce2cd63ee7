import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { compile } from 'svelte/compiler';
import { build, type Plugin } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../../../scripts/launch-chromium.mjs';
import { startSite } from './site.js';

const svelte: Plugin = {
  name: 'svelte',
  transform: (code, id) =>
    id.endsWith('.svelte') ? compile(code, { filename: id, generate: 'client' }).js : undefined,
};

/** The app as one script, built as its author builds it. */
async function bundle(app: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    // StrictMode does things twice in development alone.
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"' },
    plugins: [svelte],
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: fileURLToPath(new URL(`apps/${app}`, import.meta.url)) },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (!chunk) throw new Error(`${app} was not built`);
  return chunk.code;
}

describe.runIf(hasChromium)('a binding', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof startSite>>;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    site = await startSite();
    page = await browser.newPage();
  });
  afterEach(async () => {
    await page.close();
    expect(site.refusals).toEqual([]);
    await site.close();
  });

  const paths = () => site.ofType('page_view').map((event) => new URL(event.page_url ?? '').pathname);

  it.each([
    ['React under StrictMode', 'react-app.ts', '/'],
    ["Next.js's way with URLs", 'next-app.ts', '/'],
    ['Vue with Vue Router, which leads elsewhere first', 'vue-app.ts', '/home'],
    ['Svelte', 'svelte-app.js', '/'],
  ])('counts each view once, before what is tracked on it: %s', async (_framework, app, first) => {
    const script = await bundle(app);
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.route('**/*', (route) =>
      route.request().resourceType() === 'document'
        ? route.fulfill({
            contentType: 'text/html',
            body: `<!doctype html><title>Shop</title><body><script type="module">${script.replaceAll('</script', '<\\/script')}</script>`,
          })
        : route.continue(),
    );
    await page.goto(site.origin);
    await page.click('button');
    await site.arrived(() => paths().length >= 2);
    // Leaving sends all that waits, another view too if there were one.
    await page.goto('about:blank');
    await site.arrived(() => site.ofType('click').length === 1 && site.ofType('custom').length >= 2);
    expect(errors).toEqual([]);
    expect(paths()).toEqual([first, '/product']);
    expect(site.events().map(({ event_type }) => event_type)[0]).toBe('page_view');
    const custom = site.ofType('custom');
    expect(custom.at(-1)).toMatchObject({ name: 'bought', props: { plan: 'pro' } });
    expect(new Set(custom.map(({ name }) => name))).toEqual(new Set(['mounted', 'bought']));
  });
});
