import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { useVisits } from './visits.js';

type Call = (...args: unknown[]) => void;

describe.runIf(hasChromium)('the script tag', () => {
  const visits = useVisits();
  const { call, views } = visits;
  const open = (path = '/') => visits.page.goto(visits.site.origin + path);

  it('sends a page view with its session, visitor and context', async () => {
    await open('/?utm_source=news&utm_campaign=spring');
    await visits.site.arrived(() => views().length === 1);
    expect(visits.site.batches[0]).toMatchObject({
      site: 'shop',
      session: { entry_page: '/', utm: { source: 'news', campaign: 'spring' } },
      visitor_id: expect.stringMatching(/^[0-9a-z.]{9,40}$/),
      context: {
        language: 'en-US',
        screen: expect.stringMatching(/^\d+x\d+$/),
        touch_points: 0,
        webdriver: true,
      },
    });
    expect(visits.site.batches[0]?.batch).toBe(views()[0]?.event_id);
    expect(views()[0]).toMatchObject({
      page_url: `${visits.site.origin}/`,
      page_title: 'Shop',
      view: 1,
      first_on_page: true,
    });
  });

  it('sends to the collector that it comes from, under whatever path that is mounted', async () => {
    await visits.open({ file: 'analytics/liveinsight.js' });
    await visits.site.arrived(() => views().length === 1);
    expect(visits.site.requests).toContain('/analytics/api/events');
  });

  it('makes calls that the stub has queued', async () => {
    await visits.page.addInitScript(() => {
      globalThis.liveinsight = Object.assign(
        function () {
          // biome-ignore lint/complexity/noArguments: the documented stub queues `arguments`.
          (globalThis.liveinsight as unknown as { q: IArguments[] }).q.push(arguments);
        } as Call,
        { q: [] },
      );
      liveinsight('track', 'early', { plan: 'pro' });
    });
    await open();
    await visits.site.arrived(() => visits.site.ofType('custom').length === 1);
    expect(visits.site.ofType('custom')[0]).toMatchObject({ name: 'early', props: { plan: 'pro' } });
  });

  it('numbers views over pages and says where each came from', async () => {
    await open();
    await visits.site.arrived(() => views().length === 1);
    await visits.page.evaluate(() => history.pushState({}, '', '/product?id=1'));
    await visits.page.evaluate(() => history.replaceState({}, '', '/product?id=2'));
    await visits.page.evaluate(() => history.pushState({}, '', '/'));
    await open('/next');
    await visits.site.arrived(() => views().length === 4);
    expect(
      views().map(({ view, from_page, first_on_page, page_url }) => ({
        view,
        from_page,
        first_on_page,
        page: new URL(page_url ?? '').pathname,
      })),
    ).toEqual([
      { view: 1, from_page: undefined, first_on_page: true, page: '/' },
      { view: 2, from_page: '/', first_on_page: true, page: '/product' },
      { view: 3, from_page: '/product', first_on_page: false, page: '/' },
      { view: 4, from_page: '/', first_on_page: true, page: '/next' },
    ]);
    expect(new Set(visits.site.batches.map((batch) => batch.session.session_id)).size).toBe(1);
  });

  it('reports a click on the element that acts, not on what is nested in it', async () => {
    await open();
    await visits.page.click('#buy b');
    await visits.site.arrived(() => views().length === 1);
    await open('/next');
    await visits.site.arrived(() => visits.site.ofType('click').length === 1);
    expect(visits.site.ofType('click')[0]).toMatchObject({
      element_tag: 'BUTTON',
      element_id: 'buy',
      element_class: 'primary big',
      element_text: 'Buy now',
    });
  });

  it('numbers conversions in the session and by type, and sends them within half a second', async () => {
    await open();
    await call('conversion', 'signup');
    await call('conversion', 'purchase', { value: 12.5, currency: 'EUR' });
    await visits.site.arrived(() => visits.site.ofType('conversion').length === 2);
    expect(visits.site.ofType('conversion')).toMatchObject([
      { conversion_type: 'signup', nth: 1, nth_of_type: 1 },
      { conversion_type: 'purchase', value: 12.5, currency: 'EUR', nth: 2, nth_of_type: 1 },
    ]);
  });

  it('sends a person from identify() on in batches of their own', async () => {
    await open();
    await visits.site.arrived(() => views().length === 1);
    await call('identify', 'user-1');
    await call('conversion', 'signup');
    await visits.site.arrived(() => visits.site.ofType('conversion').length === 1);
    expect(visits.site.batches.map((batch) => batch.user_id)).toEqual([undefined, 'user-1']);
  });

  it('keeps what was refused, and sends it again under the same name after Retry-After', async () => {
    const names: string[] = [];
    visits.site.answer((_request, response, batch) => {
      names.push(batch.batch);
      if (names.length > 1) return;
      response.writeHead(503, { 'Retry-After': '1' }).end('{"status":"error","data":{"retry":true}}');
      return true;
    });
    await open();
    await visits.site.arrived(() => views().length === 1);
    expect(names).toEqual([names[0], names[0]]);
  });

  it('delivers what a killed page has left, when the visitor comes back', async () => {
    await open();
    await visits.site.arrived(() => views().length === 1);
    visits.site.answer((request) => {
      request.socket.destroy();
      return true;
    });
    await call('track', 'last words');
    await visits.page.goto('about:blank');
    visits.site.answer(() => undefined);
    await open('/next');
    await visits.site.arrived(() => visits.site.ofType('custom').length === 1);
  }, 20_000);

  it('stores and sends nothing before consent', async () => {
    await open(`/?tag=${encodeURIComponent('data-site="shop" data-consent="denied"')}`);
    await visits.page.waitForFunction(() => !('q' in liveinsight));
    await call('track', 'unseen');
    expect(await visits.page.evaluate(() => localStorage.length)).toBe(0);
    await call('consent', 'granted');
    await visits.site.arrived(() => views().length === 1);
    expect(visits.site.events().map((event) => event.event_type)).toEqual(['page_view']);
  });

  it('sends nothing more once consent is withdrawn, not even what waits', async () => {
    await open();
    await visits.site.arrived(() => views().length === 1);
    await call('track', 'unsent');
    await call('consent', 'denied');
    // One word is kept, and when it was said, so that the choice holds.
    expect(await visits.page.evaluate(() => ({ ...localStorage }))).toEqual({
      'li:shop?': expect.stringMatching(/^"\d{13}denied"$/),
    });
    await visits.page.goto('about:blank');
    await open('/next');
    await call('consent', 'granted');
    await visits.site.arrived(() => views().length === 2);
    expect(visits.site.ofType('custom')).toEqual([]);
  });

  it('stores nothing where the visitor is anonymous', async () => {
    await open(`/?tag=${encodeURIComponent('data-site="shop" data-consent="anonymous"')}`);
    await visits.site.arrived(() => views().length === 1);
    expect(await visits.page.evaluate(() => localStorage.length)).toBe(0);
    expect(visits.site.batches[0]?.visitor_id).toBeUndefined();
    expect(views()[0]?.view).toBe(0);
  });
});
