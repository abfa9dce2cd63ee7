/** Which of several choices holds: those of the core script are in localStorage, those of the extended one in a cookie of the domain. */
import { bounceScript } from '@liveinsight/tracker/bounce';
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { type PageOptions, pageWith } from './site.js';
import { useVisits } from './visits.js';

const CORE: PageOptions = {};
const EXTENDED: PageOptions = {
  file: 'liveinsight.extended.js',
  tag: 'data-site="shop" data-capture="none" data-cookie-domain="shop.localhost"',
};
const UNTRACKED: PageOptions = { tag: 'type="text/plain"' };

describe.runIf(hasChromium)('of several choices', () => {
  const visits = useVisits();
  const open = (host: string, options: PageOptions) =>
    visits.page.goto(`http://${host}:${new URL(visits.site.origin).port}${pageWith(options)}`);
  const choose = async (host: string, options: PageOptions, word: string) => {
    await open(host, options);
    await visits.call('consent', word);
  };
  /** Whether an event that is recorded now is stored, with a name to be sent by. */
  const records = async () => {
    await visits.call('track', 'seen');
    return visits.page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('li:shop:')));
  };
  const setCookie = (choice: string, domain = '') =>
    visits.page.evaluate(`document.cookie = 'li%3Ashop%3F=%22${choice}%22;path=/${domain}'`);
  const own = (word: string) => choose('shop.localhost', CORE, word);
  const everywhere = (word: string) => choose('www.shop.localhost', EXTENDED, word);

  const ORDERS: [string, () => Promise<void>, () => Promise<void>, boolean][] = [
    ['a denial everywhere after a yes on this host', () => own('granted'), () => everywhere('denied'), false],
    ['a yes on this host after a denial everywhere', () => everywhere('denied'), () => own('granted'), true],
    ['a denial on this host after a yes everywhere', () => everywhere('granted'), () => own('denied'), false],
    ['a yes everywhere after a denial on this host', () => own('denied'), () => everywhere('granted'), true],
  ];

  it.each(
    ORDERS.flatMap(([what, first, last, isGranted]) => [
      { what, first, last, isGranted, reader: 'core', options: CORE },
      { what, first, last, isGranted, reader: 'extended', options: EXTENDED },
    ]),
  )('the last holds for the $reader script: $what', async ({ first, last, isGranted, options }) => {
    await first();
    await last();
    await open('shop.localhost', options);
    expect(await records()).toBe(isGranted);
  });

  it('the last holds at once in a tab that is open', async () => {
    await own('granted');
    const tab = visits.page;
    const other = await visits.context.newPage();
    await other.goto(tab.url().replace(/\?.*/, pageWith(EXTENDED).slice(1)).replace('//', '//www.'));
    await other.evaluate(() => liveinsight('consent', 'denied'));
    expect(await records()).toBe(false);
  });

  const NOW = '7232774400000';
  it.each([
    // As this script stores them, and as one without times has stored them.
    { local: 'granted', cookie: `${NOW}denied`, isGranted: false },
    { local: 'denied', cookie: `${NOW}granted`, isGranted: true },
    { local: `${NOW}granted`, cookie: 'denied', isGranted: true },
    { local: `${NOW}denied`, cookie: 'granted', isGranted: false },
    { local: 'granted', cookie: 'denied', isGranted: false },
    { local: 'denied', cookie: 'granted', isGranted: false },
    { local: 'denied', cookie: '', isGranted: false },
    { local: '', cookie: 'denied', isGranted: false },
    { local: 'granted', cookie: '', isGranted: true },
    { local: `${NOW}maybe`, cookie: 'granted', isGranted: false },
    { local: 'maybe', cookie: '', isGranted: false },
  ])(
    'a word without a time is older: $local here, $cookie in a cookie',
    async ({ local, cookie, isGranted }) => {
      await open('shop.localhost', UNTRACKED);
      if (local) await visits.page.evaluate(`localStorage['li:shop?'] = '"${local}"'`);
      if (cookie) await setCookie(cookie);
      for (const options of [CORE, EXTENDED]) {
        await open('shop.localhost', options);
        expect(await records()).toBe(isGranted);
      }
    },
  );

  it.each([
    ['granted', 'denied'],
    ['denied', 'granted'],
  ])('the last of two cookies holds: %s, then %s', async (first, last) => {
    await open('shop.localhost', UNTRACKED);
    await setCookie(`${9e12 - 2000}${first}`);
    await setCookie(`${9e12 - 3000}${last}`, ';domain=shop.localhost');
    for (const options of [CORE, EXTENDED]) {
      await open('shop.localhost', options);
      expect(await records()).toBe(last === 'granted');
    }
  });

  it.each(ORDERS)('the last holds for the bounce script: %s', async (_what, first, last, isGranted) => {
    await first();
    await last();
    const before = visits.views().length;
    await visits.context.route('**/liveinsight.js', () => {});
    await visits.page.goto(
      `http://shop.localhost:${new URL(visits.site.origin).port}${pageWith({ body: `<script>${bounceScript}</script>` }, '/early')}`,
      { waitUntil: 'domcontentloaded' },
    );
    await open('other.localhost', UNTRACKED);
    await visits.context.unroute('**/liveinsight.js');
    await open('other.localhost', CORE);
    await visits.leave();
    expect(visits.paths().slice(before).includes('/early')).toBe(isGranted);
  });
});
