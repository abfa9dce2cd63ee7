/** Fifteen questions of every day, each answered by at most four clicks from the opened dashboard: in English by the mouse, in Korean by the keyboard alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, type Opened, startDashboard } from '../dashboard/dashboard.js';
import { LANGUAGES } from '../dashboard/questions/asked.js';
import { OUTCOME_QUESTIONS } from '../dashboard/questions/outcome.js';
import { started, visits } from '../dashboard/questions/shop.js';
import { TRAFFIC_QUESTIONS } from '../dashboard/questions/traffic.js';
import { byKeyboard, byMouse } from '../dashboard/reader.js';
import { crawlerLines } from '../dashboard/report-history.js';
import { toShopLine } from '../dashboard/shop-history.js';

const MAX_CLICKS = 4;
const ADMIN_KEY = 'a key to change with';
const QUESTIONS = Object.entries({ ...OUTCOME_QUESTIONS, ...TRAFFIC_QUESTIONS });

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

    it.each(QUESTIONS)('%s', async (_, ask) => {
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
