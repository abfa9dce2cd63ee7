/** Fifteen questions of every day, each answered by at most four clicks from the opened dashboard: in English by the mouse, in Korean by the keyboard alone. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, type Opened, startDashboard } from '../dashboard/dashboard.js';
import { byKeyboard, byMouse, type Reader } from '../dashboard/reader.js';
import { CRAWLERS, crawlerLines } from '../dashboard/report-history.js';
import {
  DAY_MS,
  type ShopVisit,
  shopVisits,
  startOfDay,
  startOfWeek,
  toShopLine,
  YEAR_DAYS,
} from '../dashboard/shop-history.js';
import { cellsOf } from '../dashboard/table.js';

const SOON = { timeout: 30_000 };
const MAX_CLICKS = 4;
const ADMIN_KEY = 'a key to change with';
const LANGUAGES = { en: 'en-GB', ko: 'ko-KR' } as const;
type Language = keyof typeof LANGUAGES;

const started = Date.now();
const visits = shopVisits(started);
/** One who is on the site now, and looks at one page. */
const LIVE_PAGE = '/pricing';
/** Their sessions, of no device and place. */
const arrived: string[] = [];

/** How the page writes them for its readers. */
const writing = (language: Language) => {
  const locale = LANGUAGES[language];
  const number = new Intl.NumberFormat(locale);
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return {
    count: (value: number) => number.format(value),
    percent: (value: number) => share.format(value),
    euros: (value: number) =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: 'EUR',
        ...(value >= 1_000 ? { maximumFractionDigits: 0 } : {}),
      }).format(value),
    /** In tables of a report, without fractions. */
    change: (now: number, before: number) => {
      const change = now / before - 1;
      return Math.abs(change) < 0.005 ? '±0' : `${change > 0 ? '↑' : '↓'} ${whole.format(Math.abs(change))}`;
    },
    /** In tables of the overview. */
    exactChange: (now: number, before: number) => {
      const change = now / before - 1;
      return Math.abs(change) < 0.005 ? '±0' : `${change > 0 ? '↑' : '↓'} ${share.format(Math.abs(change))}`;
    },
  };
};

interface Asked {
  page: Page;
  reader: Reader;
  language: Language;
}

const between =
  (from: number, to: number) =>
  ({ at }: ShopVisit) =>
    at >= from && at < to;
const today = startOfDay(started);
const isThisWeek = between(today - 6 * DAY_MS, started);
const isWeekBefore = between(today - 13 * DAY_MS, started - 7 * DAY_MS);
const count = (wanted: (visit: ShopVisit) => unknown) => visits.filter(wanted).length;
const recent = visits.filter(isThisWeek);
const countRecent = (wanted: (visit: ShopVisit) => unknown) => recent.filter(wanted).length;

describe.skipIf(!hasChromium)('the fifteen questions', () => {
  let dashboard: Dashboard;
  beforeAll(async () => {
    dashboard = await startDashboard({
      days: 0,
      inMemory: true,
      sites: [{ id: 'shop', retentionDays: 400 }],
    });
    const { collector } = dashboard;
    await collector.load([...visits.map(toShopLine), ...crawlerLines(started)]);
    const keep = (kind: string, setting: object) =>
      collector.ask(`/${kind}?site=shop`, { method: 'POST', body: JSON.stringify(setting) });
    await keep('funnels', {
      name: 'Checkout',
      steps: [{ page: '/cart' }, { page: '/checkout' }, { page: '/thanks' }],
    });
    await keep('goals', { name: 'Signup', event: 'signup' });
  }, 120_000);
  afterAll(() => dashboard?.close());

  describe.each([
    ['by clicks, in English', 'en', 'mouse'],
    ['by the keyboard alone, in Korean', 'ko', 'keyboard'],
  ] as const)('%s', (_, language, means) => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await dashboard.open('', { key: ADMIN_KEY, locale: LANGUAGES[language] });
    });
    afterAll(() => opened?.close());

    it.each(Object.entries(QUESTIONS))('%s', async (_, ask) => {
      const { page, complaints } = opened;
      await page.goto(`${dashboard.collector.url}/dashboard/`);
      await page.locator('.total').first().waitFor();
      const reader = means === 'mouse' ? byMouse() : byKeyboard(page);
      await ask({ page, reader, language }, dashboard);
      expect(reader.clicks).toBeLessThanOrEqual(MAX_CLICKS);
      expect(complaints).toEqual([]);
    });
  });
});

