/** Questions of every day on what visits lead to: buyers, signups, checkout, revenue. */
import { expect } from 'vitest';
import { DAY_MS, type ShopVisit, startOfWeek } from '../shop-history.js';
import { button, first, open, type Questions, rows, SOON, say, tab, writing } from './asked.js';
import { between, countRecent, recent, started, visits } from './shop.js';

export const OUTCOME_QUESTIONS: Questions = {
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

  '11: revenue by source, campaign and product': async (asked) => {
    const { euros } = writing(asked.language);
    const revenue = (wanted: (visit: ShopVisit) => boolean) =>
      euros(recent.filter(wanted).reduce((sum, { order }) => sum + (order?.value ?? 0), 0));
    await open(asked, 'Revenue', '매출');
    await expect
      .poll(async () => first(await rows(asked, 'Revenue: Source', '매출: 소스'), 2), SOON)
      .toContainEqual(['newsletter', revenue(({ campaign }) => campaign !== undefined)]);
    await tab(asked, 'Campaign', '캠페인');
    await expect
      .poll(async () => first(await rows(asked, 'Revenue: Campaign', '매출: 캠페인'), 2), SOON)
      .toContainEqual(['spring', revenue(({ campaign }) => campaign === 'spring')]);
    await asked.reader.choose(asked.page.getByLabel(say(asked, 'Property', '속성')), 'product');
    await expect
      .poll(async () => first(await rows(asked, 'Revenue: product', '매출: product'), 2), SOON)
      .toContainEqual(['hat', revenue(({ order }) => order?.product === 'hat')]);
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
};
