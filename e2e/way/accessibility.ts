/** That a page is for all to use: by screen reader and keyboard, on a narrow phone, on a wall in the dark. */
import axe from 'axe-core';
import type { Page } from 'playwright';
import { expect } from 'vitest';

/** A page as it stands has no fault that axe knows, and nothing of it is beyond the window's edge. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  expect(await faultsOf(page), where).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${where} is wider than the window`).toBeLessThanOrEqual(0);
}

/** What axe finds, by rule and element. */
export const faultsOf = async (page: Page): Promise<string[]> => [
  ...(await violationsOf(page)),
  ...(await contrastFaultsOf(page)),
];

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
  expect(await contrastFaultsOf(page), `${where} at ${width} px, ${other}`).toEqual([]);
}

/** The pages have no frames, so that axe runs in the page itself; of what it finds only faults are described. */
async function loadAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
}

/** By all rules but the one of contrast. */
async function violationsOf(page: Page): Promise<string[]> {
  await loadAxe(page);
  return page.evaluate(async () => {
    const { run } = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await run(document, {
      resultTypes: ['violations'],
      rules: {
        // Of WCAG 2.2, so not among the usual ones.
        'target-size': { enabled: true },
        'color-contrast': { enabled: false },
      },
    });
    return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
  });
}

/**
 * What cannot be told from its ground. Contrast is that of two colours at a size of text, so that of all texts that
 * have these in common, and stand on the same grounds, one is looked at: of a table one row of each look.
 */
async function contrastFaultsOf(page: Page): Promise<string[]> {
  await loadAxe(page);
  return page.evaluate(async () => {
    const { run } = (globalThis as unknown as { axe: typeof axe }).axe;
    const grounds = new Map<Element, string>();
    const groundOf = (element: Element | null): string => {
      if (!element) return '';
      let ground = grounds.get(element);
      if (ground === undefined) {
        // What is drawn behind an element's text, by itself or by its pseudo-elements.
        const own = [null, '::before', '::after'].map((part) => {
          const { backgroundColor, backgroundImage, opacity, filter, position } = getComputedStyle(
            element,
            part,
          );
          return [backgroundColor, backgroundImage, opacity, filter, position].join();
        });
        ground = `${groundOf(element.parentElement)}>${element.tagName}.${element.className}(${own.join()})`;
        grounds.set(element, ground);
      }
      return ground;
    };
    // The longest, for axe says nothing of a single sign.
    const longest = new Map<string, { element: Element; length: number }>();
    for (const element of document.body.querySelectorAll('*')) {
      const texts = [...element.childNodes].flatMap(({ nodeType, nodeValue }) =>
        nodeType === 3 ? (nodeValue?.trim() ?? '') : [],
      );
      const { length } = texts.join('');
      if (length === 0 && !element.matches('input, select, textarea')) continue;
      if (!element.checkVisibility()) continue;
      const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
      const look = [color, fontSize, fontWeight, textShadow, groundOf(element)].join();
      if (length >= (longest.get(look)?.length ?? 0)) longest.set(look, { element, length });
    }
    const elements = [...longest.values()].map(({ element }) => element);
    const { violations } = await run(elements as unknown as Parameters<typeof run>[0], {
      resultTypes: ['violations'],
      runOnly: ['color-contrast'],
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
