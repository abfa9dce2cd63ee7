/** What the bounce script sends of an address, and by which words of the page's or the visitor's it sends nothing. */
import { bounceScript } from '@liveinsight/tracker/bounce';
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { pageWith } from './site.js';
import { useVisits } from './visits.js';

describe.runIf(hasChromium)('the bounce script', () => {
  const visits = useVisits();

  /** A visitor who leaves while the tracker is still on its way, and comes to a page that says yes. */
  const leaveEarly = async (tag: string, { choice = '', referrer = '' } = {}) => {
    await visits.context.route('**/liveinsight.js', () => {});
    const head = `<script>
      localStorage['li:shop?'] = ${JSON.stringify(choice)} || localStorage['li:shop?'];
      if (!localStorage['li:shop?'].startsWith('"')) localStorage.removeItem('li:shop?');
      Object.defineProperty(document, 'referrer', { get: () => '${referrer}' })
    </script>`;
    const visit = (options: object, path: string) =>
      visits.page.goto(
        visits.site.origin + pageWith({ head, body: `<script>${bounceScript}</script>`, ...options }, path),
        { waitUntil: 'domcontentloaded' },
      );
    await visit({ tag: `data-site="shop" ${tag}` }, '/early');
    const forget = `localStorage.clear(); document.cookie = 'li%3Ashop%3F=;path=/;max-age=0'`;
    await visit({ head: `<script>${forget}</script>` }, '/last');
    await visits.page.goto('about:blank');
    await visits.site.arrived(() => visits.paths().includes('/last'));
  };

  it.each([
    ['the word "not granted" of the tag', 'data-consent="not granted"', ''],
    ['no word at all in the tag', 'data-consent=""', ''],
    ['a stored word that holds another', '', '"ungranted"'],
    ['the stored word "anonymous-denied"', '', '"anonymous-denied"'],
  ])('sends nothing by %s', async (_which, tag, choice) => {
    await leaveEarly(tag, { choice });
    expect(visits.paths()).toEqual(['/last']);
  });

  it('sends nothing by a choice that the extended script has stored in a cookie', async () => {
    await visits.page.goto(visits.site.origin + pageWith({ tag: 'type="text/plain"' }));
    await visits.page.evaluate("document.cookie = 'li%3Ashop%3F=%22denied%22;path=/'");
    await leaveEarly('');
    expect(visits.paths()).toEqual(['/last']);
  });

  it.each(['data-consent="granted"', 'data-consent="anonymous"', ''])('sends the view by %o', async (tag) => {
    await leaveEarly(tag);
    expect(visits.paths()).toContain('/early');
  });

  it('sends of the referrer its origin and path', async () => {
    await leaveEarly('', { referrer: 'https://example.org/reset?token=SECRET#access_token=SECRET' });
    const [early] = visits.site.batches.filter(({ events }) => events[0]?.page_url?.endsWith('/early'));
    expect(early?.session.referrer).toBe('https://example.org/reset');
  });
});
