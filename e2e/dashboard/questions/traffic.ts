/** Questions of every day on who comes, from where, and what they see. */
import { expect } from 'vitest';
import { CRAWLERS } from '../report-history.js';
import { DAY_MS, type ShopVisit, YEAR_DAYS } from '../shop-history.js';
import {
  button,
  figure,
  first,
  LANGUAGES,
  open,
  type Questions,
  rows,
  SOON,
  say,
  tab,
  writing,
} from './asked.js';
import { between, count, countRecent, isThisWeek, isWeekBefore, started, visits } from './shop.js';

/** One who is on the site now, and looks at one page. */
const LIVE_PAGE = '/pricing';
/** Their sessions, of no device and place. */
const arrived: string[] = [];

export const TRAFFIC_QUESTIONS: Questions = {
  '3: which blog posts grew': async (asked) => {
    const { count: number, exactChange } = writing(asked.language);
    await button(asked, 'vs.', '비교');
    await button(asked, 'Previous period', '이전 기간');
    await button(asked, 'Search Pages', '페이지 검색');
    await asked.reader.type(
      asked.page.getByRole('searchbox', { name: say(asked, 'Search: Pages', '검색: 페이지') }),
      '/blog',
    );
    const views = (page: string, wanted: (visit: ShopVisit) => boolean) =>
      visits.filter(wanted).reduce((sum, { pages }) => sum + pages.filter((one) => one === page).length, 0);
    const expected = ['/blog/a', '/blog/b', '/blog/c']
      .map((page) => [page, views(page, isThisWeek), views(page, isWeekBefore)] as const)
      .map(([page, now, before]) => [page, number(now), exactChange(now, before)]);
    await expect
      .poll(async () => {
        const table = await rows(asked, 'Page', '페이지');
        return table.map(([name, now, change]) => [name, now?.split(/[|\s]/)[0], change]).sort();
      }, SOON)
      .toEqual(expected);
  },

  '5: what one user did, found by id': async (asked) => {
    await open(asked, 'Users', '사용자');
    await asked.reader.type(
      asked.page.getByRole('searchbox', { name: say(asked, 'User ID', '사용자 ID') }),
      'customer-7',
    );
    await asked.page.keyboard.press('Enter');
    const sessions = asked.page.locator('a[data-session-id]');
    await expect.poll(() => sessions.count(), SOON).toBe(count(({ user }) => user));
    await asked.reader.press(sessions.first());
    // The view of a page, and the web vital that was measured on it.
    const pages = asked.page.getByRole('complementary').locator('.page');
    await expect.poll(() => pages.allTextContents(), SOON).toEqual(['/', '/']);
  },

  '7: which countries and cities': async (asked) => {
    const { count: number } = writing(asked.language);
    const of = (wanted: (visit: ShopVisit) => boolean) => number(countRecent(wanted));
    const table = async (en: string, ko: string) =>
      (await rows(asked, en, ko)).map(([name, sessions]) => [name, sessions?.split(/[|\s]/)[0]]);
    const countries = asked.language === 'en' ? ['South Korea', 'Germany'] : ['대한민국', '독일'];
    await expect
      .poll(() => table('Country', '국가'), SOON)
      .toEqual(
        expect.arrayContaining(
          ['KR', 'DE'].map((code, at) => [countries[at], of(({ city }) => city[0] === code)]),
        ),
      );
    await tab(asked, 'City', '도시');
    await expect
      .poll(() => table('City', '도시'), SOON)
      .toEqual(
        expect.arrayContaining(
          ['Seoul', 'Berlin', 'Hamburg'].map((name) => [name, of(({ city }) => city[1] === name)]),
        ),
      );
  },

  '8: which outbound links and files': async (asked) => {
    const { count: number } = writing(asked.language);
    await open(asked, 'Links & searches', '링크·검색');
    const links = number(countRecent(({ followsLink }) => followsLink));
    await expect
      .poll(async () => first(await rows(asked, 'Outbound links', '외부 링크'), 3), SOON)
      .toEqual([['https://bank.example/pay', links, links]]);
    await tab(asked, 'Downloads', '다운로드');
    const files = number(countRecent(({ downloads }) => downloads));
    await expect
      .poll(async () => first(await rows(asked, 'Downloads', '다운로드'), 3), SOON)
      .toEqual([['https://shop.example/list.pdf', files, files]]);
  },

  '9: which pages are slow': async (asked) => {
    await open(asked, 'Web vitals', '웹 바이탈');
    const seconds = (value: number) =>
      new Intl.NumberFormat(LANGUAGES[asked.language], { minimumFractionDigits: 2 }).format(value);
    await expect
      .poll(
        async () =>
          (await rows(asked, 'Page', '페이지')).map(([name, p75]) => [name, p75?.match(/[\d.,]+/)?.[0]]),
        SOON,
      )
      .toEqual([
        ['/pricing', seconds(4.5)],
        ['/', seconds(2.6)],
      ]);
  },

  '10: which errors, since which release': async (asked) => {
    const { count: number } = writing(asked.language);
    await open(asked, 'Errors', '오류');
    const failed = number(countRecent(({ hasError }) => hasError));
    await expect
      .poll(async () => {
        const [[message = '', events, sessions, , , release] = []] = await rows(asked, 'Errors', '오류');
        return [message.includes('x is undefined'), events, sessions, release];
      }, SOON)
      .toEqual([true, failed, failed, '2.0']);
  },

  '12: who is on the site now': async (asked, { collector }) => {
    const session = `live-${asked.language}-${Math.random()}`;
    arrived.push(session);
    await collector.send({
      session: { session_id: session, referrer: '' },
      visitor_id: 'someone',
      events: [{ event_type: 'page_view', page_url: `https://shop.example${LIVE_PAGE}`, view: 1 }],
    });
    await asked.reader.press(asked.page.getByRole('link', { name: /^\d+ online$|^접속 중 \d+$/ }));
    await asked.page.locator(`[data-session-id="${session}"]`).getByText(LIVE_PAGE).waitFor();
  },

  '14: this month against the same month last year, weekdays aligned': async (asked) => {
    const { count: number, percent } = writing(asked.language);
    await button(asked, 'Last 7 days', '최근 7일');
    const today = new Date(started);
    // On the first day, this month has hardly begun: the whole month before is asked for.
    const isFirst = today.getUTCDate() === 1;
    if (isFirst) await button(asked, /^Last month( |$)(?!vs)/, /^지난달(?!,)/);
    else await button(asked, /^This month( |$)(?!vs)/, /^이번 달(?!,)/);
    await button(asked, 'vs.', '비교');
    await button(asked, /Year over year.*Match weekdays/, /전년 동기.*요일 맞추기/);
    const thisMonth = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1);
    const from = isFirst ? Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1) : thisMonth;
    const to = isFirst ? thisMonth : started;
    const now = count(between(from, to)) + (isFirst ? 0 : arrived.length);
    const before = count(between(from - YEAR_DAYS * DAY_MS, to - YEAR_DAYS * DAY_MS));
    const change = now / before - 1;
    const total = asked.page.locator('.total[data-metric=sessions]');
    await expect.poll(() => total.locator('.change').getAttribute('title'), SOON).toContain(number(before));
    expect(await total.locator('.total-value').textContent()).toBe(number(now));
    expect(await total.locator('.change').textContent()).toContain(
      change > 9.99 ? `×` : percent(Math.abs(change)),
    );
  },

  '15: how AI assistants and AI crawlers do': async (asked) => {
    const { count: number } = writing(asked.language);
    await open(asked, 'AI & bots', 'AI·봇');
    const of = (host: string) => number(countRecent(({ referrer }) => referrer.includes(host)));
    await expect
      .poll(async () => first(await rows(asked, 'Assistant', '어시스턴트'), 2), SOON)
      .toEqual(
        expect.arrayContaining([
          ['ChatGPT', of('chatgpt')],
          ['Perplexity', of('perplexity')],
        ]),
      );
    const read = CRAWLERS.filter(({ category }) => category === 'ai_crawler').map(({ operator, views }) => [
      operator,
      number(views),
    ]);
    await expect
      .poll(
        async () => first(await rows(asked, 'AI crawlers: Bot operator', 'AI 크롤러: 봇 운영자'), 2),
        SOON,
      )
      .toEqual(read);
    await expect
      .poll(() => figure(asked, say(asked, 'Sessions', '세션')).textContent(), SOON)
      .toBe(number(countRecent(({ referrer }) => referrer)));
  },
};
