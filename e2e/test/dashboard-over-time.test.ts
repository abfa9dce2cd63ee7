/** What happened over time, as people look at it: ranges, filters, tables, and what leads deeper. */
import { readFile } from 'node:fs/promises';
import type { StatsData } from '@liveinsight/schema';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, startDashboard } from '../dashboard/dashboard.js';

/** As the page writes numbers; what is not known has none. */
const plain = (value: number | null) =>
  value === null ? '–' : new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(value);
let dashboard: Dashboard;

const stats = (query: string): Promise<StatsData> => dashboard.collector.ask(`/stats?${query}`);
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const total = (page: Page, metric: string) => page.locator(`.total[data-metric=${metric}] .total-value`);
const rowsOf = async (page: Page, table: string) => {
  const rows = page.getByRole('table', { name: table, exact: true }).locator('tbody tr');
  return (await rows.all()).length === 0
    ? []
    : rows.evaluateAll((all) =>
        all.map((row) => [
          row.querySelector('th bdi')?.textContent ?? row.querySelector('th')?.textContent ?? '',
          row.querySelector('td')?.textContent ?? '',
        ]),
      );
};
/** As soon as the totals are those of the API's answer: then all of the page is. */
async function expectTotals(page: Page, data: StatsData): Promise<void> {
  await expect.poll(() => total(page, 'page_views').textContent()).toBe(plain(data.totals.page_views));
  expect(await total(page, 'visitors').textContent()).toBe(plain(data.totals.visitors));
  expect(await total(page, 'sessions').textContent()).toBe(plain(data.totals.sessions));
  expect(await total(page, 'events').textContent()).toBe(plain(data.totals.events));
  expect(await total(page, 'conversions').textContent()).toBe(plain(data.totals.conversions));
}

