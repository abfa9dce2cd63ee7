/** Lists that are longer than a page: sorted, searched and kept as CSV as a whole, and gone through to their end. */
import { readFile } from 'node:fs/promises';
import type { SessionSummary, SessionTimeline } from '@liveinsight/schema';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, openDashboard, startDashboard, untilAnswered } from '../dashboard/dashboard.js';
import { rowsInDialog } from '../dashboard/table.js';

const SOON = { timeout: 30_000 };
const DAY_MS = 86_400_000;
const NOON = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS / 2;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const rangeOf = (ms: number) => `${dayOf(ms)}..${dayOf(ms)}`;

/** Days with visits of one kind each. */
const MANY_PAGES = NOON - 20 * DAY_MS;
const MANY_SESSIONS = NOON - 10 * DAY_MS;
const SORTED = NOON - 5 * DAY_MS;

const PAGES = 306;
const viewsOf = (page: number) => 1 + ((page * 7) % 5);
/** More than one page looks at. */
const SESSIONS = 620;
const RARE_AT = 560;

let dashboard: Dashboard;

const view = (id: string, timestamp: number, path: string) => ({
  event_id: id,
  event_type: 'page_view',
  timestamp,
  page_url: `https://shop.example${path}`,
});

function line(id: string, at: number, events: object[], more: object = {}): object {
  return {
    received_at: at,
    site: 'shop',
    batch: `${id}-${at}`,
    session: { session_id: id },
    visitor_id: `of-${id}`,
    events,
    ...more,
  };
}

/** Over two hours: one alone counts fewer pages apart. */
function manyPages(): object[] {
  const lines: object[] = [];
  for (const hour of [0, 1]) {
    const paths = Array.from({ length: PAGES }, (_, page) => page)
      .filter((page) => page % 2 === hour)
      .flatMap((page) => Array.from({ length: viewsOf(page) }, () => `/p-${page}`));
    for (let from = 0; from < paths.length; from += 40) {
      const at = MANY_PAGES + hour * 3_600_000 + from * 10;
      const events = paths
        .slice(from, from + 40)
        .map((path, number) => view(`pages-${hour}-${from + number}`, at, path));
      lines.push(line(`wide-${hour}`, at, events));
    }
  }
  return lines;
}

/** Newest last; one of them alone saw what is looked for. */
const manySessions = (): object[] =>
  Array.from({ length: SESSIONS }, (_, number) => {
    const at = MANY_SESSIONS - number * 1_000;
    return line(`many-${number}`, at, [view(`many-${number}`, at, number === RARE_AT ? '/rare' : '/common')]);
  });

const sortedSessions = (): object[] =>
  Array.from({ length: 130 }, (_, number) => {
    const at = SORTED + number * 60_000;
    const views = Array.from({ length: 1 + ((number * 37) % 23) }, (__, time) =>
      view(`sorted-${number}-${time}`, at, '/'),
    );
    return line(`sorted-${number}`, at, views, {
      country: number % 4 === 0 ? 'KR' : 'DE',
      browser: number % 3 === 0 ? 'Firefox' : 'Chrome',
    });
  });

