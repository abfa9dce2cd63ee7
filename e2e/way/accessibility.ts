/** That a page is for all to use: by screen reader and keyboard, on a narrow phone, on a wall in the dark. */
import axe from 'axe-core';
import type { Page } from 'playwright';
import { expect } from 'vitest';

/** A page as it stands has no fault that axe knows, and nothing of it is beyond the window's edge. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  expect(await violationsOf(page), where).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${where} is wider than the window`).toBeLessThanOrEqual(0);
}

const SCREENS = {
  day: { width: 360, height: 740, colorScheme: 'light' },
  night: { width: 2560, height: 1440, colorScheme: 'dark' },
} as const;

/** By day on a narrow phone, or by night on a wall. */
export async function expectAccessibleBy(
  page: Page,
  time: keyof typeof SCREENS,
  where: string,
): Promise<void> {
  const { width, height, colorScheme } = SCREENS[time];
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height });
  await colorsSettled(page);
  await expectAccessible(page, `${where} at ${width} px, ${colorScheme}`);
}

/** The same by day on a narrow phone, and by night on a wall. */
export async function expectAccessibleByDayAndNight(page: Page, where: string): Promise<void> {
  await expectAccessibleBy(page, 'day', where);
  await expectAccessibleBy(page, 'night', where);
}

/** The pages have no frames, so that axe runs in the page itself; of what it finds only faults are described. */
async function violationsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { run } = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await run(document, {
      resultTypes: ['violations'],
      // Of WCAG 2.2, so not among the usual ones.
      rules: { 'target-size': { enabled: true } },
    });
    return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
  });
}

/** Colours that change slowly are in between for a moment, and are not to be read then. */
const colorsSettled = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document.getAnimations().flatMap((one) => (one instanceof CSSTransition ? [one.finished] : [])),
    ),
  );
