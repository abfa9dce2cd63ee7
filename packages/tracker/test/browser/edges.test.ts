/** What pages, visitors and browsers do at the edge of what they may. */
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { pageWith } from './site.js';
import { useVisits } from './visits.js';

const EXTENDED = 'liveinsight.extended.js';

describe.runIf(hasChromium)('at the edge', () => {
  const visits = useVisits();
  const { call, open, leave, views } = visits;
  const stored = () => visits.page.evaluate(() => Object.keys(localStorage));

  it('a campaign too long for a cookie does not hold the page up', async () => {
    const tag = 'data-site="shop" data-capture="none" data-cookie-domain="localhost"';
    const campaign = ['source', 'medium', 'campaign', 'term', 'content'].map(
      (name) => `&utm_${name}=${encodeURIComponent('한'.repeat(85))}`,
    );
    await visits.page.goto(visits.site.origin + pageWith({ file: EXTENDED, tag }) + campaign.join(''));
    await visits.site.arrived(() => views().length === 1);
    expect(await visits.page.evaluate('1 + 1')).toBe(2);
  });

  it.each(['liveinsight.js', EXTENDED])('%s works in memory where storage is switched off', async (file) => {
    await visits.context.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', { value: null });
    });
    await open({ file });
    await call('track', 'seen');
    await leave();
    expect(views()).toMatchObject([{ view: 0 }]);
    expect(visits.customs('seen')).toHaveLength(1);
  });

  it('what the visitor has chosen on another page holds in one that comes back from the cache', async () => {
    await open();
    await visits.site.arrived(() => views().length === 1);
    await visits.page.evaluate(() => {
      localStorage.clear();
      localStorage['li:shop?'] = '"denied"';
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    await call('track', 'unseen');
    await visits.page.click('#buy');
    expect(await stored()).toEqual(['li:shop?']);
    await open({ tag: 'data-site="other"' }, '/next');
    await leave();
    expect(visits.customs('unseen')).toEqual([]);
    expect(visits.site.ofType('click')).toEqual([]);
  });

  it('no is no, also where storage has no room for a word more', async () => {
    await open();
    await visits.site.arrived(() => views().length === 1);
    await visits.page.evaluate(() => {
      for (let size = 1 << 22; size >= 1; size >>= 1) {
        try {
          for (let n = 0; ; n++) localStorage[`filled ${size} ${n}`] = 'x'.repeat(size);
        } catch {}
      }
    });
    await call('consent', 'denied');
    await open({}, '/next');
    await call('track', 'unseen');
    expect((await stored()).filter((key) => key.startsWith('li:'))).toEqual(['li:shop?']);
    await call('consent', 'granted');
    await leave();
    expect(visits.customs('unseen')).toEqual([]);
  });

  it('where the page guards its history, views are counted if the visitor agrees, and nothing else if not', async () => {
    const head = `<script>Object.defineProperty(History.prototype, 'pushState', { set() { throw new Error('mine') } })</script>`;
    await open({ head, tag: 'data-site="shop" data-consent="denied"' });
    await call('conversion', 'purchase');
    expect(await stored()).toEqual([]);
    await open({ head });
    await leave();
    expect(views()).toMatchObject([{ view: 1 }]);
    expect(visits.site.ofType('conversion')).toEqual([]);
  });

  it('a path longer than the wire takes costs no event', async () => {
    await open({}, `/${encodeURIComponent('한'.repeat(250))}`);
    await visits.page.evaluate(() => history.pushState({}, '', '/next'));
    await leave();
    expect(views()).toHaveLength(2);
  });

  it('what is left out leaves no gap in what a session lasted', async () => {
    await open({ file: EXTENDED, tag: 'data-site="shop" data-capture="none" data-clicks="false"' });
    for (let n = 0; n < 3; n++) await visits.page.click('#buy');
    await leave();
    const events = visits.site.events().sort((a, b) => a.timestamp - b.timestamp);
    expect(visits.site.ofType('click')).toEqual([]);
    const [first, last] = [events[0]?.timestamp ?? 0, events.at(-1)?.timestamp ?? 0];
    expect(events.reduce((sum, { gap_ms = 0 }) => sum + gap_ms, 0)).toBe(last - first);
  });

  it('a value that no JSON holds costs that value, and not the conversion', async () => {
    await open();
    await visits.page.evaluate(() => {
      liveinsight('conversion', 'purchase', { value: 10n });
      liveinsight('conversion', 'purchase', { value: 5 });
    });
    await leave();
    expect(visits.site.ofType('conversion')).toMatchObject([
      { nth: 1, nth_of_type: 1 },
      { value: 5, nth: 2, nth_of_type: 2 },
    ]);
    expect(visits.site.ofType('conversion')[0]).not.toHaveProperty('value');
    expect(visits.site.batches.map(({ dropped }) => dropped)).toContainEqual({ field: 1 });
  });

  it('the largest properties keep what they hold, beside events that nearly fill the batch', async () => {
    await open();
    await visits.page.evaluate(() => {
      const text = (chars: number) => 'x'.repeat(chars);
      for (let n = 0; n < 9; n++) liveinsight('track', 'small', { note: text(1_000) });
      const entries = Array.from({ length: 64 }, (_, n) => [`${n}`.padEnd(100, '_'), text(1_024)]);
      liveinsight('track', 'large', Object.fromEntries(entries));
    });
    await leave();
    const names = visits.site.batches.map(({ events }) =>
      events.map((event) => 'name' in event && event.name),
    );
    expect(names.find((all) => all.includes('large'))?.filter((name) => name === 'small')).toHaveLength(9);
    expect(Object.keys(visits.customs('large')[0]?.props ?? {})).toHaveLength(64);
    expect(visits.site.batches.map(({ dropped }) => dropped).filter(Boolean)).toEqual([]);
  });

  it.each([1e9, 4_070_908_800_009])('the clock at %i samples nobody out', async (now) => {
    await visits.page.clock.setFixedTime(now);
    await open({ file: EXTENDED, tag: 'data-site="shop" data-capture="none"' });
    expect((await stored()).filter((key) => key.startsWith('li:shop:'))).toHaveLength(1);
  });
});
