/** What a view is: the page that was shown, by the title that it was shown with. */
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { pageWith } from './site.js';
import { useVisits } from './visits.js';

const NO_NAVIGATION_API = '<script>delete window.navigation</script>';

describe.runIf(hasChromium)('a view', () => {
  const visits = useVisits();
  const go = (code: string) => visits.page.evaluate(code);
  const shown = () =>
    visits.views().map(({ page_url = '', page_title }) => [new URL(page_url).pathname, page_title]);
  /** Resolves once so many views have left. */
  const left = (count: number) => visits.site.arrived(() => visits.views().length === count);

  it.each([
    ['by the Navigation API', ''],
    ['by a patched history', NO_NAVIGATION_API],
  ])('has the title that the router sets after the path, at once or late: %s', async (_how, head) => {
    await visits.open({ head });
    await left(1);
    await go(`history.pushState({}, '', '/sync'); document.title = 'Sync'`);
    await left(2);
    await go(
      `history.pushState({}, '', '/frame'); requestAnimationFrame(() => { document.title = 'Frame' })`,
    );
    await left(3);
    await go(`history.pushState({}, '', '/late'); void setTimeout(() => { document.title = 'Late' }, 200)`);
    await left(4);
    await go(`addEventListener('popstate', () => { document.title = 'Frame' }); history.back()`);
    await left(5);
    expect(shown()).toEqual([
      ['/', 'Shop'],
      ['/sync', 'Sync'],
      ['/frame', 'Frame'],
      ['/late', 'Late'],
      ['/frame', 'Frame'],
    ]);
  });

  it.each([
    ['a document that is still loading', 'late.js'],
    ['an app that has no title yet', ''],
  ])('has the title that comes after the usual time on %s', async (_what, late) => {
    await visits.context.route('**/late.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 900));
      await route.fulfill({ contentType: 'text/javascript', body: `document.title = 'Shown'` });
    });
    const body = late
      ? `<script defer src="/${late}"></script>`
      : `<script>document.title = ''; setTimeout(() => { document.title = 'Shown' }, 900)</script>`;
    await visits.page.goto(visits.site.origin + pageWith({ body }), { waitUntil: 'commit' });
    await left(1);
    expect(shown()).toEqual([['/', 'Shown']]);
  });

  it('is sent after a while though its document goes on loading', async () => {
    await visits.page.goto(visits.site.origin + pageWith({ body: '<img src="/slow">' }), {
      waitUntil: 'commit',
    });
    await left(1);
    expect(shown()).toEqual([['/', 'Shop']]);
  });

  it('has its title though something else was about to be sent', async () => {
    await visits.page.clock.install();
    await visits.open();
    await visits.page.clock.runFor(600);
    await left(1);
    await visits.call('track', 'before');
    await visits.page.clock.runFor(4_800);
    await go(`history.pushState({}, '', '/next')`);
    await visits.page.clock.runFor(400);
    await go(`document.title = 'Next'`);
    await visits.page.clock.runFor(200);
    await left(2);
    expect(shown()[1]).toEqual(['/next', 'Next']);
  });

  it('has the title of its own page where another follows at once', async () => {
    await visits.open();
    await left(1);
    await go(`history.pushState({}, '', '/one'); document.title = 'One'`);
    await go(`history.pushState({}, '', '/two'); document.title = 'Two'`);
    await visits.leave();
    expect(shown()).toEqual([
      ['/', 'Shop'],
      ['/one', 'One'],
      ['/two', 'Two'],
    ]);
  });

  it.each(['', NO_NAVIGATION_API])(
    'is none of a route that has led on before anyone saw it',
    async (head) => {
      await visits.open({ head: `${head}<script>history.replaceState({}, '', '/first')</script>` });
      await go(`history.replaceState({}, '', '/home'); document.title = 'Home'`);
      await left(1);
      await go(
        `history.pushState({}, '', '/account'); queueMicrotask(() => history.replaceState({}, '', '/home'))`,
      );
      await left(2);
      await go(
        `history.pushState({}, '', '/guard'); void setTimeout(() => history.replaceState({}, '', '/login'), 100)`,
      );
      await left(3);
      await visits.leave();
      expect(visits.paths()).toEqual(['/home', '/home', '/login']);
      expect(visits.site.batches[0]?.session.entry_page).toBe('/home');
      expect(visits.views()).toMatchObject([
        { view: 1, first_on_page: true },
        { view: 2, first_on_page: false, from_page: '/home' },
        { view: 3, first_on_page: true, from_page: '/home' },
      ]);
    },
  );

  it.each([['what beforeSend makes of it stays, when its title comes', 'Masked']])(
    '%s',
    async (_what, title) => {
      await visits.page.goto(`${visits.site.origin}/?tag=type="text/plain"`);
      await go(`import('/extended.js').then(({ createTracker }) => {
      const tracker = createTracker({ site: 'shop', capture: 'none', beforeSend: (event) => ({ ...event, page_title: '${title}' }) });
      globalThis.liveinsight = (name, ...args) => tracker[name](...args);
      document.title = 'secret';
    })`);
      await visits.leave();
      expect(shown()).toEqual([['/', title]]);
    },
  );

  it('is none of a frame without an address, whose events are kept', async () => {
    const frame = `<script src='${visits.site.origin}/liveinsight.js' data-site='shop'></script><script>liveinsight('track', 'framed')</script>`;
    await visits.open({ body: `<iframe srcdoc="${frame}"></iframe>` });
    await visits.site.arrived(() => visits.customs('framed').length === 1);
    await visits.leave();
    expect(visits.customs('framed')[0]).not.toHaveProperty('page_url');
    expect(visits.paths()).toEqual(['/']);
  });

  it('and clicks go on after document.open() has removed all listeners', async () => {
    await visits.open();
    await left(1);
    await go(
      `document.open(); document.write('<title>Written</title><button id="buy">Buy</button>'); document.close()`,
    );
    await visits.page.click('#buy');
    await visits.leave();
    expect(visits.site.ofType('click')).toHaveLength(1);
  });
});
