/** What the dashboard shows, read from the page as a browser draws it, against the truth. */

import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../scripts/launch-chromium.mjs';
import { openDashboard, untilAnswered } from '../dashboard/dashboard.js';
import { SITE_ZONE, type TruthBed } from './bed.js';
import type { Fact } from './history.js';
import { number } from './screen.js';
import { itShowsBehaviour } from './shown-behaviour.js';
import { itShowsDetails } from './shown-details.js';
import type { Shown } from './shown-in.js';
import { itShowsTheOverview } from './shown-overview.js';
import { arrivedIn } from './truth.js';

export function describeShown(bed: () => TruthBed, now: number, zones: string[]): void {
  describe.skipIf(!hasChromium)('on the page', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser?.close());

    const shown: Shown['shown'] = async (search, zone, check) => {
      const { page, complaints, close } = await openDashboard(
        browser,
        bed().collector.url,
        `?${search}&timezone=${zone}`,
        {
          before: (context) => context.clock.setFixedTime(now),
        },
      );
      await untilAnswered(page);
      await check(page);
      expect(complaints).toEqual([]);
      await close();
    };
    const factsIn: Shown['factsIn'] = ({ span }) => arrivedIn(bed().facts(), span);

    describe.each(zones)('in %s', (zone) => {
      const where: Shown = { bed, shown, factsIn, now, zone };
      itShowsTheOverview(where);
      itShowsDetails(where);
      itShowsBehaviour(where);
    });

    it('shows who is here now', async () => {
      await shown('view=now', SITE_ZONE, async (page) => {
        const here = (minutes: number) =>
          arrivedIn(bed().facts(), { from: now - minutes * 60_000 + 1, to: now + 1 });
        const sessions = (facts: Fact[]) => new Set(facts.map(({ session }) => session.id)).size;
        await expect.poll(() => page.locator('#active-5').textContent()).toBe(number(sessions(here(5))));
        expect(await page.locator('#active-30').textContent()).toBe(number(sessions(here(30))));
      });
    });
  });
}