const idsOn = (page: Page) =>
  page
    .locator('a[data-session-id]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('data-session-id') ?? ''));

async function csvFrom(page: Page, name: string, within: Page | Locator = page): Promise<string[][]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    within.getByRole('button', { name: `Download ${name} as CSV` }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  return text
    .split('\r\n')
    .slice(0, -1)
    .map((row) => row.replace('\uFEFF', '').split(','));
}

describe.skipIf(!hasChromium)('long lists', () => {
  beforeAll(async () => {
    dashboard = await startDashboard({ days: 0 });
    await dashboard.collector.load([...manyPages(), ...manySessions(), ...sortedSessions()]);
  });
  afterAll(() => dashboard?.close());

  it('show ten of 306 rows, and all of them in a dialog, sorted, searched and kept by the server', async () => {
    const { page, complaints, close } = await dashboard.open(
      `?view=overview&timezone=UTC&range=${rangeOf(MANY_PAGES)}`,
    );
    const panel = page.getByRole('region', { name: 'Pages', exact: true });
    await panel.getByRole('link', { name: `Show all ${PAGES}` }).waitFor();
    expect(await panel.locator('tbody tr').count()).toBe(10);
    await panel.getByRole('link', { name: `Show all ${PAGES}` }).click();
    const dialog = page.getByRole('dialog', { name: 'Page', exact: true });
    const shown = await rowsInDialog(dialog);
    const counts = Array.from({ length: PAGES }, (_, at) => viewsOf(at)).sort((a, b) => b - a);
    expect(shown.map(([, views]) => Number(views))).toEqual(counts);
    // Those that are not in sight are not in the page.
    expect(await dialog.locator('tbody tr').count()).toBeLessThan(100);

    // The smallest of all, which are not among the rows that were there first.
    const views = dialog.getByRole('button', { name: 'Page views', exact: true });
    await views.click();
    await expect.poll(() => new URL(page.url()).searchParams.get('order'), SOON).toBe('asc');
    const names = () => dialog.locator('tbody th bdi').allTextContents();
    await expect.poll(async () => viewsOf(Number((await names())[0]?.slice(3))), SOON).toBe(1);
    expect((await rowsInDialog(dialog)).map(([, views]) => Number(views))).toEqual(counts.toReversed());

    const last = shown.at(-1)?.[0] ?? '';
    await dialog.getByRole('searchbox').fill(last.toUpperCase());
    await expect.poll(async () => (await names()).every((name) => name.startsWith(last)), SOON).toBe(true);
    expect(await names()).toContain(last);
    await dialog.getByRole('searchbox').fill('');
    await dialog.getByText(`${PAGES} rows`).waitFor();

    const csv = await csvFrom(page, 'Page', dialog);
    expect(csv).toHaveLength(PAGES + 1);
    expect(new Map(csv.slice(1).map(([name, views]) => [name, Number(views)]))).toEqual(
      new Map(Array.from({ length: PAGES }, (_, at) => [`/p-${at}`, viewsOf(at)])),
    );

    // A row filters and closes; back opens it again.
    const first = (await names())[0] ?? '';
    await dialog.getByRole('button', { name: first, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).searchParams.get('page')).toBe(first);
    await page.goBack();
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(complaints).toEqual([]);
    await close();
  });

  it('of sessions by a page that few have seen are whole after one question', async () => {
    const asked: URL[] = [];
    const { page, complaints, close } = await openDashboard(
      dashboard.browser,
      dashboard.collector.url,
      `?view=sessions&timezone=UTC&range=${rangeOf(MANY_SESSIONS)}&page=/rare`,
      {
        before: (context) =>
          context.route('**/api/sessions?*', async (route) => {
            asked.push(new URL(route.request().url()));
            await route.continue();
          }),
      },
    );
    await expect.poll(() => idsOn(page), SOON).toEqual([`many-${RARE_AT}`]);
    expect(asked).toHaveLength(1);
    expect(await page.locator('.searched, .paging').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('of sessions that no page has say that there are none', async () => {
    const { page, close } = await dashboard.open(
      `?view=sessions&timezone=UTC&range=${rangeOf(MANY_SESSIONS)}&page=/nowhere`,
    );
    await page.getByText('No matching sessions').waitFor(SOON);
    expect(await page.locator('.searched, .paging').count()).toBe(0);
    await close();
  });

  it('of sessions are sorted and searched over the whole range, by a URL that can be shared', async () => {
    const { page, complaints, close } = await dashboard.open(
      `?view=sessions&timezone=UTC&range=${rangeOf(SORTED)}`,
    );
    const views = new Map(
      sortedSessions().map((one) => {
        const { session, events } = one as { session: { session_id: string }; events: object[] };
        return [session.session_id, events.length];
      }),
    );
    await expect.poll(async () => (await idsOn(page)).length, SOON).toBe(50);
    await page.getByRole('button', { name: 'Page views', exact: true }).click();
    const largest = [...views.values()].sort((a, b) => b - a);
    const viewsOn = async () => (await idsOn(page)).map((id) => views.get(id));
    await expect.poll(viewsOn, SOON).toEqual(largest.slice(0, 50));
    expect(await page.getByRole('columnheader', { name: 'Page views' }).getAttribute('aria-sort')).toBe(
      'descending',
    );
    await page.getByRole('link', { name: 'Next page' }).click();
    await expect.poll(viewsOn, SOON).toEqual(largest.slice(50, 100));
    await page.getByRole('link', { name: 'First page' }).click();
    await expect.poll(viewsOn, SOON).toEqual(largest.slice(0, 50));
    await page.getByRole('button', { name: 'Page views', exact: true }).click();
    await expect.poll(viewsOn, SOON).toEqual(largest.toReversed().slice(0, 50));

    await page.getByRole('searchbox', { name: 'Search sessions' }).fill('korea');
    const ofKorea = [...views].filter(([id]) => Number(id.split('-')[1]) % 4 === 0);
    const expected = ofKorea.map(([, count]) => count).sort((a, b) => a - b);
    await expect.poll(viewsOn, SOON).toEqual(expected);
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('search'), searchParams.get('sort')]).toEqual(['korea', 'page_views']);
    const csv = await csvFrom(page, 'Sessions');
    expect(csv.slice(1).map((row) => Number(row[7]))).toEqual(expected);
    await page.reload();
    await expect.poll(viewsOn, SOON).toEqual(expected);
    expect(await page.getByRole('searchbox', { name: 'Search sessions' }).inputValue()).toBe('korea');
    expect(complaints).toEqual([]);
    await close();
  });

  it('of sessions that are too many to sort at once say what the order is over', async () => {
    const summary = await dashboard.collector.ask(
      `/sessions?from=${dayOf(SORTED)}&to=${dayOf(SORTED)}&limit=1`,
    );
    const part = {
      ...summary,
      sessions: summary.sessions as SessionSummary[],
      sorted_over: { from: summary.from, to: summary.to, sessions: 2_000, complete: false },
      notes: ['the order is over the 2000 sessions found'],
      note_codes: [{ code: 'order_of_part', count: 2_000, at: `${dayOf(SORTED)}T09:30:00.000Z` }],
    };
    const { page, close } = await dashboard.open(
      `?view=sessions&timezone=UTC&range=${rangeOf(SORTED)}&sort=events`,
      {
        locale: 'ko-KR',
        before: (context) =>
          context.route('**/api/sessions?*', (route) =>
            route.fulfill({ json: { status: 'success', data: part } }),
          ),
      },
    );
    expect(await page.locator('.notice').textContent()).toMatch(/09:30.*2,000개만 정렬/);
    await close();
  });

  it('of events of a long session are shown part by part, grow, and are kept whole as CSV', async () => {
    const session = { session_id: 'long', entry_page: '/' };
    const filler = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`text_${at}`, 'x'.repeat(1_000)]),
    );
    const start = Date.now() - 300_000;
    const sent: string[] = [];
    for (let batch = 0; batch < 13; batch += 1) {
      const events = Array.from({ length: 10 }, (_, at) => {
        const number = batch * 10 + at;
        sent.push(`long-${number}`);
        return {
          event_id: `long-${number}`,
          event_type: 'custom',
          name: `step_${number}`,
          timestamp: start + number * 100,
          page_url: 'https://shop.example/',
          props: filler,
        };
      });
      await dashboard.collector.send({ session, events });
    }
    const first: SessionTimeline = await dashboard.collector.ask('/sessions/long');
    expect(first.cursor).toBeDefined();
    const { page, complaints, close } = await dashboard.open('?view=sessions&range=24h&session=long');
    const story = page.getByRole('list', { name: 'Timeline' }).locator('li');
    const shown = () => story.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-event-id')));
    await expect.poll(shown, SOON).toEqual(sent.slice(0, first.events.length));
    await page.getByText(`Showing the first ${first.events.length} of ${sent.length} events.`).waitFor();
    const csv = await csvFrom(page, 'Timeline');
    expect(csv.slice(1).map(([, name]) => name)).toEqual(sent.map((id) => id.replace('long-', 'step_')));
    await page.getByRole('button', { name: 'Show more events' }).click();
    await expect.poll(shown, SOON).toEqual(sent);
    await page.getByRole('button', { name: 'Show more events' }).waitFor({ state: 'detached' });
    // What comes in later stands at the end.
    await dashboard.collector.send({ session, events: [view('long-last', Date.now(), '/thanks')] });
    await expect.poll(shown, SOON).toEqual([...sent, 'long-last']);
    expect(complaints).toEqual([]);
    await close();
  });

  it('of reasons say what was not taken, in the reader’s language', async () => {
    const events = [view('kept', Date.now(), '/'), { event_type: 'nonsense' }, { event_type: 'nonsense' }];
    await dashboard.collector.send({ session: { session_id: 'partly' }, events });
    const { page, complaints, close } = await dashboard.open('?view=overview&range=today');
    const line = page.locator('.not-taken');
    expect(await line.locator('summary').textContent()).toBe('Rejected events: 2');
    await line.locator('summary').click();
    expect(await line.locator('li').textContent()).toMatch(/^2 event_type must be /);
    const korean = await dashboard.open('?view=overview&range=today', { locale: 'ko-KR' });
    const inKorean = korean.page.locator('.not-taken');
    expect(await inKorean.locator('summary').textContent()).toBe('거부된 이벤트: 2건');
    expect(await inKorean.locator('li').textContent()).toBe('2 알 수 없는 이벤트 유형: event_type');
    // Of a range before, nothing is known: nothing is said.
    await page.goto(`${dashboard.collector.url}/dashboard/?view=overview&range=${rangeOf(SORTED)}`);
    await untilAnswered(page);
    expect(await line.count()).toBe(0);
    expect(complaints).toEqual([]);
    await korean.close();
    await close();
  });

  it('say in the reader’s language what they lack', async () => {
    const { page, close } = await dashboard.open('?view=sessions&range=90d', { locale: 'ko-KR' });
    const lacks = /부터의 데이터만 있습니다/;
    expect(await page.locator('.notice').first().textContent()).toMatch(
      /부터의 데이터만 있습니다\(보관 기간 \d+일\)$/,
    );
    await page.locator('.top a', { hasText: '퍼널' }).click();
    await page.goto(
      `${dashboard.collector.url}/dashboard/?view=funnels&range=12mo&steps=${encodeURIComponent('page:/,page:/rare')}`,
    );
    // Nothing is stored of a time before: the funnel lacks nothing, and says nothing.
    await untilAnswered(page);
    expect(await page.locator('.notice', { hasText: lacks }).count()).toBe(0);
    await close();
  });
});
