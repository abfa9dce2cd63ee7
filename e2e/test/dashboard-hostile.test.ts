/** All data of visitors is text on the dashboard: it never runs, and breaks no layout. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, startDashboard } from '../dashboard/dashboard.js';

const RUN = 'window.ran=1';
const TEXTS = [
  `<img src=x onerror="${RUN}">`,
  `<script>${RUN}</script>`,
  `"><svg onload=${RUN}>`,
  `javascript:${RUN}`,
  `{{constructor.constructor('${RUN}')()}}`,
  '\u202Eevil\u202C مرحبا بالعالم \u2066\u2067',
  'W'.repeat(290),
  'a\u0301'.repeat(140),
  `=cmd|'/c calc'!A1`,
];
const PATHS = [
  `/<img src=x onerror=${RUN}>`,
  `/#javascript:${RUN}`,
  '/\u202Egpj.exe',
  `/${'very-long/'.repeat(40)}`,
];

let dashboard: Dashboard;

/** A visit in which every text is one of those. */
function hostileVisit(text: string, at: number) {
  const page_url = `https://shop.example${PATHS[at % PATHS.length]}`;
  const page = { page_url, page_title: text };
  const event = (name: string, more: object) => ({ event_id: `${name}-${at}`, ...page, ...more });
  const short = text.slice(0, 100);
  return {
    session: {
      session_id: `hostile-${at}`,
      entry_page: PATHS[at % PATHS.length],
      referrer: at % 2 ? `https://evil.example/${encodeURIComponent(short)}` : `javascript:${RUN}`,
      utm: { source: short, medium: short, campaign: short, term: short, content: short },
    },
    user_id: short,
    context: { language: short.slice(0, 30), screen: short.slice(0, 30), timezone: short.slice(0, 30) },
    events: [
      event('view', { event_type: 'page_view', view: 1, first_on_page: true }),
      event('click', {
        event_type: 'click',
        element_tag: short.slice(0, 40),
        element_text: short,
        href: `javascript:${RUN}`,
      }),
      event('own', {
        event_type: 'custom',
        name: short,
        props: { [short.slice(0, 30)]: text, nested: { [short.slice(0, 30)]: text } },
      }),
      event('bought', { event_type: 'conversion', conversion_type: short, value: 1e9, currency: 'XBT' }),
    ],
  };
}

async function expectHarmless(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => ({
    ran: 'ran' in window,
    made: document.querySelectorAll('#app img, #app script, #app iframe, #app [onerror], #app [onload]')
      .length,
    links: [...document.querySelectorAll('a')]
      .map((link) => link.getAttribute('href') ?? '')
      .filter((href) => !href.startsWith('?')),
    overflow: Math.max(0, document.documentElement.scrollWidth - innerWidth),
  }));
  expect(found, where).toEqual({ ran: false, made: 0, links: [], overflow: 0 });
}

describe.skipIf(!hasChromium)('hostile events', () => {
  beforeAll(async () => {
    dashboard = await startDashboard({ days: 0 });
    for (const [at, text] of TEXTS.entries()) await dashboard.collector.send(hostileVisit(text, at));
  });
  afterAll(() => dashboard?.close());

  it.each([360, 1280])('are shown as text as they arrive, at %i px', async (width) => {
    const { page, complaints, close } = await dashboard.open('?view=now', {
      viewport: { width, height: 800 },
    });
    const rows = page.locator('#events li');
    await page.locator('#events li[data-event-id=view-0]').waitFor();
    expect(await page.locator('#events li[data-event-id=view-0] .detail').textContent()).toBe(TEXTS[0]);
    expect(await page.locator('#events li[data-event-id=view-0] .page').textContent()).toBe(PATHS[0]);
    const heights = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
    expect(new Set(heights.map(Math.round)).size).toBe(1);
    await expectHarmless(page, 'now');

    for (const at of TEXTS.keys()) {
      await page.goto(`${dashboard.collector.url}/dashboard/?view=now&session=hostile-${at}`);
      const story = page.getByRole('list', { name: 'Timeline' }).locator('li');
      await story.nth(3).waitFor();
      expect(await story.first().locator('.detail').textContent()).toBe(TEXTS[at]);
      await expectHarmless(page, `session ${at}`);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('are shown as text in every view and breakdown, as filters and in links', {
    timeout: 120_000,
  }, async () => {
    const { page, complaints, close } = await dashboard.open('?view=overview&range=today', {
      viewport: { width: 360, height: 800 },
    });
    await page.locator('.total').first().waitFor();
    const tabs = [
      'behaviour=event_name&sources=source&devices=screen&pages=page',
      'behaviour=click_target&sources=referrer&places=language&pages=entry_page',
      'behaviour=conversion_type&sources=utm_campaign&pages=exit_page',
    ];
    for (const chosen of tabs) {
      await page.goto(`${dashboard.collector.url}/dashboard/?view=overview&range=today&${chosen}`);
      await page.getByRole('region', { name: 'Sources', exact: true }).locator('tbody tr').nth(3).waitFor();
      await expectHarmless(page, chosen);
    }
    await page
      .getByRole('button', { name: TEXTS[0]?.slice(0, 100) ?? '', exact: true })
      .first()
      .click();
    await page.locator('.chip').waitFor();
    expect(await page.locator('.chip bdi').last().textContent()).toBe(TEXTS[0]);
    await expectHarmless(page, 'filter');
    await page
      .getByRole('link', { name: /^Open report: / })
      .first()
      .click();
    await page.locator('.figure-row').waitFor();
    await expectHarmless(page, 'page');

    const views = await page
      .locator('nav.views a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(views.length).toBeGreaterThanOrEqual(2);
    for (const href of views) {
      await page.goto(`${dashboard.collector.url}/dashboard/${href}`);
      await page.locator('main h1').waitFor();
      await page.locator('.state.loading, [aria-busy=true]').first().waitFor({ state: 'detached' });
      await expectHarmless(page, href);
    }
    // Text in a URL that others made is text as well.
    for (const text of TEXTS) {
      const hostile = encodeURIComponent(text.slice(0, 100));
      await page.goto(
        `${dashboard.collector.url}/dashboard/?view=page&path=${hostile}&source=${hostile}&metric=${hostile}`,
      );
      await page.locator('main h1').waitFor();
      await expectHarmless(page, text);
    }
    expect(complaints.filter((line) => !line.includes('status of 400'))).toEqual([]);
    await close();
  });
});
