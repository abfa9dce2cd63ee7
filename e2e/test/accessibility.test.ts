/** The check of accessibility finds what it is to find, though it looks at one text of each look. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../scripts/launch-chromium.mjs';
import { faultsOf } from '../way/accessibility.js';

const ROWS = 9;
/** Of its rows one is as given, and not the last. */
const page = (attributes: string, text = 'Page') => {
  const rows = Array.from(
    { length: ROWS },
    (_, row) => `<tr><td${row === ROWS - 2 ? attributes : ''}>${row === ROWS - 2 ? text : row}</td></tr>`,
  );
  return `<!doctype html><html lang="en"><title>Pages</title><style>
    .pale { color: #bbb } .wash { background: #555 } .veil { position: relative; opacity: 0.4 }
  </style><main><h1>Pages</h1><table><tr><th>Page</th></tr>${rows.join('')}</table></main>`;
};

describe.skipIf(!hasChromium)('the check of accessibility', () => {
  let browser: Browser;
  let opened: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    opened = await browser.newPage();
  });
  afterAll(() => browser?.close());

  it('finds no fault where there is none', async () => {
    await opened.setContent(page(''));
    expect(await faultsOf(opened)).toEqual([]);
  });

  it.each([
    ['a pale text', ' class="pale"'],
    ['a text on a dark ground', ' class="wash"'],
    ['a text that shines through', ' class="veil"'],
    ['a colour of its own', ' style="color:#aaa"'],
  ])('finds %s in one of many rows', async (_, attributes) => {
    await opened.setContent(page(attributes));
    expect(await faultsOf(opened)).toEqual([expect.stringMatching(/^color-contrast <td/)]);
  });

  it('finds what is no matter of colours', async () => {
    await opened.setContent(page('', '<button></button>'));
    expect(await faultsOf(opened)).toEqual([expect.stringMatching(/^button-name <button/)]);
  });
});
