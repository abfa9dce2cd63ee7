/** The views of sessions, journeys and alerts are accessible on any screen, with any data. */

import { ADMIN_KEY } from '@liveinsight/fixtures/seeded-collector';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, goWithin, type Opened, startDashboard } from '../dashboard/dashboard.js';
import { expectAccessible, expectAccessibleBy } from '../way/accessibility.js';

const HOSTILE = `<img src=x onerror="globalThis.wasRun = true"><script>globalThis.wasRun = true</script>`;
let dashboard: Dashboard;

/** With numbers in them, and without. */
const VIEWS = [
  'view=sessions',
  'view=sessions&session=hostile',
  'view=sessions&site=empty',
  `view=sessions&user=${encodeURIComponent(HOSTILE)}`,
  'view=funnels',
  `view=funnels&steps=${encodeURIComponent(`page:/,page:/products,event:${HOSTILE}`)}`,
  'view=retention',
  'view=retention&site=empty',
  'view=journeys',
  'view=journeys&path=/no-such-page',
  'view=journeys&site=empty',
  'view=click-map&path=/products',
  'view=click-map&site=empty',
  'view=alerts',
  'view=alerts&edit=new',
  'view=sessions&site=not-mine',
  'view=overview&table=page',
  'view=events',
  'view=events&event=click',
  'view=goals',
  'view=goals&make=page:',
  'view=revenue',
  'view=experiments',
  'view=web-vitals',
  'view=errors',
  'view=actions',
  'view=bots',
  'view=users',
  'view=segments',
  'view=exclusions',
];

async function settled(page: Page): Promise<void> {
  await page.locator('main h1, main .state').first().waitFor();
  await page.locator('.state.loading').first().waitFor({ state: 'detached' });
  await page.locator('.alert-banner').first().waitFor();
}

describe.skipIf(!hasChromium)('views of sessions, ways and alerts', () => {
  beforeAll(async () => {
    dashboard = await startDashboard({ days: 9, perDay: 4, sites: [{ id: 'shop' }, { id: 'empty' }] });
    const { collector } = dashboard;
    await collector.send({
      session: { session_id: 'hostile', referrer: `https://evil.example/${HOSTILE}` },
      user_id: HOSTILE,
      visitor_id: 'visitor',
      events: [
        {
          event_type: 'page_view',
          page_url: `https://shop.example/#${HOSTILE}`,
          page_title: HOSTILE,
          view: 1,
        },
        {
          event_type: 'page_view',
          page_url: 'https://shop.example/products',
          page_title: HOSTILE,
          view: 2,
          from_page: HOSTILE,
        },
        {
          event_type: 'click',
          page_url: 'https://shop.example/products',
          element_tag: 'A',
          element_text: HOSTILE,
          href: 'javascript:globalThis.wasRun=true',
        },
        {
          event_type: 'custom',
          name: HOSTILE.slice(0, 100),
          page_url: 'https://shop.example/products',
          props: { [HOSTILE.slice(0, 90)]: HOSTILE },
        },
        {
          event_type: 'conversion',
          conversion_type: HOSTILE.slice(0, 100),
          page_url: 'https://shop.example/products',
        },
      ],
    });
    const keep = (kind: string, site: string, setting: object) =>
      collector.ask(`/${kind}?site=${site}`, { method: 'POST', body: JSON.stringify(setting) });
    await keep('funnels', 'shop', {
      name: HOSTILE.slice(0, 100),
      steps: [{ page: '/' }, { event: HOSTILE.slice(0, 100) }],
    });
    for (const site of ['shop', 'empty']) {
      await keep('alerts', site, {
        name: HOSTILE.slice(0, 100),
        metric: 'events',
        dimension: 'event_name',
        value: HOSTILE,
        comparison: 'below',
        threshold: 1_000,
        window_minutes: 5,
        enabled: true,
      });
    }
    await collector.rollUp();
  });
  afterAll(() => dashboard?.close());

  describe('on a narrow phone by day and on a wall by night', () => {
    const READERS = [
      { time: 'day', locale: 'en-GB' },
      { time: 'night', locale: 'ko-KR' },
    ] as const;
    let readers: { time: 'day' | 'night'; locale: string; opened: Opened }[] = [];
    beforeAll(async () => {
      const opening = READERS.map(async ({ time, locale }) => {
        const opened = await dashboard.open('', { key: ADMIN_KEY, locale });
        return { time, locale, opened };
      });
      readers = await Promise.all(opening);
    });
    afterAll(() => Promise.all(readers.map(({ opened }) => opened.close())));

    it.each(VIEWS)('are accessible, fit, and run nothing that was sent: %s', async (search) => {
      const looking = readers.map(async ({ time, locale, opened: { page } }) => {
        await goWithin(page, `?${search}`);
        if (search.includes('not-mine')) await page.getByRole('alert').first().waitFor();
        else await settled(page);
        await expectAccessibleBy(page, time, `${search} ${locale}`);
        expect(await page.evaluate(() => 'wasRun' in globalThis)).toBe(false);
        expect(await page.locator('main img, main script, a[href^="javascript:"]').count()).toBe(0);
      });
      await Promise.all(looking);
      expect(readers).toHaveLength(READERS.length);
    });

    it('have parts that are accessible each by itself, also at 200 %', async () => {
      const looking = readers.map(async ({ time, opened: { page } }) => {
        await goWithin(page, '?view=parts');
        await page.locator('.parts .state.error').waitFor();
        await expectAccessibleBy(page, time, 'parts');
        // Half the width of a laptop's window, as zooming leaves it.
        await page.setViewportSize({ width: 640, height: 450 });
        await expectAccessible(page, 'parts at 200 %');
      });
      await Promise.all(looking);
      expect(looking).toHaveLength(READERS.length);
    });
  });

  it('open the form of filters within the narrowest window', async () => {
    const { page, close } = await dashboard.open('?view=sessions', { viewport: { width: 360, height: 740 } });
    await page.getByRole('button', { name: '+ Filter' }).click();
    const form = await page.getByRole('dialog', { name: 'Add filter' }).boundingBox();
    expect(form?.x).toBeGreaterThanOrEqual(0);
    expect((form?.x ?? 0) + (form?.width ?? 0)).toBeLessThanOrEqual(360);
    await close();
  });

  it('show what was sent as text', async () => {
    const { page, close } = await dashboard.open('?view=sessions&session=hostile');
    await page.getByRole('list', { name: 'Timeline' }).getByText(HOSTILE).first().waitFor();
    for (const [search, text] of [
      ['view=click-map&path=/products', `a “${HOSTILE}”`],
      ['view=funnels', HOSTILE.slice(0, 100)],
      ['view=alerts', HOSTILE.slice(0, 100)],
    ] as const) {
      await page.goto(`${dashboard.collector.url}/dashboard/?${search}`);
      await page.locator('main').getByText(text, { exact: true }).first().waitFor();
    }
    await close();
  });
});