describe.skipIf(!hasChromium)('over time', () => {
  beforeAll(async () => {
    dashboard = await startDashboard({ days: 16, perDay: 40 });
  });
  afterAll(() => dashboard?.close());

  it.each([
    ['range=7d', 'from=6d'],
    ['range=yesterday&timezone=Asia/Seoul', undefined],
    ['range=24h', undefined],
    ['range=7d&source=google', 'from=6d&source=google'],
    ['range=7d&source=!google&device=mobile', 'from=6d&source=!google&device=mobile'],
  ])('shows for %s what the API answers', async (search, asked) => {
    const { page, complaints, close } = await dashboard.open(`?view=overview&${search}`);
    const reply = await page.waitForResponse((response) => response.url().includes('/api/stats'));
    const { data }: { data: StatsData } = await reply.json();
    await expectTotals(page, data);
    if (asked) expect(data.totals).toEqual((await stats(asked)).totals);
    const expected = data.breakdowns.page?.slice(0, 10) ?? [];
    expect(expected.length).toBeGreaterThan(3);
    expect(await rowsOf(page, 'Page')).toEqual(
      expected.map((row) => [row.value, plain(row.page_views ?? 0)]),
    );
    expect(complaints).toEqual([]);
    await close();
  });

  it('compares with the period before, and marks what is still under way', async () => {
    const { page, close } = await dashboard.open('?view=overview&range=7d&compare=previous');
    const data = await stats('from=6d&compare=previous');
    await expectTotals(page, data);
    const change = (data.totals.page_views ?? 0) / (data.previous?.totals.page_views ?? 1) - 1;
    const shown = await page.locator('.total[data-metric=page_views] .change').textContent();
    const percent = `${(Math.abs(change) * 100).toFixed(1).replace(/\.0$/, '')}%`;
    // Less than half a percent is no change: the visits of two periods may be as near.
    const said = Math.abs(change) < 0.005 ? 'no change' : `${change > 0 ? '↑' : '↓'} ${percent}`;
    expect(shown).toContain(said);
    expect(shown).toContain(`vs. ${plain(data.previous?.totals.page_views ?? 0)}`);
    expect(await page.locator('.main-chart path.before').getAttribute('d')).toMatch(/^M.*L/);
    expect(await page.locator('.main-chart circle.end.growing').count()).toBe(1);

    const chart = page.getByRole('slider', { name: 'Visitors' });
    await chart.focus();
    await chart.press('End');
    await expect.poll(() => page.locator('.chart-tip').textContent()).toContain('so far');
    await chart.press('Home');
    expect(await chart.getAttribute('aria-valuetext')).toContain(plain(data.series[0]?.visitors ?? -1));
    await close();
  });

  it('makes a filter of a row by a click; chip, back, forward, reload and a shared URL agree', async () => {
    const { page, close } = await dashboard.open('?view=overview&range=7d');
    const [all, filtered] = await Promise.all([stats('from=6d'), stats('from=6d&source=google')]);
    await expectTotals(page, all);
    await panel(page, 'Sources').getByRole('button', { name: 'Google', exact: true }).click();
    await expectTotals(page, filtered);
    const shared = page.url();
    expect(new URL(shared).search).toBe('?source=google');

    await page.goBack();
    await expectTotals(page, all);
    expect(await page.locator('.chip').count()).toBe(0);
    await page.goForward();
    await expectTotals(page, filtered);
    await page.reload();
    await expectTotals(page, filtered);
    const other = await dashboard.open(new URL(shared).search);
    await expectTotals(other.page, filtered);
    await other.close();

    await page.getByRole('button', { name: 'Remove filter: Source is Google' }).click();
    await expectTotals(page, all);
    expect(new URL(page.url()).search).toBe('');
    await close();
  });

  it('keeps metric, tab, interval and zone in the URL', async () => {
    const { page, close } = await dashboard.open('?view=overview&range=7d');
    await total(page, 'bounce_rate').click();
    await panel(page, 'Devices').getByRole('tab', { name: 'Browser' }).click();
    await page.getByLabel('Interval').selectOption('hour');
    await page.getByRole('button', { name: 'Last 7 days' }).click();
    await page.getByLabel('Time zone').selectOption('Asia/Seoul');
    await expect
      .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
      .toEqual({
        metric: 'bounce_rate',
        devices: 'browser',
        interval: 'hour',
        timezone: 'Asia/Seoul',
      });
    await page.reload();
    await panel(page, 'Bounce rate').waitFor();
    const data = await stats('from=6d&interval=hour&timezone=Asia/Seoul&breakdown=browser');
    await expectTotals(page, data);
    expect(await rowsOf(page, 'Browser')).toEqual(
      data.breakdowns.browser?.map((row) => [row.value, plain(row.sessions ?? 0)]),
    );
    expect(await page.getByRole('slider', { name: 'Bounce rate' }).getAttribute('aria-valuemax')).toBe(
      String(data.series.length - 1),
    );
    await close();
  });

  it('takes a range of one’s own', async () => {
    const { page, close } = await dashboard.open('?view=overview');
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    await page.getByRole('button', { name: 'Last 7 days' }).click();
    await page.getByLabel('From').fill(day(9));
    await page.getByLabel('To', { exact: true }).fill(day(3));
    await page.getByRole('button', { name: 'Apply' }).click();
    await expectTotals(page, await stats(`from=${day(9)}&to=${day(3)}`));
    expect(new URL(page.url()).searchParams.get('range')).toBe(`${day(9)}..${day(3)}`);
    await close();
  });

  it('shows the largest rows, sorts and searches all of them, and keeps them as CSV', async () => {
    const { page, close } = await dashboard.open('?view=overview&range=7d');
    const pages = (await stats('from=6d')).breakdowns.page ?? [];
    expect(pages.length).toBeGreaterThan(10);
    const table = panel(page, 'Pages');
    await table.getByRole('link', { name: `Show all ${pages.length}` }).waitFor();
    expect(await rowsOf(page, 'Page')).toHaveLength(10);

    const sorted = (order: string) => stats(`from=6d&breakdown=page&limit=10&${order}`);
    const expected = async (order: string) =>
      (await sorted(order)).breakdowns.page?.map((row) => [row.value, plain(row.page_views ?? 0)]);
    await table.getByRole('button', { name: 'Sessions', exact: true }).click();
    await expect.poll(() => rowsOf(page, 'Page')).toEqual(await expected('sort=sessions'));
    await table.getByRole('button', { name: 'Page', exact: true }).click();
    await table.getByRole('button', { name: 'Page', exact: true }).click();
    await expect.poll(() => rowsOf(page, 'Page')).toEqual(await expected('sort=value&order=asc'));

    await page.keyboard.press('/');
    await page.keyboard.type('GIFT');
    await expect.poll(async () => (await rowsOf(page, 'Page')).length).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await rowsOf(page, 'Page')).length).toBe(10);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      table.getByRole('button', { name: 'Download Page as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Page.csv');
    const lines = (await readFile(await download.path(), 'utf8')).split('\r\n').slice(0, -1);
    expect(lines[0]).toBe('\uFEFFPage,Page views,Sessions,Avg. engagement time,Exit rate');
    const cart = pages.find(({ value }) => value === '/cart');
    expect(lines).toContain(
      `/cart,${cart?.page_views},${cart?.sessions},${cart?.average_engaged_ms},${cart?.exit_rate}`,
    );
    expect(lines).toHaveLength(pages.length + 1);
    await close();
  });

  it('leads into a page, a source and an hour, and from there into a session', async () => {
    const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const yesterday = `from=${date}&to=${date}`;
    const { page, complaints, close } = await dashboard.open('?view=overview&range=yesterday');
    await page.getByRole('link', { name: 'Open report: /products', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Page /products' }).waitFor();
    const asked = await dashboard.collector.ask(`/pages?page=/products&${yesterday}`);
    const views = page.locator('.figure-row dd').first();
    await expect.poll(() => views.textContent()).toBe(plain(asked.totals.page_views));
    expect(await rowsOf(page, 'Next pages')).toEqual(
      asked.next_pages
        .slice(0, 10)
        .map((row: { page: string; page_views: number }) => [row.page, plain(row.page_views)]),
    );

    await page.getByRole('link', { name: 'Overview' }).first().click();
    await page.getByRole('link', { name: 'Open report: Google' }).click();
    await page.getByRole('heading', { level: 1, name: 'Source Google' }).waitFor();
    const google = await stats(`${yesterday}&source=google&breakdown=entry_page`);
    await expect
      .poll(() => rowsOf(page, 'Landing page'))
      .toEqual(
        google.breakdowns.entry_page?.slice(0, 10).map((row) => [row.value, plain(row.sessions ?? 0)]),
      );

    await page.getByRole('link', { name: 'Overview' }).first().click();
    const chart = page.getByRole('slider', { name: 'Visitors' });
    const { series } = await stats(yesterday);
    const busiest = series.reduce(
      (most, point, at) => ((point.events ?? 0) > (series[most]?.events ?? 0) ? at : most),
      0,
    );
    await chart.focus();
    await chart.press('Home');
    for (let at = 0; at < busiest; at += 1) await chart.press('ArrowRight');
    await chart.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Hour / }).waitFor();
    const [from, to] = new URL(page.url()).searchParams.get('range')?.split('..') ?? [];
    const hour = await stats(`from=${from}&to=${to}&breakdown=page`);
    await expect
      .poll(() => page.locator('.figure-row dd').nth(1).textContent())
      .toBe(plain(hour.totals.sessions));
    await page.locator('.event-list li a').first().click();
    await page
      .getByRole('complementary')
      .getByRole('list', { name: 'Timeline' })
      .locator('li')
      .first()
      .waitFor();
    expect(new URL(page.url()).searchParams.get('session')).toMatch(/^s-/);
    await page.keyboard.press('Escape');
    expect(new URL(page.url()).searchParams.get('session')).toBeNull();
    await page.getByRole('link', { name: 'Previous hour' }).click();
    expect(new URL(page.url()).searchParams.get('range')?.split('..')[1]).toBe(from);
    expect(complaints).toEqual([]);
    await close();
  });

  it('notes a release for all, with an admin key alone', async () => {
    const { page, close } = await dashboard.open('?view=overview&range=24h');
    const write = async (text: string) => {
      await page.getByRole('button', { name: '+ Add annotation' }).click();
      await page.getByLabel('Text').fill(text);
      await page.getByRole('button', { name: 'Save' }).click();
    };
    await write('Release 2.1');
    await page.getByText('This requires an admin key.').waitFor();
    expect(await page.locator('.main-chart .note').count()).toBe(0);
    await close();

    const admin = await dashboard.open('?view=overview&range=24h', { key: 'a key to change with' });
    await admin.page.getByRole('button', { name: '+ Add annotation' }).click();
    await admin.page.getByLabel('Text').fill('Release 2.1 <b>');
    await admin.page.getByRole('button', { name: 'Save' }).click();
    await admin.page.locator('.main-chart .note').waitFor();
    const { annotations } = await dashboard.collector.ask('/annotations');
    expect(annotations.map(({ text }: { text: string }) => text)).toEqual(['Release 2.1 <b>']);
    await admin.page.getByRole('button', { name: 'Remove annotation: Release 2.1 <b>' }).click();
    await admin.page.getByRole('button', { name: 'Remove', exact: true }).click();
    await admin.page.locator('.main-chart .note').waitFor({ state: 'detached' });

    const at = new Date(Math.floor(Date.now() / 300_000) * 300_000 - 2 * 86_400_000);
    await dashboard.collector.ask('/annotations?site=shop', {
      method: 'POST',
      body: JSON.stringify({ at: at.toISOString(), text: 'Release 2.2' }),
    });
    await admin.page.goto(`${dashboard.collector.url}/dashboard/?view=overview&range=7d`);
    await admin.page.getByRole('link', { name: 'Before and after: Release 2.2' }).click();
    await expect.poll(() => new URL(admin.page.url()).searchParams.get('range')).toContain(at.toISOString());
    const range = new URL(admin.page.url()).searchParams;
    const [from, to] = (range.get('range') ?? '').split('..').map(Date.parse);
    const [before, until] = (range.get('compare') ?? '').split('..').map(Date.parse);
    expect([from, until]).toEqual([at.getTime(), at.getTime()]);
    expect((to ?? 0) - (from ?? 0)).toBe((until ?? 0) - (before ?? 0));
    const data = await stats(
      new URLSearchParams({
        from: String(from),
        to: String(to),
        ...{ compare: 'custom', compare_from: String(before), compare_to: String(until) },
      }).toString(),
    );
    await expectTotals(admin.page, data);
    expect(await admin.page.locator('.total[data-metric=sessions] .change').getAttribute('title')).toContain(
      plain(data.previous?.totals.sessions ?? 0),
    );
    await admin.close();
  });
});
