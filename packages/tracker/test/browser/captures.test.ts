import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { useVisits } from './visits.js';

/** An application that fills the window. */
const SHELL =
  '<style>html,body{height:100%;margin:0;overflow:hidden}main{height:100%;overflow:auto}h1{display:none}</style>';

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

  it('reports forms that a script sends with requestSubmit(), not with submit(), of which browsers say nothing', async () => {
    await open('forms', '<iframe name="to"></iframe><form id="order" target="to" action="/sent"></form>');
    await visits.page.evaluate('order.submit()');
    await visits.page.evaluate('order.requestSubmit()');
    await visits.leave();
    expect(visits.site.ofType('form_submit')).toHaveLength(1);
  });

  it('records an event of each click in an element that names one, beside what captures record of it', async () => {
    const form = '<form data-li-event="Signup" onsubmit="return false"><h2>New</h2><input id="mail"></form>';
    const link = `<a id="out" ${stay} data-li-event="Offer" href="https://example.org/a">Out</a>`;
    await open('outbound', form + link);
    for (const selector of ['h2', '#mail', '#out']) await visits.page.click(selector);
    await visits.leave();
    const names = visits.site.ofType('custom').map(({ name }) => name);
    expect(names.sort()).toEqual(['Offer', 'Signup', 'Signup', 'outbound_click', 'the last']);
  });

  it('reports three quick clicks on one thing as rage, once', async () => {
    await open('rage');
    await visits.page.click('#buy', { clickCount: 4 });
    await visits.leave();
    expect(customs('rage_click')).toMatchObject([{ props: { tag: 'BUTTON', id: 'buy', text: 'Buy now' } }]);
  });

  it('reports a rage once a burst, and again after it has ended', async () => {
    await open('rage');
    for (let n = 0; n < 6; n++) {
      await visits.page.click('#buy');
      await visits.page.waitForTimeout(200);
    }
    await visits.page.waitForTimeout(1_100);
    await visits.page.click('#buy', { clickCount: 3 });
    await visits.leave();
    expect(customs('rage_click')).toHaveLength(2);
  });

  it('reports links of image maps and drawings, downloads that say so, and what the middle button opens', async () => {
    const area = `<map name="m"><area id="area" ${stay} shape="rect" coords="0,0,50,50" href="https://example.org/area"></map>
      <img usemap="#m" width="50" height="50" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`;
    const svg = `<svg width="40" height="40"><a ${stay} href="https://example.org/svg"><rect id="rect" width="40" height="40"/></a></svg>`;
    const links = `<a id="file" ${stay} download href="/report?token=1">Report</a><a id="own" ${stay} href="http://www.127.0.0.1/">Own</a>
      <a id="mid" onauxclick="event.preventDefault()" href="https://user:secret@example.org/mid#token">Mid</a><a id="bad" ${stay} href="http://">Bad</a>`;
    await open('outbound downloads', area + svg + links);
    const image = await visits.page.locator('img').boundingBox();
    await visits.page.mouse.click((image?.x ?? 0) + 10, (image?.y ?? 0) + 10);
    for (const id of ['rect', 'file', 'own', 'bad']) await visits.page.click(`#${id}`);
    await visits.page.click('#mid', { button: 'middle' });
    await visits.leave();
    const urls = (name: string) => customs(name).map(({ props }) => props?.url);
    expect(urls('outbound_click')).toEqual(
      ['area', 'svg', 'mid'].map((path) => `https://example.org/${path}`),
    );
    expect(urls('file_download')).toEqual([`${visits.site.origin}/report`]);
    expect(visits.site.batches.map(({ dropped }) => dropped).filter(Boolean)).toEqual([]);
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
    // The next page begins with what is seen of it then; if it is left before the browser has laid it out, with nothing.
    expect(depths.slice(1).every(([, pct]) => pct === undefined || Number(pct) < 70)).toBe(true);
  });

  it.each([
    ['a page that is not scrolled', '<div style="height: 10000px"></div>', '0', 5, 20],
    ['a page that fits', '<p>short</p>', '0', 100, 100],
    [
      'a page whose main part scrolls',
      '<style>html,body{height:100%;margin:0;overflow:hidden}main{height:100%;overflow:auto}</style><main id="m"><div style="height:10000px"></div></main>',
      'm.scrollTo(0, 100)',
      5,
      20,
    ],
    [
      'a page with a list that scrolls',
      '<ul id="l" style="height:100px;overflow:auto"><li style="height:900px">x</li></ul><div style="height:10000px"></div>',
      'l.scrollTo(0, 300)',
      5,
      20,
    ],
    [
      'a page whose main part is not scrolled',
      `${SHELL}<main id="m"><div style="height:5000px"></div></main>`,
      '0',
      5,
      20,
    ],
    [
      'a page whose body scrolls',
      '<style>html{height:100%;overflow:hidden}body{height:100%;margin:0;overflow:auto}</style><div style="height:10000px"></div>',
      'document.body.scrollTo(0, 100)',
      5,
      20,
    ],
    [
      'a page beside a menu that scrolls',
      `<nav id="n" style="position:fixed;top:0;width:200px;height:100vh;overflow:auto"><div style="height:2000px"></div></nav><div style="height:10000px"></div>`,
      'n.scrollTo(0, 2000)',
      5,
      20,
    ],
    [
      'a page whose main part scrolls beside a menu that does',
      `${SHELL}<nav id="n" style="float:left;width:200px;height:100%;overflow:auto"><div style="height:2000px"></div></nav><main id="m"><div style="height:10000px"></div></main>`,
      'm.scrollTo(0, 4000); n.scrollTo(0, 2000)',
      40,
      60,
    ],
    [
      'a page whose main part has another that scrolls',
      `${SHELL}<main id="m"><div id="i" style="height:90vh;overflow:auto"><div style="height:2000px"></div></div><div style="height:9000px"></div></main>`,
      'i.scrollTo(0, 2000)',
      5,
      20,
    ],
    [
      'a list that goes on and on',
      '<div id="d" style="height:2000px"></div>',
      `scrollTo(0, 2000); setTimeout(() => { d.style.height = '20000px' }, 50)`,
      5,
      20,
    ],
    ['a page that grows', '<div id="d"></div>', `d.style.height = '7200px'`, 8, 15],
  ])('reports how far down %s was seen', async (_what, body, act, least, most) => {
    await open('scroll', body);
    await visits.site.arrived(() => visits.views().length === 1);
    await visits.page.evaluate(`new Promise((done) => { ${act}; setTimeout(done, 200) })`);
    await visits.leave();
    const pct = visits.site.ofType('page_exit')[0]?.scroll_pct;
    expect(pct).toBeGreaterThanOrEqual(least);
    expect(pct).toBeLessThanOrEqual(most);
  });

  it('begins anew with each page where a part of the page scrolls', async () => {
    await open('scroll', `${SHELL}<main id="m"><div id="d" style="height:3000px"></div></main>`);
    await visits.site.arrived(() => visits.views().length === 1);
    const wait = 'new Promise((done) => setTimeout(done, 200))';
    await visits.page.evaluate(`m.scrollTo(0, 3000); ${wait}`);
    await visits.page.evaluate(
      `history.pushState({}, '', '/next'); m.scrollTo(0, 0); d.style.height = '9000px'; ${wait}`,
    );
    await visits.leave();
    const [first, next] = visits.site.ofType('page_exit').map(({ scroll_pct }) => Number(scroll_pct));
    expect(first).toBe(100);
    expect(next).toBeLessThan(20);
  });

  it('reports errors and rejections, each once and at most ten a page, without noise', async () => {
    await visits.open({
      file: 'liveinsight.extended.js',
      tag: 'data-site="shop" data-capture="errors" data-release="1.2"',
    });
    await visits.page.evaluate(() => {
      setTimeout(() => {
        throw new Error('one');
      });
      Promise.reject(new Error('two'));
      for (const message of [
        'Script error.',
        'ResizeObserver loop completed with undelivered notifications.',
      ])
        for (let n = 0; n < 12; n++) dispatchEvent(new ErrorEvent('error', { message }));
      for (let n = 0; n < 20; n++)
        for (let twice = 0; twice < 2; twice++)
          dispatchEvent(new ErrorEvent('error', { message: `more ${n}`, filename: '/a.js?v=1' }));
    });
    await visits.leave();
    const messages = customs('error').map((event) => event.props?.message);
    expect(messages).toHaveLength(10);
    expect(new Set(messages).size).toBe(10);
    expect(customs('error')[0]).toMatchObject({
      props: { message: 'more 0', source: '/a.js:0', release: '1.2' },
    });
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

  it('reports an interaction after which the browser was not idle before the page was left', async () => {
    await open('vitals');
    await visits.site.arrived(() => visits.views().length === 1);
    await visits.page.click('#buy');
    await visits.page.waitForFunction(
      () =>
        new Promise((seen) => new PerformanceObserver(seen).observe({ type: 'first-input', buffered: true })),
    );
    await visits.leave();
    await visits.site.arrived(() => customs('web_vital').some(({ props }) => props?.name === 'INP'));
    expect(customs('web_vital').filter(({ props }) => props?.name === 'INP')).toHaveLength(1);
  });

  it('reports what web vitals found of the page that was loaded, as that page', async () => {
    await open('vitals');
    await visits.site.arrived(() => visits.views().length === 1);
    await visits.page.evaluate(() => history.pushState({}, '', '/next'));
    await visits.leave();
    await visits.site.arrived(() => customs('web_vital').some(({ props }) => props?.name === 'CLS'));
    expect(new Set(customs('web_vital').map(({ page_url }) => page_url))).toEqual(
      new Set([`${visits.site.origin}/`]),
    );
  });

  it('begins no session and counts no view by what is captured', async () => {
    const now = new Date('2026-03-01T12:00:00Z').getTime();
    await visits.page.clock.setFixedTime(now);
    await open('errors vitals');
    await visits.page.clock.setFixedTime(now + 40 * 60_000);
    await visits.page.evaluate(() => void Promise.reject(new Error('poll failed')));
    await visits.page.goto('about:blank');
    await visits.site.arrived(() => customs('error').length === 1);
    expect(visits.views()).toHaveLength(1);
    expect(new Set(visits.site.batches.map(({ session }) => session.session_id)).size).toBe(1);
  });

  it('runs the captures that are named, and no other', async () => {
    await open('downloads', `<a id="out" ${stay} href="https://example.org/">Out</a>`);
    await visits.page.click('#out', { clickCount: 3 });
    await visits.leave();
    expect(visits.site.ofType('custom').map((event) => event.name)).toEqual(['the last']);
  });

  it('never tells of more time than there was, however slow the clock’s readings are', async () => {
    await visits.page.addInitScript('{ let now = Date.now(); Date.now = () => now++ }');
    await visits.open();
    await visits.site.arrived(() => visits.views().length === 1);
    await visits.leave();
    const [exit] = visits.site.ofType('page_exit');
    const stayed = Number(exit?.timestamp) - Number(visits.views()[0]?.timestamp);
    expect(exit?.engaged_ms).toBeLessThanOrEqual(stayed);
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
