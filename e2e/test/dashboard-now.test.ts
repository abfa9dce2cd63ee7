/** What happens now, as it is pushed, polled, cut off and taken up again. */
import type { RealtimeData, StreamEvent } from '@liveinsight/schema';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, startDashboard } from '../dashboard/dashboard.js';

let dashboard: Dashboard;
let sent = 0;

/** Sends what happens in a session, as its tracker would. */
async function visit(session_id: string, ...events: object[]): Promise<string[]> {
  const stamped = events.map((event) => ({ event_id: `now-${sent++}`, timestamp: Date.now(), ...event }));
  await dashboard.collector.send({
    session: { session_id, referrer: 'https://www.google.com/' },
    events: stamped,
  });
  return stamped.map(({ event_id }) => event_id);
}
const view = (path: string, more: object = {}) => ({
  event_type: 'page_view',
  page_url: `https://shop.example${path}`,
  ...more,
});
const row = (page: Page, id = '') => page.locator(`#events li[data-event-id="${id}"]`);
const live = (page: Page) => page.locator('#status[data-state=live]').waitFor();
const countsOf = (page: Page, panel: string) =>
  page
    .getByRole('region', { name: panel, exact: true })
    .locator('li')
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((one) => [one.getAttribute('data-value'), one.querySelector('.count')?.textContent ?? '']),
      ),
    );
/** What the page says of the moment. */
const shownNow = async (page: Page) => ({
  active5: await page.locator('#active-5').textContent(),
  active30: await page.locator('#active-30').textContent(),
  pages: await countsOf(page, 'Active pages'),
  sources: await countsOf(page, 'Sources'),
  countries: await countsOf(page, 'Countries'),
  devices: await countsOf(page, 'Devices'),
  sessions: await page
    .locator('#sessions li')
    .evaluateAll((rows) => rows.map((one) => one.getAttribute('data-session-id'))),
  strip: (await page.locator('#strips title').last().textContent())?.replace(/^.*: /, ''),
});

/** The same of the API. */
async function apiNow(): ReturnType<typeof shownNow> {
  const now: RealtimeData = await dashboard.collector.ask('/realtime');
  const counts = (rows: RealtimeData['pages']) =>
    Object.fromEntries(rows.slice(0, 8).map(({ value, sessions }) => [value, String(sessions)]));
  const strip = now.events_per_5_minutes.at(-1);
  return {
    active5: String(now.active_sessions.last_5_minutes),
    active30: String(now.active_sessions.last_30_minutes),
    pages: counts(now.pages),
    sources: counts(now.sources),
    countries: counts(now.countries),
    devices: counts(now.devices),
    sessions: now.sessions.slice(0, 30).map(({ session_id }) => session_id),
    strip: `${strip?.events} events, ${strip?.page_views} page views`,
  };
}

