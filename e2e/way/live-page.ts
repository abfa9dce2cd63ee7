/** The live page in a browser, and when each event was first seen on it. */
import type { BrowserContext, Page } from 'playwright';

export interface LivePage {
  page: Page;
  /** Waits until the event has its row; says how many ms after its arrival in the store that was. */
  shown(eventId: string): Promise<number>;
}

/** @param dashboardUrl with the key in its fragment */
export async function openLivePage(context: BrowserContext, dashboardUrl: string): Promise<LivePage> {
  const page = await context.newPage();
  await page.addInitScript(noteRows);
  const url = new URL(dashboardUrl);
  url.searchParams.set('view', 'now');
  await page.goto(url.href);
  await page.locator('#status[data-state=live]').waitFor();
  return {
    page,
    async shown(eventId) {
      const row = page.locator(`#events li[data-event-id="${eventId}"]`);
      const arrivedAt = await row.locator('time').getAttribute('datetime');
      const seenAt = await page.evaluate((id) => (window as unknown as Noted).rowsSeenAt[id], eventId);
      return (seenAt ?? Number.NaN) - Date.parse(arrivedAt ?? '');
    },
  };
}

interface Noted {
  rowsSeenAt: Record<string, number>;
}

/** Runs in the page, before its own scripts. */
function noteRows(): void {
  const seen: Record<string, number> = {};
  (window as unknown as Noted).rowsSeenAt = seen;
  new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!(node instanceof HTMLElement)) continue;
      // A row comes alone, or the first ones with the list they are in.
      for (const row of [node, ...node.querySelectorAll<HTMLElement>('[data-event-id]')]) {
        const id = row.dataset.eventId;
        if (id) seen[id] ??= Date.now();
      }
    }
  }).observe(document, { childList: true, subtree: true });
}
