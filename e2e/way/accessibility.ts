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

/** By day on a narrow phone, or by night on a wall; in the colours of the other time it is readable too. */
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
  const other = colorScheme === 'dark' ? 'light' : 'dark';
  await page.emulateMedia({ colorScheme: other });
  await colorsSettled(page);
  // Nothing but colours changes, so that the other rules need not be run again.
  expect(await violationsOf(page, ['color-contrast']), `${where} at ${width} px, ${other}`).toEqual([]);
}

/** The pages have no frames, so that axe runs in the page itself; of what it finds only faults are described. */
async function violationsOf(page: Page, only?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    const { run } = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await run(document, {
      resultTypes: ['violations'],
      ...(only && { runOnly: only }),
      // Of WCAG 2.2, so not among the usual ones.
      rules: { 'target-size': { enabled: true } },
    });
    return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
  }, only);
}

/** Colours that change slowly are in between for a moment, and are not to be read then. */
const colorsSettled = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document.getAnimations().flatMap((one) => (one instanceof CSSTransition ? [one.finished] : [])),
    ),
  );
