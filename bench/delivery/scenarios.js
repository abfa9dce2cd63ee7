/** What happens to a visitor's events: each scenario sends some and ends where nothing more will be sent on purpose. */

/**
 * @typedef {object} Visit
 * @property {import('playwright').Page} page that tracks
 * @property {(how: import('./receiver.js').Mode) => void} fail
 * @property {() => Promise<void>} comeBack opens a page that tracks
 */

/**
 * @param {import('playwright').Page} page
 * @param {number} count
 * @param {number} [chars] of each
 */
const track = (page, count, chars = 0) =>
  page.evaluate(
    ({ count, chars }) => {
      const pad = 'x'.repeat(chars / 3);
      const { track } = /** @type {any} */ (window);
      for (let at = 0; at < count; at++)
        track(chars ? { tag: `t${at}`, a: pad, b: pad, c: pad } : { tag: `t${at}` });
    },
    { count, chars },
  );

/** Follows a link to another site, which does not track. */
const leave = async (/** @type {import('playwright').Page} */ page) => {
  await page.evaluate(() => document.querySelector('a')?.click());
  await page.waitForURL('**/away');
};

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @type {Record<string, { what: string, sent: number, run: (visit: Visit) => Promise<unknown> }>} */
export const scenarios = {
  A: {
    what: '5 events, then a link',
    sent: 5,
    async run({ page }) {
      await track(page, 5);
      await leave(page);
    },
  },
  B: {
    what: '30 of 3 KB, then a link',
    sent: 30,
    async run({ page }) {
      await track(page, 30, 3000);
      await leave(page);
    },
  },
  C: {
    what: '30 of 3 KB, tab closed',
    sent: 30,
    async run({ page }) {
      await track(page, 30, 3000);
      await page.close({ runBeforeUnload: false });
    },
  },
  D: {
    what: '503 for 2 s',
    sent: 5,
    async run({ page, fail }) {
      fail('unavailable');
      await track(page, 5);
      await pause(2000);
      fail('well');
    },
  },
  F: {
    what: 'collector down, leave, come back',
    sent: 10,
    async run({ page, fail, comeBack }) {
      fail('down');
      await track(page, 10);
      await leave(page);
      await pause(500);
      fail('well');
      await comeBack();
    },
  },
  G: {
    what: 'page killed 30 ms after 5 events, come back',
    sent: 5,
    async run({ page, comeBack }) {
      const session = await page.context().newCDPSession(page);
      const crashed = page.waitForEvent('crash');
      await track(page, 5);
      await pause(30);
      // The dead do not answer.
      session.send('Page.crash').catch(() => {});
      await crashed;
      await comeBack();
    },
  },
  H: {
    what: 'B, then come back',
    sent: 30,
    async run({ page, comeBack }) {
      await track(page, 30, 3000);
      await leave(page);
      await comeBack();
    },
  },
};
