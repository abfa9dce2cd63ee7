/** A reader who finds a way through the dashboard, by the mouse or by the keyboard alone. */
import type { Locator, Page } from 'playwright';

/** More presses of Tab than the largest view has stops. */
const MAX_STOPS = 250;

export interface Reader {
  /** What the reader has done so far: choices count as clicks. */
  clicks: number;
  press(target: Locator): Promise<void>;
  choose(select: Locator, option: string): Promise<void>;
  type(field: Locator, text: string): Promise<void>;
}

export function byMouse(): Reader {
  return {
    clicks: 0,
    async press(target) {
      this.clicks += 1;
      await target.click();
    },
    async choose(select, option) {
      this.clicks += 1;
      await select.selectOption({ label: option });
    },
    type: (field, text) => field.fill(text),
  };
}

export function byKeyboard(page: Page): Reader {
  return {
    clicks: 0,
    async press(target) {
      this.clicks += 1;
      await reach(page, target);
      // A tab is chosen as soon as it is reached.
      if ((await target.getAttribute('role')) !== 'tab') await page.keyboard.press('Enter');
    },
    async choose(select, option) {
      this.clicks += 1;
      await reach(page, select);
      const options = await select.locator('option').allTextContents();
      const steps =
        options.indexOf(option) - (await select.evaluate((it: HTMLSelectElement) => it.selectedIndex));
      for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowDown');
    },
    async type(field, text) {
      await reach(page, field);
      await page.keyboard.type(text);
    },
  };
}

const hasFocus = (target: Locator) => target.evaluate((it) => it === document.activeElement);

/** By Tab; within tabs, of which one alone is a stop, by arrows. */
async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < MAX_STOPS; stop += 1) {
    if (await hasFocus(target)) return;
    const isBesideIt = await target.evaluate(
      (it) =>
        it.getAttribute('role') === 'tab' &&
        it.closest('[role=tablist]') === document.activeElement?.closest('[role=tablist]'),
    );
    await page.keyboard.press(isBesideIt ? 'ArrowRight' : 'Tab');
  }
  throw new Error(`${target} is not in reach of the keyboard`);
}
