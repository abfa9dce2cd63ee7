import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import type { PageOptions } from './site.js';
import { useVisits } from './visits.js';

/** Notes what leaves the page and when, by the page's clock. */
const WATCH = `<script>
  var sends = [];
  var replies = [];
  var opened = Date.now();
  for (const [owner, name] of [[window, 'fetch'], [navigator, 'sendBeacon']]) {
    const own = owner[name].bind(owner);
    owner[name] = (url, sent) => {
      const { events } = JSON.parse(sent?.body ?? sent);
      sends.push({ at: Date.now() - opened, events: events.map((event) => event.event_type) });
      const reply = own(url, sent);
      replies.push(Promise.resolve(reply).then((answer) => answer.clone?.().text()));
      return reply;
    };
  }
</script>`;

describe.runIf(hasChromium)('the delays of sending', () => {
  const visits = useVisits();
  const { call, views } = visits;
  const sends = () => visits.page.evaluate('sends');
  /** Lets the page's clock, which stands still otherwise, go on for so many ms. */
  const pass = (ms: number) => visits.page.clock.runFor(ms);

  /** Resolves once what was sent has been answered. */
  const settled = () => visits.page.evaluate('Promise.all(replies)');

  async function openStopped(options: PageOptions = {}) {
    await visits.page.clock.install({ time: '2026-06-01T12:00:00Z' });
    await visits.page.clock.pauseAt('2026-06-01T12:00:01Z');
    await visits.open({ ...options, head: WATCH });
  }

  it('are 500 ms for a page view', async () => {
    await openStopped();
    await pass(499);
    expect(await sends()).toEqual([]);
    await pass(1);
    expect(await sends()).toEqual([{ at: 500, events: ['page_view'] }]);
    await visits.site.arrived(() => views().length === 1);
  });

  it('are 5 s for what numbers can wait for', async () => {
    await openStopped();
    await pass(500);
    await settled();
    await call('track', 'signup');
    await pass(4_999);
    expect(await sends()).toHaveLength(1);
    await pass(1);
    expect(await sends()).toEqual([
      { at: 500, events: ['page_view'] },
      { at: 5_500, events: ['custom'] },
    ]);
    await visits.site.arrived(() => visits.customs('signup').length === 1);
  });

  it('end with those of a conversion, which takes along what waits', async () => {
    await openStopped();
    await pass(500);
    await settled();
    await call('track', 'signup');
    await pass(1_000);
    await call('conversion', 'purchase');
    await pass(499);
    expect(await sends()).toHaveLength(1);
    await pass(1);
    expect(await sends()).toEqual([
      { at: 500, events: ['page_view'] },
      { at: 2_000, events: ['custom', 'conversion'] },
    ]);
    await visits.site.arrived(() => visits.site.ofType('conversion').length === 1);
  });

  it('are a minute for clicks, which the next view takes along', async () => {
    await openStopped();
    await pass(500);
    await settled();
    await visits.page.dispatchEvent('#buy', 'click');
    await pass(59_999);
    expect(await sends()).toHaveLength(1);
    await pass(1);
    expect(await sends()).toHaveLength(2);
    await settled();
    await visits.page.dispatchEvent('#buy', 'click');
    await visits.page.evaluate(() => history.pushState({}, '', '/next'));
    await pass(500);
    expect(await sends()).toEqual([
      { at: 500, events: ['page_view'] },
      { at: 60_500, events: ['click'] },
      { at: 61_000, events: ['click', 'page_exit', 'page_view'] },
    ]);
    await visits.site.arrived(() => views().length === 2);
  });

  it('are 5 s for clicks in an app, whose next view comes without a new document', async () => {
    await openStopped();
    await visits.page.evaluate(() => history.pushState({}, '', '/next'));
    await pass(500);
    await settled();
    await visits.page.dispatchEvent('#buy', 'click');
    await pass(4_999);
    expect(await sends()).toHaveLength(1);
    await pass(1);
    expect(await sends()).toEqual([
      { at: 500, events: ['page_view', 'page_view'] },
      { at: 5_500, events: ['click'] },
    ]);
    await visits.site.arrived(() => visits.site.ofType('click').length === 1);
  });

  it('are 5 s for clicks too where nothing is stored', async () => {
    await openStopped({ tag: 'data-site="shop" data-consent="anonymous"' });
    await pass(500);
    await settled();
    await visits.page.dispatchEvent('#buy', 'click');
    await pass(5_000);
    expect(await sends()).toEqual([
      { at: 500, events: ['page_view'] },
      { at: 5_500, events: ['click'] },
    ]);
    await visits.site.arrived(() => visits.site.ofType('click').length === 1);
  });

  it('are what the extended build is told', async () => {
    await openStopped({
      file: 'liveinsight.extended.js',
      // Web vitals would come along as events of their own.
      tag: 'data-site="shop" data-capture="scroll" data-view-flush-after-ms="2000" data-flush-after-ms="9000"',
    });
    await pass(2_000);
    await settled();
    await call('track', 'signup');
    await pass(9_000);
    expect(await sends()).toEqual([
      { at: 2_000, events: ['page_view'] },
      { at: 11_000, events: ['custom'] },
    ]);
    await visits.site.arrived(() => visits.customs('signup').length === 1);
  });
});
