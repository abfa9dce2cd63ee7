/** The visit that every app gets, the same for all frameworks: a page is opened, links are followed, the visitor goes back. */
import type { Browser } from 'playwright';
import type { startFront } from './front.js';

/** What is clicked, which may redirect, and the page that is then shown. `back` is the browser's button. */
const WAY = [
  ['two', 'Two'],
  ['three', 'Three'],
  ['old', 'Two'],
  ['back', 'Three'],
  ['two', 'Two'],
] as const;

/** The views there are to be: the pages that are seen, under their own titles, and no other. */
export const VIEWS = ['One', ...WAY.map(([, title]) => title)].map((title) => [
  `/${title.toLowerCase()}`,
  title,
]);

const PATIENCE_MS = 10_000;

/** @returns what the page complained of */
export async function visit(
  browser: Browser,
  front: Awaited<ReturnType<typeof startFront>>,
): Promise<string[]> {
  const complaints: string[] = [];
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  const shows = (title: string) => page.locator('h1', { hasText: title }).waitFor();

  await page.goto(`${front.origin}/one`);
  await shows('One');
  // An app that is not hydrated yet would follow the link by loading a page.
  await page.waitForLoadState('networkidle');
  await until(() => front.views().length >= 1);
  for (const [index, [to, title]] of WAY.entries()) {
    if (to === 'back') await page.goBack();
    else await page.click(`#${to}`);
    await shows(title);
    await until(() => front.views().length >= index + 2);
  }
  await page.goto('about:blank');
  await until(() => front.exits() >= VIEWS.length);
  await context.close();
  return complaints;
}

/** Goes on after a while in any case: what has not come by then is missing in what the test expects. */
async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !condition() && Date.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 50));
}
