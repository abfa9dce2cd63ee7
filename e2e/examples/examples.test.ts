/** Every example of `examples/frameworks` is installed, built and started, and what happens on its page is counted. */
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCollector } from '@liveinsight/collector';
import { startDynalite } from '@liveinsight/collector/local';
import { toNodeListener } from '@liveinsight/collector/node';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { script as tracker } from '@liveinsight/tracker/script';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/launch-chromium.mjs';
import { startProgram } from '../first-use/program.js';
import { freePort, must } from '../way/installed-app.js';
import { examples, install } from './example.js';

const KEY = 'a-read-key-of-the-examples';

/** Their collector is a part of them. */
const MOUNTED = {
  next: { build: true },
  nuxt: { build: true },
  sveltekit: { build: true },
  astro: { build: true },
  'react-router': { build: true },
  'express-4': { build: false },
  'express-5': { build: false },
  fastify: { build: false },
  hono: { build: true },
  nest: { build: true },
};
/** Pages that send to a collector elsewhere: what is built, and the page that names it. */
const PAGES = {
  html: { page: 'index.html', built: '.' },
  'vite-react': { page: 'index.html', built: 'dist' },
  vue: { page: 'index.html', built: 'dist' },
  angular: { page: 'src/index.html', built: 'dist/browser' },
};
const OTHERS = ['lambda', 'cdk'];

/** Those that differ most, where time is short: `LIVEINSIGHT_EXAMPLES=next,lambda`. */
const wanted = process.env.LIVEINSIGHT_EXAMPLES?.split(',');
const isWanted = (name: string) => wanted?.includes(name) ?? true;
const chosen = <Of>(all: Record<string, Of>) =>
  Object.entries(all)
    .filter(([name]) => isWanted(name))
    .map(([name, of]) => ({ name, ...of }));

describe('the examples', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** Loads a page, and waits until what it sends is answered. */
  async function visit(url: string, endpoint: string): Promise<void> {
    const page = await browser.newPage();
    const sent = page.waitForResponse((response) => response.url() === endpoint);
    await page.goto(url);
    expect(await page.locator('h1').textContent()).toBe('Shop');
    expect((await sent).status()).toBe(200);
    await page.close();
  }

  async function pageViews(collector: string): Promise<number> {
    const headers = { authorization: `Bearer ${KEY}`, connection: 'close' };
    // A headless browser is a bot by its name.
    const reply = await fetch(`${collector}/api/stats?site=shop&traffic=all`, { headers });
    return (await reply.json()).data.totals.page_views;
  }

  it('are all tested', () => {
    const known = [...Object.keys(MOUNTED), ...Object.keys(PAGES), ...OTHERS];
    const folders = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(known.sort());
  });

  describe.concurrent('with a collector of their own', () => {
    it.for(chosen(MOUNTED))('$name', async ({ name, build }) => {
      const port = `${await freePort()}`;
      const example = await install(name, {
        PORT: port,
        ORIGIN: `http://localhost:${port}`,
        LIVEINSIGHT_SECRET: 'a secret of the examples',
        LIVEINSIGHT_READ_KEY: KEY,
      });
      if (build) await example.run('build');
      const { scripts } = JSON.parse(await readFile(join(example.path, 'package.json'), 'utf8'));
      const bin = join(example.path, 'node_modules/.bin');
      const env = { ...example.env, NODE_ENV: 'production', PATH: `${bin}:${example.env.PATH}` };
      const running = await startProgram(scripts.start, { ...example, env });
      try {
        await visit(running.url, `${running.url}/analytics/api/events`);
        expect(await pageViews(`${running.url}/analytics`)).toBe(1);
      } finally {
        expect(await running.ends()).toBe(true);
      }
    });
  });

  describe.concurrent('that send to a collector elsewhere', () => {
    it.for(chosen(PAGES))('$name', async ({ name, page, built }) => {
      const example = await install(name);
      const collector = createCollector({
        store: sqliteStore(),
        secret: 'a secret of the examples',
        sites: [{ id: 'shop' }],
        readKeys: [KEY],
        assets: { tracker },
        rollUpEverySeconds: 0,
      });
      const backend = await listen(createServer(toNodeListener(collector)));
      const text = await readFile(join(example.path, page), 'utf8');
      await writeFile(join(example.path, page), text.replaceAll('http://localhost:4000', backend.url));
      if (built !== '.') await example.run('build');
      const front = await listen(serveFiles(join(example.path, built)));
      await visit(front.url, `${backend.url}/api/events`);
      expect(await pageViews(backend.url)).toBe(1);
      await Promise.all([front.close(), backend.close(), collector.close()]);
    });
  });

  it.runIf(isWanted('lambda'))('lambda', async () => {
    const database = await startDynalite();
    const example = await install('lambda', {
      AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
      LIVEINSIGHT_SECRET: 'a secret of the examples',
      LIVEINSIGHT_SITES: '[{"id":"shop"}]',
      LIVEINSIGHT_READ_KEYS: KEY,
    });
    await example.run('build');
    const bundle = pathToFileURL(join(example.path, 'dist/handler.mjs'));
    const { createTables } = await import('@liveinsight/collector/dynamodb');
    await createTables({ endpoint: database.endpoint });
    const program = `import { handler } from ${JSON.stringify(bundle.href)};
const ask = (method, rawPath, rawQueryString, headers, body) => handler({ version: '2.0', rawPath, rawQueryString,
  headers: { host: 'shop.example', ...headers }, body, requestContext: { http: { method, path: rawPath, sourceIp: '203.0.113.9' } } }, {});
const event = { site: 'shop', event_type: 'page_view', page_url: 'https://shop.example/' };
await ask('POST', '/api/events', '', {}, JSON.stringify(event));
const { body } = await ask('GET', '/api/stats', 'site=shop', { authorization: 'Bearer ${KEY}' });
console.log(JSON.parse(body).data.totals.page_views);
process.exit();`;
    const output = await must('node', ['--input-type=module', '-e', program], example.path, example.env);
    expect(output.trim()).toBe('1');
    await database.close();
  });

  it.runIf(isWanted('cdk'))('cdk', async () => {
    const example = await install('cdk', { CDK_DISABLE_VERSION_CHECK: '1', CDK_NOTICES: 'false' });
    await example.run('build');
    expect(await example.run('synth', '--quiet')).not.toContain('rror');
    const template = await readFile(join(example.path, 'cdk.out/LiveInsight.template.json'), 'utf8');
    expect(template).toContain('AWS::DynamoDB::Table');
  });
});

async function listen(server: Server): Promise<{ url: string; close(): Promise<void> }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const serveFiles = (folder: string): Server =>
  createServer(async ({ url = '/' }, response) => {
    const file = join(folder, url === '/' ? 'index.html' : url);
    try {
      const body = await readFile(file);
      response
        .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
