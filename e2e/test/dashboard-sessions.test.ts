/** Sessions one by one: the list, the story of one, a user's. */
import { readFile } from 'node:fs/promises';
import type { SessionsData, SessionTimeline, UserSessionsData } from '@liveinsight/schema';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, startDashboard } from '../dashboard/dashboard.js';
import { cellsOf, plain } from '../dashboard/table.js';

/** The page asks again every few seconds. */
const SOON = { timeout: 30_000 };
const COUNTS = [7, 8, 9];

let dashboard: Dashboard;
const sessions = (query: string): Promise<SessionsData> =>
  dashboard.collector.ask(`/sessions?limit=50&${query}`);
const view = (path: string) => ({ event_type: 'page_view', page_url: `https://shop.example${path}` });

const idsOn = (page: Page) =>
  page
    .locator('a[data-session-id]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('data-session-id')));
const idsIn = (data: Pick<SessionsData, 'sessions'>) => data.sessions.map(({ session_id }) => session_id);

async function expectSessions(page: Page, data: Pick<SessionsData, 'sessions'>): Promise<void> {
  await expect.poll(() => idsOn(page), SOON).toEqual(idsIn(data));
  const counts = (await cellsOf(page, 'Sessions')).map((cells) => COUNTS.map((at) => cells[at]));
  expect(counts).toEqual(
    data.sessions.map((one) => [one.page_views, one.events, one.conversions].map(plain)),
  );
}

describe.skipIf(!hasChromium)('sessions', () => {
  beforeAll(async () => {
    dashboard = await startDashboard({ days: 9, perDay: 20 });
  });
  afterAll(() => dashboard?.close());

  it('are those that the API answers, page by page, each page with a URL', async () => {
    const { page, complaints, close } = await dashboard.open('?view=sessions&range=yesterday&timezone=UTC');
    await page.goto(`${dashboard.collector.url}/dashboard/?view=sessions`);
    const first = await sessions('from=6d');
    expect(first.sessions).toHaveLength(50);
    await expectSessions(page, first);
    await page.getByRole('link', { name: 'Older sessions' }).click();
    const second = await sessions(`from=6d&cursor=${first.cursor}`);
    await expectSessions(page, second);
    await page.reload();
    await expectSessions(page, second);
    await page.goBack();
    await expectSessions(page, first);
    expect(complaints).toEqual([]);
    await close();
  });

  it('are filtered by a click on a value, or by any value that is typed; back takes it off', async () => {
    const { page, close } = await dashboard.open('?view=sessions');
    const all = await sessions('from=6d');
    await expectSessions(page, all);
    await page.getByTitle('Filter by Google', { exact: true }).first().click();
    await expectSessions(page, await sessions('from=6d&source=google'));
    // By the keyboard alone: a value is found by its name, and Alt+Enter excludes it.
    await page.keyboard.press('f');
    const field = page.getByRole('combobox', { name: 'Search values and properties' });
    await field.fill('korea');
    const option = page.getByRole('option', { name: /^South Korea/ });
    await option.waitFor();
    await page.keyboard.press('Alt+Enter');
    await field.waitFor({ state: 'detached' });
    const both = await sessions('from=6d&source=google&country=!KR');
    await expectSessions(page, both);
    const shared = await dashboard.open(new URL(page.url()).search);
    await expectSessions(shared.page, both);
    await shared.close();
    await page.goBack();
    await page.goBack();
    await expectSessions(page, all);
    await close();
  });

  it('come in by themselves, and the story of one grows while it is open', async () => {
    const { page, complaints, close } = await dashboard.open('?view=sessions');
    await page.locator('a[data-session-id]').first().waitFor();
    const session = { session_id: 'grows', entry_page: '/' };
    await dashboard.collector.send({ session, user_id: 'kim', events: [view('/')] });
    await expect.poll(async () => (await idsOn(page))[0], SOON).toBe('grows');
    await page.locator('a[data-session-id=grows]').click();
    const story = page.getByRole('list', { name: 'Timeline' }).locator('li');
    await expect.poll(() => story.count(), SOON).toBe(1);
    await dashboard.collector.send({ session, events: [view('/cart'), view('/checkout')] });
    await expect.poll(() => story.count(), SOON).toBe(3);
    const told: SessionTimeline = await dashboard.collector.ask('/sessions/grows');
    const ids = await story.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-event-id')));
    expect(ids).toEqual(told.events.map(({ event_id }) => event_id));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download Timeline as CSV' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
    expect(lines[0]).toBe('\uFEFFTime,Event,Page,Details');
    expect(lines.slice(1, 4).map((line) => line.split(',')[2])).toEqual(['/', '/cart', '/checkout']);
    expect(complaints).toEqual([]);
    await close();
  });

  it('of a user are found from any one of them', async () => {
    await dashboard.collector.send({
      session: { session_id: 'of-lee' },
      user_id: 'lee@example.com',
      events: [view('/')],
    });
    await dashboard.collector.send({
      session: { session_id: 'of-lee-too' },
      user_id: 'lee@example.com',
      events: [view('/about')],
    });
    const { page, close } = await dashboard.open('?view=sessions&session=of-lee');
    await page.getByRole('complementary').getByRole('link', { name: 'lee@example.com' }).click();
    const asked: UserSessionsData = await dashboard.collector.ask('/users/lee%40example.com/sessions');
    expect(asked.sessions).toHaveLength(2);
    await expectSessions(page, asked);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      view: 'sessions',
      user: 'lee@example.com',
    });
    await page.getByRole('link', { name: 'All sessions' }).click();
    await expect.poll(() => idsOn(page), SOON).toHaveLength(50);
    await close();
  });

  it('that are not there are said not to be', async () => {
    const { page, close } = await dashboard.open('?view=sessions&country=XX&session=nobody');
    await page.getByText('No matching sessions').waitFor();
    await page.getByText('Session not found, or past retention.').waitFor();
    await close();
  });
});
