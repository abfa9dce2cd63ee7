import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { pageWith } from './site.js';
import { useVisits } from './visits.js';

/** A tag without a site does nothing. */
const UNTRACKED = { tag: '' };
const NO_STORAGE = `<script>Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })</script>`;
const FULL_TAB = `<script>for (let size = 1 << 22; size; size >>= 1) for (;;) try { sessionStorage['filler' + size + Math.random()] = 'x'.repeat(size) } catch { break }</script>`;

describe.runIf(hasChromium)('a page that is left for another', () => {
  const visits = useVisits();
  const { call, open, views } = visits;
  const types = () =>
    visits.site.batches.map(({ events }) => events.map((event) => event.event_type).join(' '));
  /** Its view has been sent, and the answer was heard. */
  const started = async (count = 1) => {
    await visits.site.arrived(() => views().length === count);
    await visits.page.waitForFunction(() => !Object.keys(localStorage).some((key) => /^li:.*:/.test(key)));
  };
  /** Other hosts' pages are of another origin. */
  const elsewhere = () => visits.site.origin.replace('127.0.0.1', 'localhost');

  it('leaves its exit and clicks to the first batch of the next', async () => {
    await open();
    await started();
    await visits.page.click('#buy');
    await visits.page.click('#next');
    await started(2);
    expect(types()).toEqual(['page_view', 'click click page_exit page_view']);
    const sessions = new Set(visits.site.batches.map(({ session }) => session.session_id));
    expect(sessions.size).toBe(1);
    expect(await visits.page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
  });

  it.each([
    ['a view', () => 0],
    ['a conversion', () => call('conversion', 'signup')],
    ['an event of the site', () => call('track', 'opened')],
  ])('sends %s at once, which a next page without the tracker would keep', async (_what, make) => {
    await open({ head: '<script>window.setTimeout = () => 0</script>' });
    await visits.page.waitForFunction(() => 'on' in liveinsight);
    await make();
    await visits.page.goto(visits.site.origin + pageWith(UNTRACKED));
    await visits.site.arrived(() => views().length === 1);
    expect(visits.site.batches).toHaveLength(1);
    expect(types()[0]).toMatch(/^page_view .*page_exit$/);
  });

  it('sends them at once where the next is of another origin', async () => {
    await open();
    await started();
    await visits.page.click('#buy');
    await visits.page.goto(elsewhere() + pageWith(UNTRACKED));
    await visits.site.arrived(() => visits.site.ofType('page_exit').length === 1);
    expect(types()).toEqual(['page_view', 'click page_exit']);
  });

  it.each([
    ['window', 'pagehide'],
    ['document', 'visibilitychange'],
  ])(
    'sends at once what a listener of the page records as it is left: of the %s, to %s',
    async (target, type) => {
      await open();
      await started();
      await visits.page.evaluate(
        `${target}.addEventListener('${type}', () => document.visibilityState === 'hidden' || '${type}' === 'pagehide' ? liveinsight('conversion', 'left') : 0)`,
      );
      await visits.page.goto(elsewhere() + pageWith(UNTRACKED));
      await visits.site.arrived(() => visits.site.ofType('conversion').length > 0);
    },
  );

  it('sends them at once where a redirect leads there', async () => {
    await open();
    await started();
    await visits.page.route('**/out', (route) =>
      route.fulfill({ status: 302, headers: { location: elsewhere() + pageWith(UNTRACKED) } }),
    );
    await visits.page.evaluate(() => location.assign('/out'));
    await visits.site.arrived(() => visits.site.ofType('page_exit').length === 1);
  });

  it('sends them at once when it is closed', async () => {
    await open();
    await started();
    await visits.page.click('#buy');
    await visits.page.close({ runBeforeUnload: true });
    await visits.site.arrived(() => visits.site.ofType('page_exit').length === 1);
    expect(types()).toEqual(['page_view', 'click page_exit']);
  });

  it.each([
    ['there is no storage', { head: NO_STORAGE }],
    ['nothing may be stored', { tag: 'data-site="shop" data-consent="anonymous"' }],
    ["the tab's storage is full", { head: FULL_TAB }],
  ])('sends them at once where %s', async (_where, options) => {
    await open(options);
    await visits.site.arrived(() => views().length === 1);
    await visits.page.click('#buy');
    // Without the tracker: nobody else would send them.
    await visits.page.goto(visits.site.origin + pageWith(UNTRACKED));
    await visits.site.arrived(() => visits.site.ofType('page_exit').length === 1);
    expect(visits.site.ofType('click')).toHaveLength(1);
  });

  it('leaves them to the next visit where the next has no tracker', async () => {
    await open();
    await started();
    await visits.page.click('#buy');
    await visits.page.goto(visits.site.origin + pageWith(UNTRACKED));
    expect(types()).toEqual(['page_view']);
    await open();
    await started(2);
    expect(types()).toEqual(['page_view', 'click page_exit page_view']);
  });

  it('leaves them to the next page of its own site', async () => {
    await open();
    await started();
    await visits.page.click('#buy');
    await open({ tag: 'data-site="other"' });
    await visits.site.arrived(() => views().length === 2);
    expect(visits.site.batches.map(({ site, events }) => [site, events.length])).toEqual([
      ['shop', 1],
      ['other', 1],
    ]);
    await open();
    await visits.site.arrived(() => views().length === 3);
    expect(visits.site.batches.filter(({ site }) => site === 'shop').at(-1)?.events).toHaveLength(3);
  });

  it('holds nothing back for a link that loads a file', async () => {
    await visits.page.route('**/file', (route) =>
      route.fulfill({ headers: { 'Content-Disposition': 'attachment' }, body: 'x' }),
    );
    await open({ body: '<a id="file" href="/file">file</a>' });
    await started();
    await visits.page.click('#file');
    await call('conversion', 'download');
    await visits.site.arrived(() => visits.site.ofType('conversion').length === 1);
    expect(types()).toEqual(['page_view', 'click conversion']);
  });

  it('keeps what it has left from its other tabs', async () => {
    await open();
    await started();
    const other = await visits.context.newPage();
    await visits.page.click('#buy');
    await visits.page.goto(visits.site.origin + pageWith(UNTRACKED));
    await other.goto(visits.site.origin + pageWith({}, '/other'));
    await visits.site.arrived(() => views().length === 2);
    await other.close();
    await visits.site.arrived(() => visits.paths().includes('/other'));
    expect(visits.site.ofType('click')).toEqual([]);
    await open();
    await visits.site.arrived(() => visits.site.ofType('click').length === 1);
  });
});
