import { chromium } from 'playwright';
import { launch } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { pageWith, startSite } from './site.js';
import { useVisits } from './visits.js';

const EXTENDED = 'liveinsight.extended.js';
const NO_NAVIGATION_API = '<script>delete window.navigation</script>';
const HIDDEN = `<script>
  let hidden = true;
  Object.defineProperty(document, 'hidden', { get: () => hidden });
  function show() { hidden = false; dispatchEvent(new Event('visibilitychange')); }
</script>`;

describe.runIf(hasChromium)('page views', () => {
  const visits = useVisits();
  const go = (code: string) => visits.page.evaluate(code);
  const arrived = (count: number) => visits.site.arrived(() => visits.views().length === count);

  it.each([
    ['by the Navigation API', {}],
    ['by a patched history', { head: NO_NAVIGATION_API }],
    ['by the patched history of the extended script', { file: EXTENDED, head: NO_NAVIGATION_API }],
  ])('are counted where the path changes, and only there: %s', async (_how, options) => {
    await visits.open(options);
    await visits.site.arrived(() => visits.views().length === 1);
    // As Vue's router does: the position is saved by replaceState before each push.
    await go(`history.replaceState({ scroll: 7 }, ''); history.pushState({}, '', '/vue')`);
    // As Next's does: the state is written again after the push.
    await go(`history.pushState({}, '', '/next'); history.replaceState({ tree: 1 }, '', '/next')`);
    await go(`history.pushState({}, '', '/next'); history.pushState({}, '', '/next?sort=price#top')`);
    await go(`new Promise((done) => { addEventListener('popstate', done, { once: true }); history.go(-3) })`);
    await visits.leave();
    expect(visits.paths()).toEqual(['/', '/vue', '/next', '/vue']);
    expect(visits.views().map(({ view }) => view)).toEqual([1, 2, 3, 4]);
  });

  it('leave the history alone where the browser has the Navigation API', async () => {
    await visits.open();
    await visits.site.arrived(() => visits.views().length === 1);
    expect(await go('String(history.pushState)')).toContain('[native code]');
  });

  it.each([
    ['', ['/']],
    ['data-hash', ['/', '/#/cart', '/#/done']],
  ])('count hash routes only where told to: %o', async (hash, paths) => {
    await visits.open({ file: EXTENDED, tag: `data-site="shop" ${hash}` });
    await visits.site.arrived(() => visits.views().length === 1);
    await go(`location.hash = '#/cart'`);
    await go(`history.pushState({}, '', '#/done')`);
    await visits.leave();
    expect(visits.paths()).toEqual(paths);
  });

  describe.each([
    ['by the Navigation API', ''],
    ['by a patched history', NO_NAVIGATION_API],
  ])('that a route leads on from, unseen (%s)', (_how, head) => {
    const click = (code: string) => `buy.onclick = () => { ${code} }; buy.click()`;

    it.each([
      ['a push', `history.pushState({}, '', '/account'); history.pushState({}, '', '/login')`],
      [
        'a push later on',
        `history.pushState({}, '', '/account'); setTimeout(() => history.pushState({}, '', '/login'), 90)`,
      ],
      [
        'a chain of both',
        `history.pushState({}, '', '/a'); history.replaceState({}, '', '/b'); history.pushState({}, '', '/login')`,
      ],
    ])('are not counted, but what it led to is: %s', async (_which, code) => {
      await visits.open({ head });
      await arrived(1);
      await go(click(code));
      await arrived(2);
      await visits.leave();
      expect(visits.paths()).toEqual(['/', '/login']);
      expect(visits.views()[1]).toMatchObject({ view: 2, from_page: '/', first_on_page: true });
    });

    it('are counted where the visitor clicks on or goes back, however quickly', async () => {
      await visits.open({ head });
      await go(click(`history.pushState({}, '', '/two')`));
      await go(click(`history.pushState({}, '', '/three')`));
      await go(click(`history.pushState({}, '', '/four')`));
      await go(
        `new Promise((done) => { addEventListener('popstate', done, { once: true }); history.back() })`,
      );
      await visits.leave();
      expect(visits.paths()).toEqual(['/', '/two', '/three', '/four', '/three']);
    });
  });

  it('are counted once where the script tag stands twice', async () => {
    await visits.open({ body: '<script src="/liveinsight.js" data-site="shop"></script>' });
    await go(`history.pushState({}, '', '/next')`);
    await visits.leave();
    expect(visits.paths()).toEqual(['/', '/next']);
  });

  it('are counted once where a component starts the tracker twice, as under StrictMode', async () => {
    await visits.page.goto(`${visits.site.origin}/?tag=type="text/plain"`);
    const same = await go(`import('/index.js').then(({ createTracker }) => {
      const options = { site: 'shop' };
      const first = createTracker(options);
      globalThis.liveinsight = (name, ...args) => first[name](...args);
      return first === createTracker(options);
    })`);
    await go(`history.pushState({}, '', '/next')`);
    await visits.leave();
    expect(same).toBe(true);
    expect(visits.paths()).toEqual(['/', '/next']);
  });

  it('go to a relative endpoint of the page that the npm build started on, whatever its <base> and router', async () => {
    await visits.open({ tag: 'type="text/plain"', body: '<base href="http://elsewhere.localhost:1/">' });
    const start = `import(location.origin + '/index.js').then(({ createTracker }) => {
      const tracker = createTracker({ site: 'shop', endpoint: 'api/events' });
      globalThis.liveinsight = (name, ...args) => tracker[name](...args);
    })`;
    await go(start);
    await go(`history.pushState({}, '', location.origin + '/deep/below/')`);
    await visits.leave();
    expect(visits.paths()).toEqual(['/', '/deep/below/']);
  });

  it('wait where a tab is opened in the background', async () => {
    await visits.open({ head: HIDDEN });
    await visits.call('track', 'before');
    await visits.site.arrived(() => visits.customs('before').length === 1);
    expect(visits.views()).toEqual([]);
    await go('show()');
    await visits.leave();
    expect(visits.paths()).toEqual(['/']);
    expect(visits.views()[0]).toMatchObject({ view: 1 });
    expect(visits.site.batches[0]?.session.entry_page).toBe('/');
    expect(visits.customs('before')[0]?.page_url).toBe(`${visits.site.origin}/`);
  });
});

