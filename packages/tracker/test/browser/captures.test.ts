import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { useVisits } from './visits.js';

describe.runIf(hasChromium)('the extended script', () => {
  const visits = useVisits();
  const { customs } = visits;
  const open = (capture: string, body = '') =>
    visits.open({ file: 'liveinsight.extended.js', tag: `data-site="shop" data-capture="${capture}"`, body });
  const stay = `onclick="return false"`;

  it('reports links that lead out, without their query, and none that stay', async () => {
    await open(
      'outbound',
      `<a id="out" ${stay} href="https://example.org/a?token=1"><b>Out</b></a><a id="in" ${stay} href="/a">In</a>
       <a id="mail" ${stay} href="mailto:a@example.org">Mail</a>`,
    );
    for (const selector of ['#out b', '#in', '#mail']) await visits.page.click(selector);
    await visits.leave();
    expect(customs('outbound_click')).toMatchObject([{ props: { url: 'https://example.org/a' } }]);
  });

  it('reports downloads', async () => {
    await open('downloads', `<a id="file" ${stay} href="/guide.pdf?v=2">Guide</a>`);
    await visits.page.click('#file');
    await visits.leave();
    expect(customs('file_download')).toMatchObject([{ props: { url: `${visits.site.origin}/guide.pdf` } }]);
  });

  it('reports which form was sent, and nothing of what was typed', async () => {
    await open(
      'forms',
      '<form id="order" onsubmit="return false"><input name="q" value="secret"><button>Go</button></form>',
    );
    await visits.page.click('#order button');
    await visits.leave();
    const submits = visits.site.ofType('form_submit');
    expect(submits).toMatchObject([{ element_tag: 'FORM', element_id: 'order' }]);
    expect(JSON.stringify(submits)).not.toContain('secret');
  });

  it('reports three quick clicks on one thing as rage, once', async () => {
    await open('rage');
    await visits.page.click('#buy', { clickCount: 4 });
    await visits.leave();
    expect(customs('rage_click')).toMatchObject([{ props: { tag: 'BUTTON', id: 'buy', text: 'Buy now' } }]);
  });

  it('reports a button that does nothing as dead, and none that does something', async () => {
    await open('dead', `<button id="alive" onclick="this.className = 'pressed'">Alive</button>`);
    await visits.page.click('#alive');
    await visits.page.waitForSelector('#alive.pressed');
    await visits.page.click('#buy');
    await visits.site.arrived(() => customs('dead_click').length > 0);
    await visits.leave();
    expect(customs('dead_click')).toMatchObject([{ props: { id: 'buy' } }]);
  });

  it('reports how far down each page was seen', async () => {
    await open('scroll', '<div style="height: 4000px"></div>');
    await visits.page.mouse.wheel(0, 1200);
    await visits.page.waitForFunction(() => scrollY > 1000);
    await visits.page.evaluate(() => history.pushState({}, '', '/next'));
    await visits.leave();
    const depths = visits.site.ofType('page_exit').map((exit) => [exit.page_url, exit.scroll_pct]);
    expect(depths[0]).toEqual([
      `${visits.site.origin}/`,
      expect.toSatisfy((pct: number) => pct > 30 && pct < 70),
    ]);
    expect(depths.slice(1).every(([, pct]) => pct === undefined)).toBe(true);
  });

  it('reports errors and rejections, at most ten a page', async () => {
    await open('errors');
    await visits.page.evaluate(() => {
      setTimeout(() => {
        throw new Error('one');
      });
      Promise.reject(new Error('two'));
      for (let n = 0; n < 20; n++)
        dispatchEvent(new ErrorEvent('error', { message: 'more', filename: '/a.js?v=1' }));
    });
    await visits.leave();
    const messages = customs('error').map((event) => event.props?.message);
    expect(messages).toHaveLength(10);
    expect(customs('error')[0]).toMatchObject({ props: { message: 'more', source: '/a.js:0' } });
  });

  it('reports web vitals when the page is left', async () => {
    await open('vitals');
    await visits.page.waitForFunction(
      () =>
        new Promise((seen) =>
          new PerformanceObserver(seen).observe({ type: 'largest-contentful-paint', buffered: true }),
        ),
    );
    await visits.leave();
    await visits.site.arrived(() => customs('web_vital').length > 0);
    expect(customs('web_vital').map((event) => event.props)).toContainEqual({
      name: 'LCP',
      value: expect.any(Number),
    });
  });

  it('runs the captures that are named, and no other', async () => {
    await open('downloads', `<a id="out" ${stay} href="https://example.org/">Out</a>`);
    await visits.page.click('#out', { clickCount: 3 });
    await visits.leave();
    expect(visits.site.ofType('custom').map((event) => event.name)).toEqual(['the last']);
  });

  it('sends heartbeats where it is told to', async () => {
    await visits.open({
      file: 'liveinsight.extended.js',
      tag: 'data-site="shop" data-capture="none" data-heartbeat-ms="50" data-flush-after-ms="60"',
    });
    await visits.site.arrived(() => visits.site.ofType('heartbeat').length > 1);
    await visits.leave();
    const told = [...visits.site.ofType('heartbeat'), ...visits.site.ofType('page_exit')];
    const last = Math.max(...told.map(({ timestamp }) => timestamp));
    const stayed = last - (visits.views()[0]?.timestamp ?? 0);
    const engaged = told.reduce((sum, { engaged_ms = 0 }) => sum + engaged_ms, 0);
    expect(visits.site.ofType('heartbeat')[0]?.engaged_ms).toBeGreaterThan(0);
    // Each tells what is new since the one before: together they are not more than the time there was.
    expect(engaged).toBeLessThanOrEqual(stayed);
  });
});
