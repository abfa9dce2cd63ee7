/** Alerts: creating them, seeing them, being notified. */

import { ADMIN_KEY } from '@liveinsight/fixtures/seeded-collector';
import type { AlertsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchWholeChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, startDashboard } from '../dashboard/dashboard.js';
import { cellsOf } from '../dashboard/table.js';

/** The page asks again every few seconds. */
const SOON = { timeout: 30_000 };
/** How often every view asks which alerts fire. */
const ASK_EVERY_MS = 15_000;
let dashboard: Dashboard;
const alerts = async () => ((await dashboard.collector.ask('/alerts')) as AlertsData).alerts;

describe.skipIf(!hasChromium)('alerts', () => {
  beforeAll(async () => {
    // Without windows there are no notices to allow.
    dashboard = await startDashboard({ days: 0 }, launchWholeChromium);
  });
  afterAll(() => dashboard?.close());

  it('are made, seen to fire over every view, changed, seen to be over, and deleted', async () => {
    const { page, complaints, close } = await dashboard.open('?view=alerts', { key: ADMIN_KEY });
    await page.getByText('No alerts yet').waitFor();
    await page.getByRole('link', { name: 'New alert' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Nobody at <b>the till</b>');
    await page.getByLabel('Metric').selectOption('Page views');
    await page.getByRole('combobox', { name: 'Segment', exact: true }).selectOption('Page');
    await page.getByLabel('Value').fill('/checkout');
    await page.getByRole('combobox', { name: 'Condition', exact: true }).selectOption('is below');
    await page.getByLabel('Threshold').fill('1');
    await page.getByLabel('Webhook (https)').fill('https://127.0.0.1/hook');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('webhook must not lead into a private network').waitFor();
    await page.getByLabel('Webhook (https)').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(async () => (await cellsOf(page, 'Alerts'))[0]?.slice(0, 4), SOON)
      .toEqual([
        'Nobody at <b>the till</b>',
        'Not evaluated yet',
        '–',
        'Page views where Page = /checkout < 1 over 5 min',
      ]);
    expect(new URL(page.url()).search).toBe('?view=alerts');
    const [made] = await alerts();
    expect(made).toMatchObject({ metric: 'page_views', dimension: 'page', value: '/checkout', threshold: 1 });

    await dashboard.collector.rollUp();
    await expect
      .poll(async () => (await cellsOf(page, 'Alerts'))[0]?.slice(1, 3), SOON)
      .toEqual(['Firing', '0']);
    const reader = await dashboard.open('?view=retention');
    const banner = reader.page.locator('.alert-banner');
    await banner.getByText('Nobody at <b>the till</b>').waitFor();
    expect(await banner.textContent()).toContain('Page views where Page = /checkout < 1 over 5 min · now 0');
    await banner.getByRole('button', { name: 'Dismiss' }).click();
    await banner.waitFor({ state: 'detached' });
    await reader.close();

    await dashboard.collector.send({
      session: { session_id: 's' },
      events: [{ event_type: 'page_view', page_url: 'https://shop.example/checkout' }],
    });
    await dashboard.collector.rollUp();
    await expect.poll(async () => (await cellsOf(page, 'Alerts'))[0]?.slice(1, 3), SOON).toEqual(['OK', '1']);
    await page.getByRole('link', { name: 'Edit Nobody' }).click();
    await page.getByLabel('Threshold').fill('2.5');
    await page.getByLabel('Enabled').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await cellsOf(page, 'Alerts'))[0]?.[1], SOON).toBe('Off');
    expect((await alerts())[0]).toMatchObject({ threshold: 2.5, enabled: false, version: 2 });
    await page.getByRole('button', { name: 'Remove: Nobody' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('No alerts yet').waitFor();
    expect(await alerts()).toEqual([]);
    // The browser itself logs the error response that was expected above.
    expect(complaints.filter((text) => !text.includes('400 (Bad Request)'))).toEqual([]);
    await close();
  });

  it('are seen with a read key and changed with an admin key alone, which alone sees where they are sent', async () => {
    await dashboard.collector.ask('/alerts', {
      method: 'POST',
      body: JSON.stringify({
        name: 'Error events',
        metric: 'events',
        dimension: 'event_name',
        value: 'error',
        comparison: 'above',
        threshold: 3,
        window_minutes: 60,
        webhook: 'https://hooks.example/secret-path',
        enabled: true,
      }),
    });
    const [made] = await alerts();
    const search = `?view=alerts&edit=${made?.id}`;
    const reader = await dashboard.open(search);
    await reader.page.getByLabel('Threshold').fill('5');
    await reader.page.getByRole('button', { name: 'Save' }).click();
    await reader.page.getByText('This requires an admin key.').waitFor();
    expect(await reader.page.content()).not.toContain('secret-path');
    expect(await reader.page.getByLabel('Signing secret').count()).toBe(0);
    await reader.close();
    const admin = await dashboard.open(search, { key: ADMIN_KEY });
    expect(await admin.page.getByLabel('Webhook (https)').inputValue()).toBe(
      'https://hooks.example/secret-path',
    );
    expect(await admin.page.getByLabel('Signing secret').inputValue()).toBe(made?.signing_secret);
    await admin.close();
    await dashboard.collector.ask(`/alerts/${made?.id}`, { method: 'DELETE' });
  });

  it('watch a value that is chosen by its label', async () => {
    const { page, close } = await dashboard.open('?view=alerts&edit=new', { key: ADMIN_KEY });
    await page.getByRole('textbox', { name: 'Name' }).fill('Search is down');
    await page.getByLabel('Metric').selectOption('New sessions');
    await page.getByRole('combobox', { name: 'Segment', exact: true }).selectOption('Channel');
    await page.getByLabel('Value').fill('Organic search');
    await page.getByLabel('Threshold').fill('1');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await alerts())[0], SOON).toMatchObject({ value: 'organic_search' });
    const [made] = await alerts();
    await page.getByRole('link', { name: 'Edit Search' }).click();
    expect(await page.getByLabel('Value').inputValue()).toBe('Organic search');
    await dashboard.collector.ask(`/alerts/${made?.id}`, { method: 'DELETE' });
    await close();
  });

  it('leave the page visible however many fire', async () => {
    const rule = { metric: 'clicks', comparison: 'below', threshold: 1, window_minutes: 5, enabled: true };
    for (const name of ['1st', '2nd', '3rd', '4th', '5th'])
      await dashboard.collector.ask('/alerts', { method: 'POST', body: JSON.stringify({ ...rule, name }) });
    await dashboard.collector.rollUp();
    const { page, close } = await dashboard.open('?view=retention');
    const banners = page.locator('.alert-banner');
    await page.getByRole('button', { name: 'and 2 more' }).click();
    expect(await banners.count()).toBe(5);
    await page.getByRole('button', { name: 'Show less' }).click();
    expect(await banners.count()).toBe(3);
    for (const left of [3, 3, 2]) {
      await banners.first().getByRole('button', { name: 'Dismiss' }).click();
      await expect.poll(() => banners.count()).toBe(left);
    }
    await close();
    const korean = await dashboard.open('?view=retention', { locale: 'ko-KR' });
    await korean.page.getByRole('button', { name: '외 2개' }).waitFor();
    await korean.close();
    for (const { id } of await alerts()) await dashboard.collector.ask(`/alerts/${id}`, { method: 'DELETE' });
  });

  it('are shown once as notifications to users who enabled them', async () => {
    const { page, close } = await dashboard.open('?view=alerts', {
      permissions: ['notifications'],
      before: async (context) => {
        await context.clock.install();
        await context.addInitScript(keepNotices);
      },
    });
    const told = () => page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
    await page.getByLabel('Notify me in this browser').check();
    await dashboard.collector.ask('/alerts', {
      method: 'POST',
      body: JSON.stringify({
        name: 'Quiet',
        metric: 'clicks',
        comparison: 'below',
        threshold: 1,
        window_minutes: 5,
        enabled: true,
      }),
    });
    await dashboard.collector.rollUp();
    await page.clock.fastForward(ASK_EVERY_MS);
    await page.locator('.alert-banner').getByText('Quiet').waitFor();
    expect(await told()).toEqual(['Alert: Quiet: Clicks < 1 over 5 min']);
    await page.getByRole('link', { name: 'Live', exact: true }).click();
    await dashboard.collector.rollUp();
    await Promise.all([
      page.waitForResponse((reply) => reply.url().includes('/api/alerts')),
      page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))),
    ]);
    expect(await told()).toHaveLength(1);
    await page.reload();
    await page.getByRole('link', { name: 'Alerts', exact: true }).first().click();
    expect(await page.getByLabel('Notify me in this browser').isChecked()).toBe(true);
    await close();
  });
});

/** Runs in the page: records the notifications that the page shows. */
function keepNotices(): void {
  const told: string[] = [];
  Object.assign(globalThis, { told });
  globalThis.Notification = class extends Notification {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      told.push(`${title}: ${options?.body}`);
    }
  };
}