const say = ({ language }: Asked, en: string, ko: string) => (language === 'en' ? en : ko);
const open = (asked: Asked, en: string, ko: string) =>
  asked.reader.press(
    asked.page
      .getByRole('navigation')
      .first()
      .getByRole('link', { name: say(asked, en, ko), exact: true }),
  );
const tab = (asked: Asked, en: string, ko: string) =>
  asked.reader.press(asked.page.getByRole('tab', { name: say(asked, en, ko), exact: true }).first());
const button = (asked: Asked, en: string | RegExp, ko: string | RegExp) =>
  asked.reader.press(
    asked.page.getByRole('button', { name: asked.language === 'en' ? en : ko, exact: true }).first(),
  );
/** Without the links behind a row's name. */
const rows = async (asked: Asked, en: string, ko: string): Promise<string[][]> =>
  (await cellsOf(asked.page, say(asked, en, ko))).map((cells) =>
    cells.map((cell) => cell.replace(/[↗≡]/g, '').trim()),
  );
const first = (table: string[][], columns: number) => table.map((cells) => cells.slice(0, columns));
const figure = ({ page }: Asked, name: string) =>
  page
    .locator('.report-figures > div', { has: page.getByRole('button', { name, exact: true }) })
    .locator('b');

const QUESTIONS: Record<string, (asked: Asked, dashboard: Dashboard) => Promise<void>> = {
  '1: which campaign brought buyers last week, against the week before': async (asked) => {
    const { count: number, euros, change } = writing(asked.language);
    await open(asked, 'Revenue', '매출');
    await tab(asked, 'Campaign', '캠페인');
    await button(asked, 'Last 7 days', '최근 7일');
    await button(asked, 'Last week vs. previous period', '지난주, 이전 기간과 비교');
    const monday = startOfWeek(started);
    const orders = (campaign: string, from: number) =>
      visits.filter(
        (visit) => visit.order && visit.campaign === campaign && between(from, from + 7 * DAY_MS)(visit),
      );
    const expected = ['spring', 'summer']
      .map((campaign) => ({
        campaign,
        now: orders(campaign, monday - 7 * DAY_MS),
        before: orders(campaign, monday - 14 * DAY_MS),
      }))
      .map(({ campaign, now, before }) => [
        campaign,
        euros(now.length * 20),
        change(now.length, before.length),
        number(now.length),
        euros(20),
        number(now.length),
        change(now.length, before.length),
      ]);
    await expect
      .poll(
        async () =>
          (await rows(asked, 'Revenue: Campaign', '매출: 캠페인')).filter(([name]) =>
            ['spring', 'summer'].includes(name ?? ''),
          ),
        SOON,
      )
      .toEqual(expected);
  },

  '2: which plans signups choose': async (asked) => {
    const { count: number, percent } = writing(asked.language);
    await open(asked, 'Events', '이벤트');
    await asked.reader.press(asked.page.getByRole('link', { name: 'signup', exact: true }));
    const of = (plan: string) => countRecent((visit) => visit.plan === plan);
    const all = of('pro') + of('free');
    const expected = (of('pro') >= of('free') ? ['pro', 'free'] : ['free', 'pro']).map(
      (plan) => `${plan}\n${number(of(plan))}\n${percent(of(plan) / all)}`,
    );
    await expect
      .poll(() => asked.page.getByRole('list', { name: 'plan' }).getByRole('listitem').allInnerTexts(), SOON)
      .toEqual(expected);
  },

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

  '4: where mobile users drop in checkout, beside desktop': async (asked) => {
    const { count: number, percent } = writing(asked.language);
    await open(asked, 'Funnels', '퍼널');
    await asked.reader.press(
      asked.page
        .getByRole('list', { name: say(asked, 'Saved funnels', '저장된 퍼널') })
        .getByRole('link', { name: 'Checkout', exact: true }),
    );
    await button(asked, 'Device type', '기기 유형');
    const steps = ['/cart', '/checkout', '/thanks'];
    const texts = (device: string) => {
      const reached = steps.map((step) =>
        countRecent((visit) => visit.device === device && visit.pages.includes(step)),
      );
      return reached.map(
        (sessions, at) =>
          `${steps[at]}${number(sessions)}${at > 0 ? ` · ${percent(sessions / (reached[at - 1] || 1))}` : ''}`,
      );
    };
    const names = asked.language === 'en' ? ['Mobile', 'Desktop'] : ['모바일', '데스크톱'];
    for (const [at, device] of (['mobile', 'desktop'] as const).entries()) {
      const card = asked.page.locator('.split .funnel-card', { hasText: names[at] ?? '' });
      await expect
        .poll(async () => (await card.locator('li').allTextContents()).map((text) => text.trim()), SOON)
        .toEqual(texts(device));
    }
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
    await asked.page.locator('.session-panel, [role=dialog], aside').getByText('/').first().waitFor();
  },

  '6: whether a release hurts conversion': async (asked) => {
    const { count: number, percent } = writing(asked.language);
    const panel = asked.page.getByRole('region', { name: say(asked, 'Devices', '기기'), exact: true });
    await asked.reader.choose(
      panel.getByLabel(say(asked, 'Other dimensions', '다른 측정기준')),
      say(asked, 'Release', '릴리스'),
    );
    const expected = ['1.9', '2.0'].map((release) => {
      const of = recent.filter((visit) => visit.release === release);
      return [release, number(of.length), percent(of.filter(({ order }) => order).length / of.length)];
    });
    await expect
      .poll(async () => {
        const table = await rows(asked, 'Release', '릴리스');
        return table
          .map((cells) => [cells[0], cells[1]?.split(/[|\s]/)[0], cells.at(-1)])
          .filter(([name]) => name !== say(asked, 'Unknown', '알 수 없음'))
          .sort();
      }, SOON)
      .toEqual(expected);
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

  '11: revenue by source, campaign and product': async (asked) => {
    const { euros } = writing(asked.language);
    const revenue = (wanted: (visit: ShopVisit) => boolean) =>
      euros(recent.filter(wanted).reduce((sum, { order }) => sum + (order?.value ?? 0), 0));
    await open(asked, 'Revenue', '매출');
    await expect
      .poll(async () => first(await rows(asked, 'Revenue: Source', '매출: 소스'), 2), SOON)
      .toContainEqual([
        say(asked, 'newsletter', 'newsletter'),
        revenue(({ campaign }) => campaign !== undefined),
      ]);
    await tab(asked, 'Campaign', '캠페인');
    await expect
      .poll(async () => first(await rows(asked, 'Revenue: Campaign', '매출: 캠페인'), 2), SOON)
      .toContainEqual(['spring', revenue(({ campaign }) => campaign === 'spring')]);
    await asked.reader.choose(asked.page.getByLabel(say(asked, 'Property', '속성')), 'product');
    await expect
      .poll(async () => first(await rows(asked, 'Revenue: product', '매출: product'), 2), SOON)
      .toContainEqual(['hat', revenue(({ order }) => order?.product === 'hat')]);
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

  '13: which landing pages convert': async (asked) => {
    const { percent } = writing(asked.language);
    await open(asked, 'Goals', '목표');
    const rate = (entry: string) => {
      const landed = recent.filter(({ pages }) => pages[0] === entry);
      return percent(landed.filter(({ plan }) => plan).length / landed.length);
    };
    await expect
      .poll(async () => first(await rows(asked, 'Landing page', '랜딩 페이지'), 2), SOON)
      .toEqual(expect.arrayContaining(['/', '/blog/a', '/blog/c'].map((entry) => [entry, rate(entry)])));
  },

  '14: this month against the same month last year, weekdays aligned': async (asked) => {
    const { count: number, percent } = writing(asked.language);
    await button(asked, 'Last 7 days', '최근 7일');
    await button(asked, /^This month( |$)(?!vs)/, /^이번 달(?!,)/);
    await button(asked, 'vs.', '비교');
    await button(asked, /Year over year.*Match weekdays/, /전년 동기.*요일 맞추기/);
    const month = new Date(started);
    const from = Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 1);
    const now = count(between(from, started)) + arrived.length;
    const before = count(between(from - YEAR_DAYS * DAY_MS, started - YEAR_DAYS * DAY_MS));
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