describe.runIf(hasChromium)('a page that comes back from the back/forward cache', () => {
  const visits = useVisits(() =>
    chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--enable-features=BackForwardCache'],
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    }),
  );

  it('counts another view, from the page between, and numbers it in the same session', async () => {
    const { site, page, views } = visits;
    await visits.open();
    await site.arrived(() => views().length === 1);
    await page.evaluate(() => {
      (globalThis as { kept?: boolean }).kept = true;
      location.href = '/next';
    });
    await site.arrived(() => views().length === 2);
    await page.evaluate(() => history.back());
    await site.arrived(() => views().length === 3);
    expect(await page.evaluate(() => (globalThis as { kept?: boolean }).kept)).toBe(true);
    expect(views()).toMatchObject([
      { view: 1, first_on_page: true },
      { view: 2, from_page: '/', first_on_page: true },
      { view: 3, from_page: '/next', first_on_page: false },
    ]);
    expect(new Set(site.batches.map((batch) => batch.session.session_id)).size).toBe(1);
  });
});

describe.runIf(hasChromium)('a page that the browser prerenders', () => {
  it('is counted when it is shown, not before', async () => {
    const site = await startSite();
    // Playwright turns prerendering off.
    const browser = await launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    const views = () => site.ofType('page_view');
    try {
      const page = await browser.newPage();
      const rules = '{ "prerender": [{ "urls": ["/prerendered"], "eagerness": "immediate" }] }';
      await page.goto(site.origin + pageWith({ body: `<script type="speculationrules">${rules}</script>` }));
      await site.requested('/prerendered', '/liveinsight.js');
      await site.arrived(() => views().length === 1);
      await page.evaluate(() => {
        location.href = '/prerendered';
      });
      await site.arrived(() => views().length === 2);
      expect(views().map(({ page_url = '' }) => new URL(page_url).pathname)).toEqual(['/', '/prerendered']);
      // Shown as it was prerendered, not loaded again.
      expect(site.requests.filter((path) => path === '/prerendered')).toHaveLength(1);
    } finally {
      await browser.close();
      await site.close();
    }
  });
});