describe.skipIf(!hasChromium)('now', () => {
  beforeAll(async () => {
    dashboard = await startDashboard({
      days: 1,
      quietHours: 2,
      perDay: 100,
      sites: [{ id: 'shop' }, { id: 'new-site' }],
    });
  });
  afterAll(() => dashboard?.close());

  it('shows the numbers that the API answers', async () => {
    const { page, complaints, close } = await dashboard.open('?view=now');
    await visit('numbers-1', view('/numbers'), { event_type: 'conversion', conversion_type: 'signup' });
    await visit('numbers-2', view('/numbers'));
    await expect.poll(async () => (await countsOf(page, 'Active pages'))['/numbers']).toBe('2');
    // At the same moment: a bucket may end between the two.
    await expect
      .poll(async () => {
        const [shown, answered] = [await shownNow(page), await apiNow()];
        return JSON.stringify(shown) === JSON.stringify(answered) ? 'the same' : { shown, answered };
      })
      .toBe('the same');
    expect(Object.keys((await shownNow(page)).sources)).not.toEqual([]);
    expect(await page.locator('#pulse title').count()).toBe(60);
    expect(await page.locator('#strips title').count()).toBe(20);
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows views and conversions as they happen, and moves the number of sessions', async () => {
    const { page, close } = await dashboard.open('?view=now');
    await live(page);
    const before = Number(await page.locator('#active-5').textContent());
    const [viewed, bought] = await visit('buyer', view('/thank-you', { page_title: 'Thanks' }), {
      event_type: 'conversion',
      conversion_type: 'purchase',
      value: 12.5,
      currency: 'EUR',
    });
    await row(page, viewed).waitFor();
    expect(await row(page, viewed).locator('.detail').textContent()).toBe('Thanks');
    const conversion = page.locator(`#conversions li[data-event-id="${bought}"]`);
    await conversion.waitFor();
    expect(await conversion.textContent()).toContain('purchase, €12.50');
    await expect.poll(async () => Number(await page.locator('#active-5').textContent())).toBe(before + 1);
    await close();
  });

  it('opens a session’s story, which grows while it is looked at', async () => {
    const { page, close } = await dashboard.open('?view=now');
    await live(page);
    await visit('story', view('/first'));
    await page.locator('#sessions li[data-session-id=story] a').click();
    const story = page.getByRole('list', { name: 'Timeline' }).locator('li');
    await story.first().waitFor();
    expect(await story.count()).toBe(1);
    await visit('story', view('/second'), {
      event_type: 'click',
      element_text: 'Buy',
      page_url: 'https://shop.example/second',
    });
    await story.nth(2).waitFor();
    expect(await story.locator('.page').allTextContents()).toEqual(['/first', '/second', '/second']);
    expect(new URL(page.url()).search).toBe('?view=now&session=story');
    await page.goBack();
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    await close();
  });

  it('misses nothing while the line is cut, and says that it is stale', async () => {
    const { page, close } = await dashboard.open('?view=now');
    await live(page);
    await page.context().setOffline(true);
    dashboard.collector.cutLines();
    await page.locator('#status[data-state=stale]').waitFor();
    expect(await page.locator('#status').textContent()).toMatch(
      /^Not updating since \d\d:\d\d:\d\d\. Cannot reach the collector$/,
    );
    const [missed] = await visit('missed', view('/while-away'));
    await page.context().setOffline(false);
    await row(page, missed).waitFor();
    await live(page);
    // The new line carries what comes from now on.
    const [after] = await visit('missed', view('/back-again'));
    await row(page, after).waitFor();
    expect(await row(page, missed).count()).toBe(1);
    await expect.poll(() => page.locator('#status').textContent()).toBe('Connected');
    await close();
  });

  it('asks where the platform can’t hold a line open', async () => {
    const { page, close } = await dashboard.open('?view=now', {
      before: (context) =>
        context.route('**/api/live*', (route) =>
          route.fulfill({ status: 501, json: { status: 'error', message: 'poll instead' } }),
        ),
    });
    await page.getByText('Connected (polling)').waitFor();
    const [polled] = await visit('polled', view('/polled'));
    await row(page, polled).waitFor();
    await close();
  });

  it('marks bots and keeps them out of the numbers', async () => {
    const { page, close } = await dashboard.open('?view=now');
    await live(page);
    const before = await page.locator('#active-30').textContent();
    await dashboard.collector.send({
      session: { session_id: 'a-bot' },
      context: { webdriver: true },
      events: [{ event_id: 'by-a-bot', ...view('/robots') }],
    });
    await row(page, 'by-a-bot').locator('.bot').waitFor();
    for (const width of [360, 768, 1280]) {
      await page.setViewportSize({ width, height: 860 });
      const [shown, needed] = await row(page, 'by-a-bot')
        .locator('.kind bdi')
        .evaluate(({ clientWidth, scrollWidth }) => [clientWidth, scrollWidth]);
      expect(shown).toBe(needed);
    }
    const [mark] = await visit('after-the-bot', view('/after'));
    await row(page, mark).waitFor();
    await expect.poll(() => page.locator('#active-30').textContent()).toBe(String(Number(before) + 1));
    await close();
  });

  it('leads from the sessions that are not listed to all of them', async () => {
    for (let count = 0; count < 31; count++) await visit(`one-of-many-${count}`, view('/many'));
    const { page, close } = await dashboard.open('?view=now');
    await page.getByRole('link', { name: /^\+\d+ more$/ }).click();
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
    await page.getByRole('cell', { name: '/many' }).first().waitFor();
    expect(new URL(page.url()).searchParams.get('range')).toBe('30m');
    await close();
  });

  it('moves nothing by layout while events arrive', async () => {
    const { page, close } = await dashboard.open('?view=now');
    await live(page);
    await visit('still-0', view('/still'));
    await page.locator('#sessions li[data-session-id=still-0]').waitFor();
    await page.evaluate(() => {
      const shifts: unknown[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) =>
        shifts.push(...list.getEntries().map((entry) => entry.toJSON())),
      ).observe({
        type: 'layout-shift',
      });
    });
    let last: string | undefined;
    for (let at = 1; at <= 60; at += 1) {
      [last] = await visit(`still-${at % 17}`, view(`/still/${at % 7}`, { page_title: 'x'.repeat(at * 3) }), {
        event_type: 'conversion',
        conversion_type: 'purchase',
        value: 10 ** (at % 6),
        currency: 'EUR',
      });
    }
    await row(page, last).waitFor();
    await expect.poll(async () => (await countsOf(page, 'Active pages'))['/still/4'] ?? '').not.toBe('');
    // An entry is reported after the frame that it describes.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
    expect(await page.evaluate(() => (window as unknown as { shifts: unknown[] }).shifts)).toEqual([]);
    await close();
  });

  it('helps a new site to its first event, and shows it when it comes', async () => {
    const { page, close } = await dashboard.open('?view=now&site=new-site');
    await page.getByText('Waiting for the first event from “new-site” …').waitFor();
    const tag = await page.locator('#tag').textContent();
    expect(tag).toBe(
      `<script async src="${dashboard.collector.url}/liveinsight.js" data-site="new-site"></script>`,
    );
    const shop = await page.context().newPage();
    const url = `${dashboard.collector.url}/a-page-of-the-site`;
    await shop.route(url, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<title>Hello</title>${tag}` }),
    );
    await shop.goto(url);
    await page.getByText('First event received: setup is complete.').waitFor();
    await page.locator('#events li').first().waitFor();
    const { events }: { events: StreamEvent[] } = await dashboard.collector.ask('/realtime?site=new-site');
    expect(events.map(({ event_id }) => event_id)).toContain(
      await page.locator('#events li').last().getAttribute('data-event-id'),
    );
    await close();
  });
});
