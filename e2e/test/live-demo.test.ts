/** The live demo of the documentation: the dashboard on a recording, without a server. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { writeLiveDemo } from '@liveinsight/fixtures/live-demo';
import type { Browser, BrowserContext } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/launch-chromium.mjs';
import { collectComplaints } from '../way/console-errors.js';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
const folder = mkdtempSync(join(tmpdir(), 'liveinsight-demo-'));
const missing: string[] = [];
const server = createServer(({ url = '/' }, response) => {
  const path = new URL(url, 'http://files').pathname;
  try {
    const body = readFileSync(join(folder, path));
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body);
  } catch {
    missing.push(path);
    response.writeHead(404).end();
  }
});
let browser: Browser;
let context: BrowserContext;
let url: string;
let complaints: string[];
let recorded: Record<string, { totals: { page_views: number } }>;

beforeAll(async () => {
  writeLiveDemo(join(folder, 'live-demo'));
  recorded = JSON.parse(readFileSync(join(folder, 'live-demo/recorded.json'), 'utf8'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/live-demo/index.html`;
  browser = await launchChromium();
  context = await browser.newContext({ locale: 'en-GB' });
  complaints = collectComplaints(context);
});
afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
});

/** What was answered for the overview's ranges, by where they begin. */
const overviews = () =>
  Object.entries(recorded).flatMap(([question, { totals }]) => {
    const query = new URLSearchParams(question.split('?')[1]);
    return question.startsWith('stats?') && query.has('compare')
      ? [{ from: query.get('from') ?? '', totals }]
      : [];
  });

it.each(['24h', 'today', '7d', '30d'])('shows the recorded numbers of the range %s', async (range) => {
  const days = overviews()
    .map(({ from }) => from)
    .filter((from) => from.includes('-'))
    .sort()
    .reverse();
  const from = { '24h': '23h', today: days[0], '7d': days[1], '30d': days[2] }[range];
  const views = overviews().find((one) => one.from === from)?.totals.page_views ?? 0;
  expect(views).toBeGreaterThan(0);
  const page = await context.newPage();
  await page.goto(`${url}?view=overview&range=${range}`);
  await page.locator('main').getByText(views.toLocaleString('en-GB'), { exact: true }).first().waitFor();
  await page.close();
});

it.each(['now', 'events', 'sessions', 'retention', 'journeys', 'revenue', 'goals', 'bots'])(
  'has an answer to each question of the view %s',
  async (view) => {
    const page = await context.newPage();
    await page.goto(`${url}?view=${view}`);
    await page.locator('main').filter({ hasText: /\d/ }).waitFor();
    await page.locator('.state.loading, [aria-busy=true]').first().waitFor({ state: 'detached' });
    expect(await page.locator('body').textContent()).not.toContain('not in the recording');
    await page.close();
  },
);

it('says what is not in the recording, and that nothing can be changed', async () => {
  const page = await context.newPage();
  await page.goto(`${url}?view=overview&country=AQ`);
  await page.getByText('This question is not in the recording of this demo.').first().waitFor();
  await page.close();
});

it('asks no server, and finds every file', () => {
  expect(missing).toEqual([]);
  expect(complaints).toEqual([]);
  expect(Object.keys(recorded).length).toBeGreaterThan(20);
});
