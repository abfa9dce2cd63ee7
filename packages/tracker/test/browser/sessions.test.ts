import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { pageWith } from './site.js';
import { useVisits } from './visits.js';

const NOON = new Date('2026-03-01T12:00:00Z').getTime();
const FULL_STORAGE = `<script>
  for (let size = 1 << 22; size; size >>= 1)
    try { localStorage.setItem('filler' + size, 'x'.repeat(size)); } catch {}
</script>`;
const NO_STORAGE = `<script>
  Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } });
</script>`;

describe.runIf(hasChromium)('a session', () => {
  const visits = useVisits();
  const { call, open, views, leave } = visits;
  const sessions = () => [...new Set(visits.site.batches.map((batch) => batch.session.session_id))];
  let time = NOON;
  /** From here on the clock of the page stands still but for what `pass` adds; its timers run. */
  const stopClock = async () => {
    time = NOON;
    await visits.page.clock.setFixedTime(time);
  };
  const pass = (minutes: number) => {
    time += minutes * 60_000;
    return visits.page.clock.setFixedTime(time);
  };

  it('ends after 30 minutes without an event: what comes next begins another, with a view', async () => {
    await stopClock();
    await open();
    await pass(29);
    await call('track', 'in time');
    await pass(31);
    await call('track', 'late');
    await leave();
    const [first, second, ...more] = sessions();
    expect(more).toEqual([]);
    const ofSession = (id: string | undefined) =>
      visits.site.batches
        .filter((batch) => batch.session.session_id === id)
        .flatMap((batch) => batch.events)
        .map((event) => [event.event_type, 'view' in event ? event.view : undefined]);
    expect(ofSession(first)).toContainEqual(['page_view', 1]);
    expect(ofSession(second)).toContainEqual(['page_view', 1]);
    expect(visits.customs('in time')[0]).toMatchObject({ gap_ms: 29 * 60_000 });
    expect(visits.customs('late')[0]).toMatchObject({ gap_ms: 0 });
    expect(new Set(visits.site.batches.map((batch) => batch.visitor_id)).size).toBe(1);
  });

  it('ends after a day where the clock was a year ahead and is set right', async () => {
    await stopClock();
    await pass(365 * 24 * 60);
    await open();
    await pass(-365 * 24 * 60);
    for (let minutes = 0; minutes <= 24 * 60; minutes += 25) {
      await call('track', 'busy');
      await pass(25);
    }
    await leave();
    expect(sessions()).toHaveLength(2);
  });

  it('goes on where its cookie stands beside one of an earlier domain', async () => {
    const port = new URL(visits.site.origin).port;
    const at = (domain: string) =>
      `http://www.shop.localhost:${port}${pageWith({ file: 'liveinsight.extended.js', tag: `data-site="shop" data-capture="none" data-cookie-domain="${domain}"` })}`;
    await visits.page.goto(at('www.shop.localhost'));
    await leave();
    // The visitor comes back a day later.
    await visits.page.goto(at('www.shop.localhost'));
    await visits.page.evaluate(() => {
      const [, value = ''] = document.cookie.match(/li%3Ashop=([^;]*)/) ?? [];
      const session = JSON.parse(decodeURIComponent(value));
      session.l -= 864e5;
      session.b -= 864e5;
      const old = encodeURIComponent(JSON.stringify(session));
      liveinsight('consent', 'denied');
      // biome-ignore lint/suspicious/noDocumentCookie: as the tracker writes it.
      document.cookie = `li%3Ashop=${old};domain=www.shop.localhost;path=/;max-age=99`;
      // biome-ignore lint/suspicious/noDocumentCookie: as the tracker writes it.
      document.cookie = 'li%3Ashop%3F=;domain=www.shop.localhost;path=/;max-age=0';
    });
    const before = sessions().length;
    await visits.page.goto(at('shop.localhost'));
    for (const name of ['one', 'two', 'three']) await call('track', name);
    await leave();
    expect(sessions()).toHaveLength(before + 1);
  });

  it('ends after a day, however busy', async () => {
    await stopClock();
    await open();
    for (let minutes = 0; minutes <= 24 * 60; minutes += 25) {
      await pass(25);
      await call('track', 'busy');
    }
    await leave();
    expect(sessions()).toHaveLength(2);
    expect(views().map(({ view }) => view)).toEqual([1, 1]);
  });

  it('ends where another campaign begins, and not where the same or none does', async () => {
    for (const search of ['?utm_source=news', '?utm_source=news', '?', '?utm_source=mail']) {
      await visits.page.goto(`${visits.site.origin}/landing${search}`);
      await leave();
    }
    expect(sessions()).toHaveLength(2);
    expect(views().map(({ view }) => view)).toEqual([1, 2, 3, 1]);
    expect(new Set(visits.site.batches.map(({ session }) => session.utm?.source))).toEqual(
      new Set(['news', 'mail']),
    );
  });

  it('is one over tabs and reloads, and numbers views and conversions over all of them', async () => {
    await open({}, '/one');
    await call('conversion', 'signup');
    const tab = await visits.context.newPage();
    await tab.goto(`${visits.site.origin}/two`);
    await tab.evaluate(() => liveinsight('conversion', 'purchase'));
    await tab.reload();
    await call('conversion', 'purchase');
    await tab.close();
    await leave();
    await visits.site.arrived(() => views().length === 3);
    expect(sessions()).toHaveLength(1);
    expect(views().sort((a, b) => (a.view ?? 0) - (b.view ?? 0))).toMatchObject([
      { view: 1, first_on_page: true },
      { view: 2, from_page: '/one', first_on_page: true },
      { view: 3, from_page: '/two', first_on_page: false },
    ]);
    const conversions = visits.site
      .ofType('conversion')
      .map(({ conversion_type, nth, nth_of_type }) => [conversion_type, nth, nth_of_type]);
    expect(conversions).toHaveLength(3);
    expect(conversions).toEqual(
      expect.arrayContaining([
        ['signup', 1, 1],
        ['purchase', 2, 1],
        ['purchase', 3, 2],
      ]),
    );
  });

  it('measures the gap since the last event of any tab', async () => {
    await stopClock();
    await open();
    const tab = await visits.context.newPage();
    await tab.clock.setFixedTime(NOON + 60_000);
    await tab.goto(`${visits.site.origin}/two`);
    await tab.evaluate(() => liveinsight('track', 'there'));
    await pass(1.5);
    await call('track', 'here');
    await tab.close();
    await leave();
    await visits.site.arrived(() => visits.customs('there').length === 1);
    expect(visits.customs('here')[0]).toMatchObject({ gap_ms: 30_000 });
  });

  it('reports the time a page was seen once, however many signs there are of its being left', async () => {
    await stopClock();
    await open();
    await pass(1);
    await visits.page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pagehide'));
      dispatchEvent(new Event('blur'));
      Object.defineProperty(document, 'hidden', { value: true });
      dispatchEvent(new Event('visibilitychange'));
    });
    await leave();
    const exits = visits.site.ofType('page_exit');
    expect(exits).toHaveLength(1);
    expect(exits[0]).toMatchObject({ page_url: `${visits.site.origin}/`, engaged_ms: 60_000 });
  });

  /** The wheel is turned without waiting for the page to hear of it. */
  async function scroll() {
    const { page } = visits;
    const heard = page.evaluate(() =>
      new Promise((resolve) => addEventListener('wheel', resolve, { once: true })).then(() => {}),
    );
    await page.mouse.wheel(0, 9);
    await heard;
  }

  it.each([
    ['nobody does anything', () => {}, undefined],
    [
      'a script clicks and moves',
      () =>
        visits.page.evaluate(() => {
          document.body.click();
          dispatchEvent(new PointerEvent('pointerover'));
        }),
      undefined,
    ],
    ['the visitor moves the mouse', () => visits.page.mouse.move(9, 9), true],
    ['the visitor presses a key', () => visits.page.keyboard.press('PageDown'), true],
    ['the visitor scrolls', scroll, true],
  ])(
    'becomes engaged on a page that is open for long only by its visitor: %s',
    async (_what, act, engaged) => {
      await stopClock();
      await open();
      await pass(1);
      await act();
      await leave();
      expect(visits.site.ofType('page_exit')[0]).toMatchObject({ engaged_ms: 60_000 });
      expect(visits.site.ofType('page_exit')[0]?.engaged).toBe(engaged);
    },
  );

  it('reports the time a page was seen by page, and no more than half an hour without a sign', async () => {
    await stopClock();
    await open();
    await pass(2);
    await visits.page.evaluate(() => history.pushState({}, '', '/next'));
    await pass(600);
    await leave();
    const engaged = visits.site
      .ofType('page_exit')
      .map(({ page_url = '', engaged_ms }) => [new URL(page_url).pathname, engaged_ms]);
    expect(engaged).toEqual([
      ['/', 120_000],
      ['/next', 1_800_000],
    ]);
  });

  it.each([
    ['denied', NO_STORAGE],
    ['full', FULL_STORAGE],
  ])('works where storage is %s, and claims no ordinal', async (_what, head) => {
    await open({ head });
    await call('conversion', 'signup');
    await visits.page.evaluate(() => history.pushState({}, '', '/next'));
    await leave();
    expect(sessions()).toHaveLength(1);
    expect(views().map(({ view }) => view)).toEqual([0, 0]);
    expect(visits.site.ofType('conversion')).toMatchObject([{ nth: 0 }]);
    expect(visits.site.batches[0]?.visitor_id).toBeUndefined();
  });

  it('is one over subdomains where a cookie may be shared', async () => {
    const port = new URL(visits.site.origin).port;
    const tag = 'data-site="shop" data-cookie-domain="shop.localhost"';
    for (const host of ['www.shop.localhost', 'cart.shop.localhost']) {
      await visits.page.goto(`http://${host}:${port}${pageWith({ file: 'liveinsight.extended.js', tag })}`);
      await leave();
    }
    expect(sessions()).toHaveLength(1);
    expect(views().map(({ view }) => view)).toEqual([1, 2]);
    expect(new Set(visits.site.batches.map((batch) => batch.visitor_id)).size).toBe(1);
  });

  it('fits into its cookie however many pages it has seen', async () => {
    const port = new URL(visits.site.origin).port;
    const tag = 'data-site="shop" data-cookie-domain="shop.localhost"';
    await visits.page.goto(
      `http://www.shop.localhost:${port}${pageWith({ file: 'liveinsight.extended.js', tag })}`,
    );
    await visits.page.evaluate(() => {
      for (let n = 2; n <= 120; n++) history.pushState({}, '', `/a/rather/long/path/of/a/page/${n}`);
    });
    await leave();
    // They arrive in several batches, on connections that may overtake each other.
    const seen = views().map(({ view, first_on_page }) => ({ view, first_on_page }));
    expect(seen.sort((a, b) => Number(a.view) - Number(b.view))).toEqual(
      Array.from({ length: 120 }, (_, at) => ({ view: at + 1, first_on_page: true })),
    );
  });
});
