/** What is around every view: the key, the keyboard, languages, colours, other hosts, and that it is for all to use. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { files } from '@liveinsight/dashboard/files';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, goWithin, type Opened, startDashboard } from '../dashboard/dashboard.js';
import { expectAccessibleBy } from '../way/accessibility.js';

const KEY = 'a key to read all with';
let dashboard: Dashboard;

/** Views as they are with numbers in them, and states that stand where numbers would. */
const VIEWS = [
  '?view=now',
  '?view=now&session=a-visitor',
  '?view=overview&compare=previous&source=google',
  '?view=page&path=/products',
  '?view=source&name=google',
  '?view=hour',
  '?view=no-such-view',
  '?view=now&site=empty',
  '?view=overview&site=empty',
  '?view=overview&site=not-mine',
];

async function settled(page: Page): Promise<void> {
  await page.locator('main h1, main .state').first().waitFor();
  await page.locator('.state.loading, [aria-busy=true]').first().waitFor({ state: 'detached' });
}

describe.skipIf(!hasChromium)('the dashboard', () => {
  beforeAll(async () => {
    dashboard = await startDashboard({ days: 9, perDay: 6, sites: [{ id: 'shop' }, { id: 'empty' }] });
    await dashboard.collector.send({
      session: { session_id: 'a-visitor' },
      events: [
        { event_type: 'page_view', page_url: 'https://shop.example/products', page_title: 'The shelf' },
      ],
    });
  });
  afterAll(() => dashboard?.close());

  it('asks for the key, says when it is wrong, keeps it as long as the tab and never in a URL', async () => {
    const { page, close } = await dashboard.open('?view=overview', { key: undefined });
    const urls: string[] = [];
    page.on('request', (request) => urls.push(request.url()));
    await page.getByLabel('Read key').fill('a wrong key');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Invalid key').waitFor();
    await page.getByLabel('Read key').fill(KEY);
    await page.keyboard.press('Enter');
    await page.locator('.total').first().waitFor();
    await page.reload();
    await page.locator('.total').first().waitFor();
    await page.getByRole('link', { name: 'Live', exact: true }).click();
    await page.locator('#status[data-state=live]').waitFor();
    expect(urls.length).toBeGreaterThan(5);
    expect([...urls, page.url()].filter((url) => /key/i.test(decodeURIComponent(url)))).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }) + document.cookie)).not.toContain(
      KEY,
    );

    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Read key').waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await close();
  });

  it('takes the key from the address it is opened by, also later, and leaves it in no address', async () => {
    const { page, close } = await dashboard.open(`?view=overview#key=${encodeURIComponent(KEY)}`, {
      key: undefined,
    });
    const open = `${dashboard.collector.url}/dashboard/?view=overview`;
    const urls: string[] = [];
    page.on('request', (request) => urls.push(request.url()));
    await page.locator('.total').first().waitFor();
    expect(page.url()).toBe(open);
    await page.reload();
    await page.locator('.total').first().waitFor();

    // In a tab that shows it already, a new fragment loads nothing.
    await page.goto(`${open}#key=another%20key`);
    await page.getByText('Invalid key').waitFor();
    expect(page.url()).toBe(open);
    await page.goto(`${open}#key=${encodeURIComponent(KEY)}`);
    await page.locator('.total').first().waitFor();
    expect(page.url()).toBe(open);
    expect(urls.filter((url) => /key/i.test(decodeURIComponent(url)))).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify(localStorage) + document.cookie)).not.toContain(KEY);
    await close();
  });

  it('says what a key does not open, and what the collector does not have', async () => {
    const { page, close } = await dashboard.open('?view=overview&site=not-mine');
    await page.getByRole('alert').getByText('No access to this site').waitFor();
    await page.getByLabel('Site').selectOption('shop');
    await page.locator('.total').first().waitFor();
    await close();
  });

  it('goes on by itself when the collector is there again', async () => {
    const { page, close } = await dashboard.open('?view=now', {
      before: (context) => context.route('**/api/sites*', (route) => route.abort(), { times: 2 }),
    });
    await page.getByText('Cannot reach the collector').waitFor();
    await page.locator('#status[data-state=live]').waitFor();
    await close();
  });

  it('is led by the keyboard', async () => {
    const { page, close } = await dashboard.open('?view=now');
    await page.locator('#status[data-state=live]').waitFor();
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await list.getByText('Go to: Overview').waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    await page.keyboard.press('1');
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.keyboard.press('c');
    await expect.poll(() => new URL(page.url()).search).toBe('?compare=previous');
    await page.keyboard.press('t');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    const rows = page.getByRole('region', { name: 'Pages', exact: true }).locator('tbody th button');
    await rows.first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await rows.nth(1).evaluate((row) => row === document.activeElement)).toBe(true);
    await close();
  });

  it('speaks Korean where the reader does, and what is chosen stays', async () => {
    const { page, close } = await dashboard.open('?view=overview', { locale: 'ko-KR' });
    await page.getByRole('heading', { level: 1, name: '개요' }).waitFor();
    await page.getByRole('region', { name: '위치', exact: true }).getByText('대한민국').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    await page.getByRole('button', { name: '설정' }).click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await close();
  });

  it('loads the words of the language shown alone, and of another one when it is chosen', async () => {
    const asked: string[] = [];
    const { page, close } = await dashboard.open('?view=overview', {
      before: async (context) => {
        context.on('request', (request) => asked.push(new URL(request.url()).pathname));
      },
    });
    const korean = () => asked.filter((path) => /first-view-ko/.test(path)).length;
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    expect(asked.filter((path) => /first-view-en/.test(path))).toHaveLength(1);
    expect(korean()).toBe(0);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.route('**/first-view-ko*', (route) => route.abort());
    await page.getByRole('button', { name: '한국어' }).click();
    await page.getByRole('alert').getByRole('button', { name: 'Reload' }).waitFor();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    // A browser keeps the failure of a script for as long as the page is open.
    await page.unroute('**/first-view-ko*');
    await page.getByRole('alert').getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: '한국어' }).click();
    await page.getByRole('heading', { level: 1, name: '개요' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    // The settings stay open, and in reach of the keyboard.
    await page.getByRole('dialog', { name: '설정' }).waitFor();
    await close();
  });

  it('requests the first numbers while the program that shows them is still loaded, and once', async () => {
    const stats: string[] = [];
    const { page, close } = await dashboard.open('?view=overview&range=30d&source=google', {
      before: async (context) => {
        const asked = context.waitForEvent('request', (request) => request.url().includes('/api/stats?'));
        context.on('request', (request) => request.url().includes('&compare=') && stats.push(request.url()));
        await context.route(/first-view-en-/, async (route) => {
          await asked;
          await route.continue();
        });
      },
    });
    await page.locator('.total').first().waitFor();
    expect(stats).toHaveLength(1);
    await close();
  });

  it('says that a part could not be loaded, and loads the page again', async () => {
    const { page, close } = await dashboard.open('?view=overview', {
      before: (context) => context.route(/\/assets\/events-/, (route) => route.abort()),
    });
    await page.getByRole('link', { name: 'Events', exact: true }).click();
    await page.getByRole('alert').getByText('This part of the dashboard could not be loaded').waitFor();
    await page.context().unroute(/\/assets\/events-/);
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    await close();

    const korean = await dashboard.open('?view=overview', {
      locale: 'ko-KR',
      before: (context) => context.route(/first-view-ko-/, (route) => route.abort()),
    });
    await korean.page.getByRole('alert').getByText('대시보드를 불러오지 못했습니다').waitFor();
    await korean.page.context().unroute(/first-view-ko-/);
    await korean.page.getByRole('button', { name: '새로 고침' }).click();
    await korean.page.getByRole('heading', { level: 1, name: '개요' }).waitFor();
    await korean.close();
  });

  it('shows the main views by turns on a wall, until a key is pressed', async () => {
    await dashboard.collector.ask('/goals?site=shop', {
      method: 'POST',
      body: JSON.stringify({ name: 'Cart', page: '/cart' }),
    });
    const { page, close } = await dashboard.open('?view=overview', {
      before: (context) => context.clock.install(),
    });
    await page.locator('.total').first().waitFor();
    const menu = page.getByRole('navigation', { name: 'Main menu' });
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Wall mode' }).click();
    await menu.waitFor({ state: 'hidden' });
    // What a table is operated by is of no use there.
    const csv = page.getByRole('button', { name: 'Download Page as CSV' });
    await csv.waitFor({ state: 'hidden' });
    await page.clock.fastForward(30_000);
    await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor();
    await page.clock.fastForward(30_000);
    await page.getByRole('heading', { level: 1, name: 'Goals' }).waitFor();
    const edit = page.getByRole('link', { name: 'Edit: Cart' });
    await edit.waitFor({ state: 'hidden' });
    expect(await page.getByText('Cart', { exact: true }).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await menu.waitFor();
    await edit.waitFor();
    await page.clock.fastForward(60_000);
    await page.getByRole('heading', { level: 1, name: 'Goals' }).waitFor();
    await close();
  });

  it('works from another host, whose config.json names the API', async () => {
    const host = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://host').pathname.slice(1) || 'index.html';
      const file = files[path];
      if (!file) return response.writeHead(404).end();
      const policy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self' ${dashboard.collector.url}`;
      response.writeHead(200, { 'Content-Type': file.contentType, 'Content-Security-Policy': policy });
      response.end(
        path === 'config.json' ? JSON.stringify({ api: `${dashboard.collector.url}/api/` }) : file.body,
      );
    });
    host.listen(0, '127.0.0.1');
    await once(host, 'listening');
    const { page, complaints, close } = await dashboard.open('?view=now');
    await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/?view=now`);
    await page.locator('#status[data-state=live]').waitFor();
    await expect.poll(() => page.locator('#status').textContent()).toBe('Connected');
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.locator('.total').first().waitFor();
    expect(complaints).toEqual([]);
    await close();
    host.close();
    host.closeAllConnections();
  });

  describe('on a narrow phone by day and on a wall by night', () => {
    let readers: { time: 'day' | 'night'; opened: Opened }[] = [];
    beforeAll(async () => {
      readers = await Promise.all([
        dashboard.open('', { locale: 'en-GB' }).then((opened) => ({ time: 'day' as const, opened })),
        dashboard.open('', { locale: 'ko-KR' }).then((opened) => ({ time: 'night' as const, opened })),
      ]);
    });
    afterAll(() => Promise.all(readers.map(({ opened }) => opened.close())));

    it.each(VIEWS)('is accessible and fits: "%s"', async (search) => {
      const looking = readers.map(async ({ time, opened: { page } }) => {
        await goWithin(page, search);
        await settled(page);
        await expectAccessibleBy(page, time, search);
      });
      await Promise.all(looking);
      expect(looking).toHaveLength(2);
    });
  });
});
