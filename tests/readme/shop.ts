/** One page of a shop with a real collector and database behind it, visited by a real browser. */
import { type RecordedEvent, startInsight } from '@liveinsight/testing';
import { launchChromium } from '../../scripts/launch-chromium.mjs';

/**
 * Opens a page with `head` in it, clicks its button, which it gets where it has none, and leaves.
 * @returns what is stored once it has events of all the types
 */
export async function visit(head: string, types: string[]): Promise<RecordedEvent[]> {
  const button = head.includes('id="buy"') ? '' : '<button id="buy">Buy</button>';
  const shop = `<!doctype html><title>Shop</title>${head}${button}`;
  const insight = await startInsight({ pages: { '/': shop }, timeoutMs: 50_000 });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(insight.url, { waitUntil: 'networkidle' });
    await page.click('#buy');
    // Leaving sends what waits.
    await page.goto('about:blank');
    for (const type of types) await insight.waitFor(type);
    return insight.events();
  } finally {
    await browser.close();
    await insight.close();
  }
}
