/** What the dashboard shows of funnels, journeys, clicks and retention, against the truth. */
import { expect, it } from 'vitest';
import { RETENTION_DAYS } from './bed.js';
import { rangeOf } from './questions.js';
import { duration, number, percent, rowsOf } from './screen.js';
import { COFFEE, type Shown } from './shown-in.js';
import { sorted } from './told.js';
import { clicks, cohorts, converts, funnel, journeys, views } from './ways.js';

export function itShowsBehaviour({ bed, shown, factsIn, now, zone }: Shown): void {
  it('shows funnels, journeys, clicks and retention', async () => {
    const facts = factsIn(rangeOf('7d', now, zone));
    const steps = `page:/,page:${COFFEE},conversion:purchase`;
    await shown(`view=funnels&range=7d&steps=${encodeURIComponent(steps)}`, zone, async (page) => {
      const truth = funnel(facts, [views('/'), views(COFFEE), converts('purchase')]);
      const first = truth.steps[0]?.sessions ?? 0;
      const names = ['1. Visited /', `2. Visited ${COFFEE}`, '3. Triggered purchase'];
      await page.getByRole('table', { name: 'Funnels' }).waitFor();
      expect(await rowsOf(page, 'Funnels')).toEqual(
        truth.steps.map(({ sessions, median }, at) => {
          const before = truth.steps[at - 1]?.sessions ?? sessions;
          const next = truth.steps[at + 1]?.sessions;
          return [
            names[at],
            number(sessions),
            percent(sessions / first),
            percent(sessions / before),
            number(next === undefined ? null : sessions - next),
            duration(median),
          ];
        }),
      );
      expect(await page.locator('.aside').first().textContent()).toBe(
        `${number(first)} of ${number(truth.sessions)} sessions entered the funnel`,
      );
    });
    await shown('view=journeys&range=7d', zone, async (page) => {
      await page.getByRole('table', { name: 'Journeys' }).waitFor();
      await rowsOf(page, 'Journeys');
      const told = await page
        .locator('.ways tbody tr')
        .evaluateAll((all) =>
          all.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
        );
      const key = ([from, to]: string[]) => `${from} ${to}`;
      const byKey = (a: string[], b: string[]) => (key(a) < key(b) ? -1 : 1);
      expect(told.sort(byKey)).toEqual(
        journeys(facts)
          .map(({ from, to, views: count, share }) => [from, to, number(count), percent(share)])
          .sort(byKey),
      );
    });
    await shown(`view=click-map&range=7d&path=${encodeURIComponent(COFFEE)}`, zone, async (page) => {
      const truth = clicks(facts, COFFEE);
      await page.getByRole('table', { name: 'Clicks' }).waitFor();
      expect(await page.locator('.click-totals dd').allTextContents()).toEqual([
        number(truth.views),
        number(truth.clicks),
        number(truth.clicks / truth.views),
      ]);
      expect(sorted(await rowsOf(page, 'Clicks'))).toEqual(
        sorted(
          truth.targets.map(({ target, clicks: count, share, per_view }) => [
            target,
            number(count),
            percent(share),
            percent(per_view),
          ]),
        ),
      );
    });
    await shown('view=retention', zone, async (page) => {
      await page.getByRole('table', { name: 'Retention' }).waitFor();
      const truth = cohorts(bed().facts(), now, RETENTION_DAYS, zone);
      const told = (await rowsOf(page, 'Retention'))
        .map((cells) => cells.slice(1).filter(Boolean))
        .slice(0, -1);
      expect(told).toEqual(
        truth.map(({ isKnown, visitors, returned }) =>
          isKnown
            ? [
                `≤ ${number(visitors)}`,
                ...returned.map(
                  (count) => `${percent(visitors > 0 ? count / visitors : 0)} ${number(count)}`,
                ),
              ]
            : ['–'],
        ),
      );
    });
  });
}
