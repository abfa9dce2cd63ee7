/** That a page is for all to use: by screen reader and keyboard, on a narrow phone, on a wall in the dark. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { expect } from 'vitest';

/** A page as it stands has no fault that axe knows, and nothing of it is beyond the window's edge. */
export async function expectAccessible(page: Page, where: string, rules?: string[]): Promise<void> {
  expect(await violationsOf(page, rules), where).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${where} is wider than the window`).toBeLessThanOrEqual(0);
}

/** The same page on a wall, by night: what may differ is how it fits, and its colours. */
export async function expectAccessibleByNight(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 2560, height: 1440 });
  await expectAccessible(page, `${where}, by night`, ['color-contrast']);
}

/**
 * The pages have no frames and only violations are read: to gather in a second page what frames say,
 * and to describe what passes, is four fifths of the time of an ordinary run.
 */
async function violationsOf(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (rules) axe.withRules(rules);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
}
