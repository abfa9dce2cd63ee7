/** The ways that visitors take: funnels, retention, journeys, clicks. */
import { readFile } from 'node:fs/promises';
import { ADMIN_KEY } from '@liveinsight/fixtures/seeded-collector';
import type { ClickMapData, FunnelData, FunnelsData, JourneysData, RetentionData } from '@liveinsight/schema';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, startDashboard } from '../dashboard/dashboard.js';
import { cellsOf, percent, plain } from '../dashboard/table.js';

/** A busy machine takes its time. */
const SOON = { timeout: 30_000 };

let dashboard: Dashboard;
const ask = <Data>(path: string): Promise<Data> => dashboard.collector.ask(path);

const STEPS = ['page:/', 'page:/products', 'page:/products/*', 'event:purchase'];
const query = (steps: string[]) => steps.map((step) => `steps=${encodeURIComponent(step)}`).join('&');
const inUrl = (steps: string[]) => `steps=${encodeURIComponent(steps.join(','))}`;

async function expectFunnel(page: Page, { steps }: FunnelData): Promise<void> {
  // Each row says what is lost after its step: of the last, nothing can be.
  const shown = steps.map(({ step, sessions, from_first, from_previous }, at) => [
    `${at + 1}. ${step.startsWith('page:') ? 'Visited' : 'Triggered'} ${step.slice(step.indexOf(':') + 1)}`,
    plain(sessions),
    percent(from_first),
    percent(from_previous),
    plain(steps[at + 1]?.dropped ?? null),
  ]);
  await expect
    .poll(async () => (await cellsOf(page, 'Funnels')).map((cells) => cells.slice(0, 5)), SOON)
    .toEqual(shown);
  expect(await page.locator('.funnel .step-count').allTextContents()).toEqual(
    steps.map(({ sessions }) => plain(sessions)),
  );
}

