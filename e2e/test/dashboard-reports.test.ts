/** Questions that people ask every day, answered by clicks alone, and the answers compared with what was sent. */
import { definePlan } from '@liveinsight/schema';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, type Opened, startDashboard } from '../dashboard/dashboard.js';
import {
  CRAWLERS,
  crawlerLines,
  type ReportVisit,
  reportVisits,
  toLine,
} from '../dashboard/report-history.js';
import { cellsOf, percent } from '../dashboard/table.js';
import { expectAccessible, expectAccessibleBy } from '../way/accessibility.js';

const SOON = { timeout: 30_000 };
const ADMIN_KEY = 'a key to change with';
const visits = reportVisits(Date.now());
const count = (wanted: (visit: ReportVisit) => unknown) => visits.filter(wanted).length;
const euros = (value: number) =>
  new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency: 'EUR',
    ...(value >= 1_000 ? { maximumFractionDigits: 0 } : {}),
  }).format(value);
const revenue = (wanted: (visit: ReportVisit) => unknown) =>
  visits.filter(wanted).reduce((sum, { order }) => sum + (order?.value ?? 0), 0);

const text = { '~standard': { version: 1, vendor: 'test', validate: checkText } } as const;
function checkText(value: unknown) {
  return typeof value === 'string' ? { value } : { issues: [{ message: 'must be a text' }] };
}
const plan = definePlan({
  events: { signup: { description: 'An account was made.', props: { plan: text } } },
});

let dashboard: Dashboard;
let opened: Opened;
let page: Page;

/** From the opened dashboard to a view, by the menu. */
const go = async (view: string) => {
  await page.goto(`${dashboard.collector.url}/dashboard/`);
  await page.getByRole('link', { name: view, exact: true }).click();
  await page.getByRole('heading', { name: view, level: 1, exact: true }).waitFor();
};
/** The page as it stands; it is then as wide as before. */
const expectFitsPhone = async (where: string) => {
  const wide = page.viewportSize();
  await expectAccessibleBy(page, 'day', where);
  if (wide) await page.setViewportSize(wide);
};
const figure = (name: string) =>
  page
    .locator('.report-figures > div', { has: page.getByRole('button', { name, exact: true }) })
    .locator('b');
/** Without the links behind a row's name. */
const table = async (name: string) =>
  (await cellsOf(page, name)).map((cells) => cells.map((cell) => cell.replace(/[↗≡]/g, '')));

