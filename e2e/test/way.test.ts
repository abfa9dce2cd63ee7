/** The whole way: a real browser, `liveinsight dev` as a user starts it, DynamoDB's API, and the live page. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '@liveinsight/collector';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../scripts/launch-chromium.mjs';
import { collectComplaints } from '../way/console-errors.js';
import { type DevProcess, startDevProcess } from '../way/dev-process.js';
import { openLivePage } from '../way/live-page.js';
import { watchSentEvents } from '../way/sent-events.js';

const folder = mkdtempSync(join(tmpdir(), 'liveinsight-way-'));
const data = join(folder, 'data');
let server: DevProcess;
let browser: Browser;
let context: BrowserContext;
let complaints: string[];

describe.skipIf(!hasChromium)('a visitor’s events', () => {
  beforeAll(async () => {
    server = await startDevProcess(data);
    browser = await launchChromium();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    complaints = collectComplaints(context);
  });
  afterEach(() => context.close());
  afterAll(async () => {
    await browser?.close();
    await server?.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('are stored with their session, on the live page a moment after, and there after a restart', async () => {
    const live = await openLivePage(context, server.dashboardUrl);
    const shop = await context.newPage();
    const sent = watchSentEvents(shop);

    await buySomething(shop);
    const purchase = await sent.find(({ event_type }) => event_type === 'conversion');
    const { session_id } = purchase;
    const delays: number[] = [];
    for (const { event_id } of sent.all()) delays.push(await live.shown(event_id));
    console.log(
      `${delays.length} events shown ${Math.min(...delays)} to ${Math.max(...delays)} ms after arrival`,
    );
    await live.page.locator(`#sessions li[data-session-id="${session_id}"]`).waitFor();
    const bought = live.page.locator(`#conversions li[data-event-id="${purchase.event_id}"]`);
    expect(await bought.textContent()).toMatch(/purchase, €60\.90/);

    const views = ['/', '/products', '/products/morning-cup', '/cart', '/checkout', '/thank-you'];
    // What a page sends while it is left is still on its way when the next one is there.
    await expect.poll(() => viewedPages(session_id), { timeout: 15_000 }).toEqual(views);
    const stored = await storedEvents(session_id);
    expect(stored.flatMap((event) => (event.event_type === 'page_view' ? [event.view] : []))).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    expect(stored).toContainEqual(
      expect.objectContaining({ event_type: 'click', element_id: 'add-to-cart' }),
    );
    expect(stored).toContainEqual(expect.objectContaining({ event_type: 'custom', name: 'add_to_cart' }));
    expect(stored.filter(({ event_type }) => event_type === 'conversion')).toEqual([
      expect.objectContaining({ conversion_type: 'purchase', value: 60.9, currency: 'EUR', nth: 1 }),
    ]);
    await shop.close();
    expect(complaints).toEqual([]);

    expect(await server.stop('SIGTERM')).toBe(0);
    await live.page.locator('#status[data-state=stale]').waitFor();
    server = await startDevProcess(data, Number(new URL(server.url).port));
    await live.page.locator('#status[data-state=live]').waitFor();
    expect(ids(await storedEvents(session_id))).toEqual(expect.arrayContaining(ids(stored)));
    const again = await openLivePage(context, server.dashboardUrl);
    await again.shown(purchase.event_id);
  });

  it('are shown as text, whatever they say', async () => {
    const title = '<img src=x onerror="document.title=\'run\'"> &amp; <script>alert(1)</script>';
    const live = await openLivePage(context, server.dashboardUrl);
    const reply = await fetch(`${server.url}/api/events`, {
      method: 'POST',
      body: JSON.stringify({ event_type: 'page_view', page_url: 'https://a.example/<b>', page_title: title }),
    });
    const { data } = await reply.json();
    await live.shown(data.event_id);
    expect(await live.page.locator(`li[data-event-id="${data.event_id}"] .detail`).textContent()).toBe(title);
    expect(await live.page.locator('#live img, #live script').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('come in numbers while visitors are simulated, and no more when they are not', async () => {
    const live = await openLivePage(context, server.dashboardUrl);
    const shop = await context.newPage();
    const sent = watchSentEvents(shop);
    await shop.goto(server.url);
    const { session_id: own } = await sent.find(({ event_type }) => event_type === 'page_view');
    const control = shop.getByLabel('Simulate visitors');
    await control.check();
    await live.page.locator('#events li').nth(20).waitFor();
    await live.page.locator('#sessions li').nth(3).waitFor();
    expect(await shop.locator('#simulate-status').textContent()).toMatch(/^\d+ here, \d+ events stored$/);

    // It goes on over the pages of the tab.
    await shop.getByRole('link', { name: 'Shop', exact: true }).click();
    await shop.locator('#simulate-status:not(:empty)').waitFor();
    expect(await control.isChecked()).toBe(true);

    await control.uncheck();
    const posts: string[] = [];
    shop.on('request', (request) => request.method() === 'POST' && posts.push(request.postData() ?? ''));
    await shop.getByRole('link', { name: 'About', exact: true }).click();
    await shop.getByRole('heading', { level: 1 }).waitFor();
    const strangers = posts.filter((body) => JSON.parse(body).session?.session_id !== own);
    expect(strangers).toEqual([]);
    expect(await shop.locator('#simulate-status').textContent()).toBe('');
    expect(complaints).toEqual([]);
  });
});

/** As a customer would: from the home page to the thank-you page. */
async function buySomething(shop: Page): Promise<void> {
  await shop.goto(server.url);
  await shop.getByRole('link', { name: 'See what is on the shelf' }).click();
  await shop.getByRole('link', { name: /^Morning cup/ }).click();
  await shop.getByLabel('Quantity').selectOption('2');
  await shop.getByRole('button', { name: 'Add to cart' }).click();
  await shop.getByRole('link', { name: /^Cart/ }).click();
  await shop.getByRole('link', { name: 'To the checkout' }).click();
  for (const field of ['Name', 'Street and number', 'Postcode', 'City']) {
    await shop.getByLabel(field, { exact: true }).fill('Example');
  }
  await shop.getByLabel('E-mail', { exact: true }).fill('customer@example.com');
  await shop.getByRole('button', { name: 'Place the order' }).click();
  await shop.getByText(/^Order .+ is with us\.$/).waitFor();
}

/** In the order in which they happened. */
async function storedEvents(sessionId: string): Promise<StoredEvent[]> {
  const response = await fetch(`${server.url}/api/export?site=default&from=1h`, {
    headers: { authorization: `Bearer ${server.key}` },
  });
  const lines = (await response.text()).split('\n').filter(Boolean);
  const batches = lines.map((line): { session: { session_id: string }; events: StoredEvent[] } =>
    JSON.parse(line),
  );
  return batches
    .filter(({ session }) => session.session_id === sessionId)
    .flatMap(({ events }) => events)
    .sort((a, b) => a.timestamp - b.timestamp);
}

async function viewedPages(sessionId: string): Promise<string[]> {
  const events = await storedEvents(sessionId);
  return events.flatMap((event) => (event.event_type === 'page_view' ? [pageOf(event)] : []));
}

const ids = (events: StoredEvent[]) => events.map(({ event_id }) => event_id);
const pageOf = ({ page_url = '' }: StoredEvent) => new URL(page_url).pathname;