describe.skipIf(!hasChromium)('ways', () => {
  beforeAll(async () => {
    dashboard = await startDashboard({ days: 16, perDay: 30 });
  });
  afterAll(() => dashboard?.close());

  it('a funnel of the URL says what the API answers, with times for its steps and filters', async () => {
    const { page, complaints, close } = await dashboard.open(
      `?view=funnels&range=30d&${inUrl(STEPS)}&step_within=2%3A30s&device=desktop`,
    );
    const data = await ask<FunnelData>(`/funnel?from=29d&${query(STEPS)}&step_within=2:30s&device=desktop`);
    const free = await ask<FunnelData>(`/funnel?from=29d&${query(STEPS)}`);
    expect(data.steps[1]?.sessions).toBeGreaterThan(0);
    expect(data.steps[1]?.sessions).toBeLessThan(free.steps[1]?.sessions ?? 0);
    await expectFunnel(page, data);
    expect(complaints).toEqual([]);
    await close();
  });

  it('a funnel is built field by field; back, reload and a shared URL agree', async () => {
    const { page, close } = await dashboard.open('?view=funnels&range=30d');
    await page.getByLabel('Page or event of step 1').fill('/');
    await page.getByLabel('Page or event of step 2').fill('/products');
    await page.keyboard.press('Tab');
    const two = await ask<FunnelData>(`/funnel?from=29d&${query(STEPS.slice(0, 2))}`);
    await expectFunnel(page, two);
    await page.getByRole('button', { name: 'Add step' }).click();
    await page.getByLabel('Type of step 3').selectOption('Triggered event');
    await page.getByLabel('Page or event of step 3').fill('purchase');
    await page.keyboard.press('Tab');
    const three = ['page:/', 'page:/products', 'event:purchase'];
    const whole = await ask<FunnelData>(`/funnel?from=29d&${query(three)}`);
    await expectFunnel(page, whole);
    await page.getByLabel('Max. time before step 3').selectOption('1 min');
    await expectFunnel(page, await ask<FunnelData>(`/funnel?from=29d&${query(three)}&step_within=3:1m`));
    await page.reload();
    expect(await page.getByLabel('Max. time before step 3').inputValue()).toBe('1m');
    await page.goBack();
    await expectFunnel(page, whole);
    await page.goBack();
    await expectFunnel(page, two);
    expect(await page.getByLabel(/^Page or event of step/).count()).toBe(2);
    await page.goForward();
    await expectFunnel(page, whole);
    const shared = await dashboard.open(new URL(page.url()).search);
    await expectFunnel(shared.page, whole);
    await shared.close();
    await close();
  });

  it('a funnel is saved for all with an admin key alone, and opened and deleted by its name', async () => {
    const search = `?view=funnels&range=30d&${inUrl(STEPS)}&step_within=2%3A10m`;
    const reader = await dashboard.open(search);
    await reader.page.getByLabel('Name').fill('Mine');
    await reader.page.getByRole('button', { name: 'Save' }).click();
    await reader.page.getByText('This requires an admin key.').waitFor();
    await reader.close();

    const { page, close } = await dashboard.open(search, { key: ADMIN_KEY });
    await page.getByLabel('Name').fill('To the <b>till</b>');
    await page.getByRole('button', { name: 'Save' }).click();
    const saved = page.getByRole('list', { name: 'Saved funnels' }).getByRole('link');
    await saved.waitFor();
    expect(await saved.textContent()).toBe('To the <b>till</b>');
    const { funnels } = await ask<FunnelsData>('/funnels');
    expect(funnels[0]?.steps).toEqual([
      { page: '/' },
      { page: '/products', within_s: 600 },
      { page: '/products/*' },
      { event: 'purchase' },
    ]);

    await page.goto(`${dashboard.collector.url}/dashboard/?view=funnels&range=30d`);
    await saved.click();
    await expectFunnel(page, await ask<FunnelData>(`/funnel?from=29d&${query(STEPS)}&step_within=2:10m`));
    expect(new URL(page.url()).searchParams.get('funnel')).toBe(funnels[0]?.id);
    await page.getByRole('button', { name: 'Remove: To the <b>till</b>' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await saved.waitFor({ state: 'detached' });
    expect((await ask<FunnelsData>('/funnels')).funnels).toEqual([]);
    await close();
  });

  it('retention has each week’s visitors and how many came back, as the API answers', async () => {
    const { page, complaints, close } = await dashboard.open('?view=retention&weeks=4');
    const { cohorts } = await ask<RetentionData>('/retention?from=21d');
    const begun = cohorts.slice(cohorts.findIndex(({ visitors }) => visitors !== 0));
    expect(begun.length).toBeGreaterThan(1);
    const expected = begun.map(({ visitors, returned }) => [
      plain(visitors),
      ...returned.map((count) => `${percent(visitors ? count / visitors : 0)} ${plain(count)}`),
    ]);
    await page.getByRole('table', { name: 'Retention' }).waitFor();
    const rows = (await cellsOf(page, 'Retention')).map((cells) => cells.slice(1).filter(Boolean));
    expect(rows.slice(0, -1)).toEqual(expected);
    expect(rows.at(-1)?.[0]).toBe(plain(begun.reduce((sum, { visitors }) => sum + (visitors ?? 0), 0)));
    await page.getByRole('button', { name: '12 weeks' }).click();
    expect(new URL(page.url()).searchParams.get('weeks')).toBe('12');
    await page.goBack();
    expect(new URL(page.url()).searchParams.get('weeks')).toBe('4');
    expect(complaints).toEqual([]);
    await close();
  });

  it('journeys are a picture around a page and a table of all, by the numbers of the API', async () => {
    const { page, complaints, close } = await dashboard.open('?view=journeys&range=30d&path=%2Fproducts');
    const data = await ask<JourneysData>('/journeys?from=29d&limit=1000');
    const streams = (list: string) =>
      page
        .getByRole('list', { name: list, exact: true })
        .locator('li')
        .evaluateAll((rows) =>
          rows.map((row) => [
            row.className,
            row.querySelector('bdi')?.textContent,
            row.getAttribute('data-views'),
          ]),
        );
    const around = (path: string) => {
      const into = data.flows.filter(({ to_page }) => to_page === path);
      const from = data.flows.filter(({ from_page }) => from_page === path);
      const { entries = 0, exits = 0 } = data.pages.find((one) => one.page === path) ?? {};
      return {
        before: [
          ['edge', 'Entry', String(entries)],
          ...into.map((flow) => ['page', flow.from_page, String(flow.page_views)]),
        ],
        after: [
          ['edge', 'Exit', String(exits)],
          ...from.map((flow) => ['page', flow.to_page, String(flow.page_views)]),
        ],
      };
    };
    const shown = around('/products');
    await expect
      .poll(async () => (await streams('Previous page')).slice(0, 6), SOON)
      .toEqual(shown.before.slice(0, 6));
    expect((await streams('Next page')).slice(0, 6)).toEqual(shown.after.slice(0, 6));
    expect(await page.locator('.ribbons path').count()).toBe(
      (await streams('Previous page')).length + (await streams('Next page')).length,
    );
    expect((await cellsOf(page, 'Journeys')).map((cells) => cells.slice(0, 3))).toEqual(
      data.flows.slice(0, 15).map((flow) => [flow.from_page, flow.to_page, plain(flow.page_views)]),
    );

    // In words, and by what is pointed at: the rest is dimmed.
    await expect
      .poll(() => page.locator('.flow-summary').textContent())
      .toMatch(/^Top previous page: .+ \(.+%\) · Top next page: .+ \(.+%\)$/);
    const ways = await page.locator('.ribbons path').count();
    await page.getByRole('list', { name: 'Next page' }).getByRole('link').first().hover();
    await expect.poll(() => page.locator('.ribbons path.dimmed').count()).toBe(ways - 1);

    await page.getByRole('list', { name: 'Next page' }).getByRole('link').first().click();
    const next = shown.after[1]?.[1] ?? '';
    await page.mouse.move(0, 0);
    await page.getByRole('heading', { name: `Paths through ${next}` }).waitFor();
    await expect.poll(() => page.locator('.flow .dimmed').count()).toBe(0);
    expect((await streams('Previous page')).slice(0, 2)).toEqual(around(next).before.slice(0, 2));
    await page.goBack();
    await page.getByRole('heading', { name: 'Paths through /products' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('the click map ranks the elements of a page as the API does, and leads to who clicked', async () => {
    const { page, complaints, close } = await dashboard.open('?view=click-map&range=30d');
    const data = await ask<ClickMapData>('/click-map?from=29d&page=/products');
    await page.getByLabel('Page', { exact: true }).fill('/products');
    await page.keyboard.press('Enter');
    const expected = data.targets.map(({ target, clicks, share }) => [target, plain(clicks), percent(share)]);
    expect(expected.length).toBeGreaterThan(3);
    await expect
      .poll(async () => (await cellsOf(page, 'Clicks')).map((cells) => cells.slice(0, 3)), SOON)
      .toEqual(expected);
    expect(await page.locator('.click-totals dd').allTextContents()).toEqual([
      plain(data.page_views),
      plain(data.clicks),
      plain(data.clicks / data.page_views),
    ]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download Clicks as CSV' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
    expect(lines).toHaveLength(expected.length + 2);
    expect(lines[1]).toContain(String(data.targets[0]?.clicks));

    await page.getByRole('rowheader').getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
    expect(new URL(page.url()).searchParams.get('click_target')).toBe(data.targets[0]?.target);
    await page.locator('a[data-session-id]').first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