describe.skipIf(!hasChromium)('the reports', () => {
  beforeAll(async () => {
    dashboard = await startDashboard({ days: 0, plan });
  });
  beforeAll(async () => {
    await dashboard.collector.load([...visits.map(toLine), ...crawlerLines(Date.now())]);
  });
  beforeAll(async () => {
    opened = await dashboard.open('', { key: ADMIN_KEY });
    page = opened.page;
  });
  afterAll(async () => {
    await opened?.close();
    await dashboard?.close();
  });

  it('say which plans people sign up for, and filter by one', async () => {
    await go('Events');
    await page.getByRole('link', { name: 'signup', exact: true }).click();
    await expect.poll(() => figure('Events').textContent(), SOON).toBe(String(count(({ plan }) => plan)));
    const plans = page.getByRole('list', { name: 'plan' }).getByRole('listitem');
    const of = (plan: string) => count((visit) => visit.plan === plan);
    await expect
      .poll(() => plans.allInnerTexts(), SOON)
      .toEqual(
        ['pro', 'free'].map(
          (plan) => `${plan}\n${of(plan)}\n${percent(of(plan) / count(({ plan }) => plan))}`,
        ),
      );
    const columns = page.getByRole('list', { name: 'Your events over time' }).locator('li > .hidden-text');
    const stacked = async (event: string) =>
      (await columns.allTextContents()).reduce(
        (sum, text) => sum + Number(new RegExp(`· ${event} (\\d+)`).exec(text)?.[1] ?? 0),
        0,
      );
    await expect.poll(() => stacked('signup'), SOON).toBe(count(({ plan }) => plan));
    expect(await stacked('exposure')).toBe(visits.length);
    // One alone, and all again.
    const legend = page.getByRole('list', { name: 'Events in the chart' }).getByRole('button');
    await legend.getByText('signup', { exact: true }).click();
    expect([await stacked('signup'), await stacked('exposure')]).toEqual([count(({ plan }) => plan), 0]);
    await expectAccessible(page, 'events');
    await legend.getByText('signup', { exact: true }).click();
    expect(await stacked('exposure')).toBe(visits.length);
    await plans.getByRole('button', { name: 'pro' }).click();
    await expect.poll(() => figure('Events').textContent(), SOON).toBe(String(of('pro')));
  });

  it('make a goal of a seen event, and say which landing pages convert', async () => {
    await go('Goals');
    await page.getByRole('link', { name: 'Make a goal of signup' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    const rate = (entry: string) => {
      const landed = visits.filter((visit) => visit.entry === entry);
      return landed.filter(({ plan }) => plan).length / landed.length;
    };
    await expect
      .poll(async () => (await table('Landing page')).map(([name, shown]) => [name, shown]), SOON)
      .toEqual(['/pricing', '/blog/a', '/'].map((entry) => [entry, percent(rate(entry))]));
    await expectAccessible(page, 'goals');

    const long = 'Signs up for a plan of their own, whichever, by themselves';
    await page.getByRole('link', { name: 'Edit: signup' }).click();
    await page.getByLabel('Name', { exact: true }).fill(long);
    await page.getByRole('button', { name: 'Add property' }).click();
    await page.getByLabel('Property 1', { exact: true }).fill('plan');
    await page.getByLabel('Value 1', { exact: true }).fill('pro');
    await page.getByRole('button', { name: 'Save' }).click();
    const pro = count(({ plan }) => plan === 'pro');
    await page.getByText(`${pro} conversions, ${visits.length} sessions`).waitFor();
    await expectFitsPhone('a goal with a long name');
    await page.getByRole('button', { name: `Delete goal: ${long}` }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText(`${pro} conversions, ${visits.length} sessions`).waitFor();
    await page.getByRole('button', { name: `Delete goal: ${long}` }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('heading', { name: 'No goals yet' }).waitFor();
  });

  it('say which pages are slow', async () => {
    await go('Web vitals');
    await expect
      .poll(async () => (await table('Page')).map(([name, p75]) => [name, p75]), SOON)
      .toEqual([
        ['/pricing', '4.50 s'],
        ['/blog/a', '1.20 s'],
        ['/', '2.60 s'],
      ]);
    const share = (...entries: string[]) => {
      const loads = count(({ entry }) => entries.includes(entry));
      return `${percent(loads / visits.length)}${loads}`;
    };
    expect(
      await page.getByRole('list', { name: 'Distribution of LCP' }).locator('li').allTextContents(),
    ).toEqual([
      `Good up to 2.50 s${share('/blog/a')}`,
      `Needs improvement 2.50 s to 4.00 s${share('/')}`,
      `Poor above 4.00 s${share('/pricing')}`,
    ]);
    await page.getByText('75% of page loads are at 4.50 s or better (p75): Poor').waitFor();
    await expectAccessible(page, 'web vitals');
  });

  it('say which errors there are, since which release, and show their sessions', async () => {
    await go('Errors');
    const failed = count(({ hasError }) => hasError);
    await expect.poll(() => figure('Occurrences').textContent(), SOON).toBe(String(failed));
    const [[message, events, sessions, , , release] = []] = await table('Errors');
    expect(message).toContain('x is undefined');
    expect([events, sessions, release]).toEqual([String(failed), String(failed), '2.0']);
    expect(await page.getByRole('textbox', { name: 'Stack trace' }).inputValue()).toContain('at main');
    await expectAccessible(page, 'errors');
    await page.getByRole('link', { name: 'Sessions with this error' }).click();
    await expect.poll(() => page.locator('a[data-session-id]').count(), SOON).toBe(failed);
  });

  it('say what brings in money, and what it is owed to', async () => {
    await go('Revenue');
    await expect.poll(() => figure('Revenue').textContent(), SOON).toBe(euros(revenue(() => true)));
    await page.getByRole('tab', { name: 'Campaign' }).click();
    const spring = revenue(({ campaign }) => campaign);
    await expect
      .poll(async () => (await table('Revenue: Campaign')).map(([name, money]) => [name, money]), SOON)
      .toContainEqual(['spring', euros(spring)]);
    await page.getByLabel('Property').selectOption('product');
    await expect
      .poll(async () => (await table('Revenue: product')).map(([name, money]) => [name, money]), SOON)
      .toEqual(
        ['hat', 'socks'].map((product) => [
          product,
          euros(revenue(({ order }) => order?.product === product)),
        ]),
      );
    // None of the tabs is chosen, and one is in reach of the keyboard all the same.
    expect(await page.getByRole('tablist', { name: 'Orders by' }).locator('[tabindex="0"]').count()).toBe(1);
    await expectAccessible(page, 'revenue');
    await page.getByRole('tab', { name: 'Attribution' }).click();
    await expect
      .poll(async () => (await table('Attribution: Source')).map(([name, last]) => [name, last]), SOON)
      .toContainEqual(['newsletter', String(count(({ campaign, order }) => campaign && order))]);
  });

  it('say which links are followed and what is searched for, whatever that is', async () => {
    await go('Links & searches');
    const followed = String(count(({ followsLink }) => followsLink));
    await expect
      .poll(() => table('Outbound links'), SOON)
      .toEqual([['https://bank.example/pay', followed, followed, expect.any(String)]]);
    await page.getByRole('tab', { name: 'Site searches' }).click();
    const searched = String(count(({ searches }) => searches));
    await expect
      .poll(() => table('Site searches'), SOON)
      .toEqual([['<b>socks</b>', searched, searched, expect.any(String)]]);
    await page.getByRole('tab', { name: 'Downloads' }).click();
    await page.getByText('No files were downloaded in this period').waitFor();
    await expectAccessible(page, 'links and searches');
  });

  it('say whether a variant converts better, in plain words', async () => {
    await go('Experiments');
    await page.getByLabel('Property with the variant').selectOption('variant');
    await page.getByLabel('Goal').selectOption({ label: 'signup' });
    await page.getByText('“blue” converts better than “control”').waitFor();
    const of = (variant: string) => {
      const seen = visits.filter((visit) => visit.variant === variant);
      const converted = seen.filter(({ plan }) => plan).length;
      return [String(seen.length), String(converted), percent(converted / seen.length)];
    };
    const rows = await page.locator('.variants tbody tr').allInnerTexts();
    expect(
      rows.map((row) =>
        row
          .split('\t')
          .slice(1, 4)
          .map((cell) => cell.trim()),
      ),
    ).toEqual([of('control'), of('blue')]);
    await expectAccessible(page, 'experiments');
    await page.getByLabel('Control').selectOption('blue');
    await page.getByText('“blue” converts better than all others').waitFor();
    await page.getByLabel('Intended split').fill('control: 90, blue: 10');
    await page.getByLabel('Intended split').press('Enter');
    await page.getByText('The visitors are not split as intended').waitFor();
  });

  it('say how AI assistants and AI crawlers do', async () => {
    await go('AI & bots');
    const sent = String(count(({ referrer }) => referrer.includes('chatgpt')));
    await expect.poll(() => figure('Sessions').textContent(), SOON).toBe(sent);
    expect((await table('Assistant')).map(([name, sessions]) => [name, sessions])).toEqual([
      ['ChatGPT', sent],
    ]);
    const read = (category: string | undefined) =>
      CRAWLERS.filter((crawler) => category === undefined || crawler.category === category).map(
        ({ operator, views }) => [operator, String(views)],
      );
    const operators = async (name: string) =>
      (await table(`${name}: Bot operator`)).map(([operator, views]) => [operator, views]);
    await expect.poll(() => operators('AI crawlers'), SOON).toEqual(read('ai_crawler'));
    await expectAccessible(page, 'AI and bots');
    await page.getByRole('tab', { name: 'All bots' }).click();
    await expect.poll(() => operators('AI crawlers'), SOON).toEqual(read(undefined));
  });

  it('remove a rule of exclusion after asking once more, in the page', async () => {
    const value = '/internal/*';
    await dashboard.collector.ask('/exclusions?site=shop', {
      method: 'POST',
      body: JSON.stringify({ by: 'path', value }),
    });
    await page.goto(`${dashboard.collector.url}/dashboard/?view=exclusions`);
    const remove = page.getByRole('button', { name: `Remove the rule for “${value}”` });
    await remove.click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await remove.click();
    const asking = page.getByRole('group', { name: `Remove the rule for “${value}”` });
    await asking.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('No rules yet').waitFor();
  });

  it('compare two segments, which can be renamed and deleted', async () => {
    const keep = (name: string, filters: object) =>
      dashboard.collector.ask('/segments?site=shop', {
        method: 'POST',
        body: JSON.stringify({ name, filters }),
      });
    await keep('Phones', { device: ['mobile'] });
    await keep('Spring', { utm_campaign: ['spring'] });
    await go('Segments');
    const names = async () =>
      (await page.getByRole('list', { name: 'Saved segments' }).locator('bdi').allTextContents()).sort();
    await expect.poll(names, SOON).toEqual(['Phones', 'Spring']);
    const choices = page.getByRole('region', { name: 'Compare segments' }).getByRole('combobox');
    await choices.first().selectOption({ label: 'Phones' });
    await choices.last().selectOption({ label: 'Spring' });
    const [phones, spring] = [count(({ device }) => device === 'mobile'), count(({ campaign }) => campaign)];
    await expect
      .poll(async () => (await table('Compare segments')).find(([name]) => name === 'Sessions'), SOON)
      .toEqual(['Sessions', String(phones), String(spring), expect.stringContaining('%')]);
    await choices.last().selectOption({ label: 'All sessions' });
    await expect
      .poll(async () => (await table('Compare segments')).find(([name]) => name === 'Sessions')?.[2], SOON)
      .toBe(String(visits.length));
    await expectAccessible(page, 'segments');
    // On a phone the last column is reached by scrolling, beside the names of the rows.
    const wide = page.viewportSize();
    await page.setViewportSize({ width: 360, height: 740 });
    const last = page.getByRole('columnheader', { name: 'Difference' });
    await last.scrollIntoViewIfNeeded();
    const [edge, name] = [
      await last.boundingBox(),
      await page.getByRole('rowheader', { name: 'Sessions', exact: true }).boundingBox(),
    ];
    expect((edge?.x ?? 360) + (edge?.width ?? 0)).toBeLessThanOrEqual(360);
    expect(name?.x).toBeGreaterThanOrEqual(0);
    if (wide) await page.setViewportSize(wide);
    await page.getByRole('button', { name: 'Rename: Spring' }).click();
    const long = 'Spring campaign: readers of the newsletter and their friends';
    await page.getByLabel('Name of the segment').fill(long);
    await page.keyboard.press('Enter');
    await expect.poll(names, SOON).toEqual(['Phones', long]);
    await expectFitsPhone('a segment with a long name');
    await page.getByRole('button', { name: 'Delete segment: Phones' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Delete segment: Phones' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(names, SOON).toEqual([long]);
  });

  it('say what one user did', async () => {
    await go('Users');
    await page.getByRole('searchbox', { name: 'User ID' }).fill('customer-7');
    await page.keyboard.press('Enter');
    const sessions = count(({ user }) => user);
    await expect.poll(() => figure('Sessions').textContent(), SOON).toBe(String(sessions));
    await expect.poll(() => page.locator('a[data-session-id]').count(), SOON).toBe(sessions);
    await page.locator('a[data-session-id]').first().click();
    await page.getByText('exposure').first().waitFor();
    await expectAccessible(page, 'users');
  });

  it('say what planned events mean, and what differs from the plan', async () => {
    const events = [{ event_type: 'custom', name: 'signup', props: { plan: 7 } }];
    await dashboard.collector.send({ events });
    await go('Events');
    const row = (name: string) =>
      page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
    await row('signup').getByText('An account was made.').waitFor();
    await row('search').getByText('Not in the tracking plan').waitFor();
    await page.getByText('Differences from the tracking plan: 1').click();
    await page.getByText('value is not as planned (must be a text)').waitFor();
    await expectAccessible(page, 'events with a plan');
    expect(opened.complaints).toEqual([]);
  });
});
