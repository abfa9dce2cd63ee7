import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { pageWith } from './site.js';
import { useVisits } from './visits.js';

const EXTENDED = 'liveinsight.extended.js';
const SITE = 'data-site="shop" data-capture="none"';
const navigatorSays = (name: string, value: string) =>
  `<script>Object.defineProperty(navigator, '${name}', { value: ${value} })</script>`;

describe.runIf(hasChromium)('what a visitor asks for', () => {
  const visits = useVisits();
  const { call, open, leave, views } = visits;
  const stored = () => visits.page.evaluate(() => ({ ...localStorage }));

  it.each([
    ['Do Not Track', navigatorSays('doNotTrack', '"1"')],
    ['Global Privacy Control', navigatorSays('globalPrivacyControl', 'true')],
  ])('is honoured where it is %s: counted without a trace', async (_signal, head) => {
    await open({ head });
    await call('consent', 'granted');
    expect(Object.keys(await stored())).toEqual(['li:shop?']);
    await leave();
    expect(views()).toMatchObject([{ view: 0 }]);
    expect(visits.site.batches[0]?.visitor_id).toBeUndefined();
  });

  it.each(['null', '"0"', '"unspecified"'])('is nothing where Do Not Track is %s', async (value) => {
    await open({ head: navigatorSays('doNotTrack', value) });
    await leave();
    expect(views()).toMatchObject([{ view: 1 }]);
  });

  it('is remembered: consent once granted holds on the next page, also where none is the rule', async () => {
    const asks = { tag: 'data-site="shop" data-consent="denied"' };
    await open(asks);
    expect(await stored()).toEqual({});
    await call('consent', 'granted');
    await leave();
    await open(asks, '/next');
    await leave();
    expect(views().map(({ view }) => view)).toEqual([1, 2]);
  });

  it('is remembered: consent once withdrawn is withdrawn on the next page, and can be granted again', async () => {
    await open();
    await call('consent', 'denied');
    await open({}, '/unseen');
    await call('track', 'unseen');
    expect(Object.keys(await stored())).toEqual(['li:shop?']);
    await call('consent', 'granted');
    await leave();
    expect(visits.customs('unseen')).toEqual([]);
    expect(visits.paths().at(-1)).toBe('/unseen');
    // The session before was forgotten: this is another one, of another visitor.
    expect(views().at(-1)).toMatchObject({ view: 1 });
  });

  it('can be said by a link, and holds in other open tabs', async () => {
    const body = '<a id="out" href="#" data-li-consent="denied"><b>Do not count me</b></a>';
    await open({ file: EXTENDED, tag: SITE, body });
    await visits.site.arrived(() => views().length === 1);
    const tab = await visits.context.newPage();
    await tab.goto(visits.site.origin + pageWith({ file: EXTENDED, tag: SITE }, '/two'));
    await visits.site.arrived(() => views().length === 2);
    await visits.page.bringToFront();
    const told = tab.evaluate(
      () => new Promise((done) => addEventListener('storage', ({ key }) => key === 'li:shop?' && done(key))),
    );
    await visits.page.click('#out b');
    await told;
    await tab.evaluate(() => liveinsight('track', 'unseen'));
    await tab.goto('about:blank');
    expect(Object.keys(await stored())).toEqual(['li:shop?']);
    await call('consent', 'granted');
    await leave();
    expect(visits.customs('unseen')).toEqual([]);
  });

  describe('in a cookie of the extended script', () => {
    const at = (host: string, options: object) =>
      `http://${host}:${new URL(visits.site.origin).port}${pageWith(options)}`;
    const shared = { file: EXTENDED, tag: `${SITE} data-cookie-domain="shop.localhost"` };
    const choose = async (choice: string) => {
      await visits.page.goto(at('www.shop.localhost', shared));
      await call('consent', choice);
    };

    it.each(['www.shop.localhost', 'shop.localhost'])('holds for the core script at %s', async (host) => {
      await choose('denied');
      const before = visits.site.events().length;
      await visits.page.goto(at(host, {}));
      await call('track', 'unseen');
      await visits.page.goto('about:blank');
      await choose('anonymous');
      await visits.page.goto(at(host, {}));
      await leave();
      const [batch] = visits.site.batches.slice(-1);
      expect(visits.customs('unseen')).toEqual([]);
      expect(before).toBeLessThan(visits.site.events().length);
      expect(batch?.visitor_id).toBeUndefined();
    });

    it('holds at once in a tab that is open, and until another choice on its page', async () => {
      const core = await visits.context.newPage();
      await core.goto(at('shop.localhost', {}));
      await visits.site.arrived(() => views().length === 1);
      await choose('denied');
      await core.evaluate(() => liveinsight('track', 'unseen'));
      await core.evaluate(() => liveinsight('consent', 'granted'));
      await core.evaluate(() => liveinsight('track', 'seen'));
      await core.close();
      await visits.site.arrived(() => visits.customs('seen').length === 1);
      expect(visits.customs('unseen')).toEqual([]);
    });

    it('gives leave where the page asks first', async () => {
      await choose('granted');
      await visits.page.goto(at('shop.localhost', { tag: 'data-site="shop" data-consent="denied"' }));
      await leave();
      expect(visits.site.batches.at(-1)?.visitor_id).toBeDefined();
    });
  });

  it('may be to be left alone on one’s own machine', async () => {
    await open({ file: EXTENDED, tag: `${SITE} data-exclude-localhost` });
    await call('track', 'unseen');
    await visits.page.goto(
      `${visits.site.origin}${pageWith({ file: EXTENDED, tag: `${SITE} data-exclude-localhost="false"` })}`,
    );
    await leave();
    expect(views()).toHaveLength(1);
    expect(visits.customs('unseen')).toEqual([]);
  });

  it.each([
    [0.2, ['one', 'two', 'the last']],
    [0.8, []],
  ])('may be a part of the sessions, each whole or not at all: of half, that of %d', async (share, names) => {
    const head = `<script>let n = 0; Math.random = () => ${share} + n++ / 1e6</script>`;
    await open({ file: EXTENDED, tag: `${SITE} data-sample-rate="0.5"`, head });
    await call('track', 'one');
    await visits.page.evaluate(() => history.pushState({}, '', '/next'));
    await call('track', 'two');
    await call('track', 'the last');
    // What a visitor does who is not left out comes after.
    const other = await visits.browser.newContext();
    const tab = await other.newPage();
    await visits.page.goto('about:blank');
    await tab.goto(visits.site.origin);
    await tab.evaluate(() => liveinsight('track', 'other'));
    await tab.close();
    await visits.site.arrived(() => visits.customs('other').length === 1);
    await visits.site.arrived(() => visits.site.ofType('custom').length > names.length);
    await other.close();
    expect(visits.site.ofType('custom').map(({ name }) => name)).toEqual(
      expect.arrayContaining([...names, 'other']),
    );
    expect(visits.site.ofType('custom')).toHaveLength(names.length + 1);
    expect(views()).toHaveLength(names.length ? 3 : 1);
  });

  it('can be edited, dropped or broken by beforeSend, one event at a time', async () => {
    await visits.page.goto(`${visits.site.origin}/?tag=type="text/plain"`);
    await visits.page.evaluate(`import('/extended.js').then(({ createTracker }) => {
      const tracker = createTracker({ site: 'shop', capture: 'none', beforeSend(event) {
        if (event.name === 'dropped') return null;
        if (event.name === 'broken') throw new Error('beforeSend');
        return event.name === 'edited' ? { ...event, props: { plan: 'masked' } } : event;
      } });
      globalThis.liveinsight = (name, ...args) => tracker[name](...args);
    })`);
    for (const name of ['dropped', 'broken', 'edited']) await call('track', name, { plan: 'pro' });
    await leave();
    expect(visits.site.ofType('custom').map(({ name, props }) => [name, props])).toEqual([
      ['edited', { plan: 'masked' }],
      ['the last', undefined],
    ]);
  });

  it.each([
    [
      'on the function that keeps its calls, before the script has loaded',
      SITE,
      `liveinsight.beforeSend = edit; liveinsight.redact = hide`,
    ],
    ['by attributes that name them', `${SITE} data-before-send="edit" data-redact="hide"`, ''],
  ])('may be edited and redacted by functions of the page: %s', async (_how, tag, script) => {
    // The stub stands behind what the head begins with.
    const head = `<script>
      var edit = (event) => event.name === 'dropped' ? null : event;
      var hide = (text, what) => what === 'path' ? text.replace(/[0-9]+/g, ':id') : what === 'title' ? 'A page' : '***';
      window.liveinsight = function () { (liveinsight.q = liveinsight.q || []).push(arguments) };
      ${script}
    </script>`;
    await open({ file: EXTENDED, tag, head }, '/orders/4711');
    for (const name of ['dropped', 'kept']) await call('track', name);
    await visits.page.click('#buy');
    await visits.page.evaluate(() => history.pushState({}, '', '/users/12'));
    await leave();
    expect(visits.customs('dropped')).toEqual([]);
    expect(visits.customs('kept')).toHaveLength(1);
    expect(visits.paths()).toEqual(['/orders/:id', '/users/:id']);
    expect(views()).toMatchObject([
      { page_title: 'A page' },
      { page_title: 'A page', from_page: '/orders/:id' },
    ]);
    expect(visits.site.batches[0]?.session.entry_page).toBe('/orders/:id');
    expect(visits.site.ofType('click')).toMatchObject([{ element_text: '***' }]);
  });

  it('is not to be sent where the function that would edit it is missing', async () => {
    await open({ file: EXTENDED, tag: `${SITE} data-before-send="missing"` });
    await call('track', 'unseen');
    await visits.page.goto('about:blank');
    await open({ tag: 'data-site="other"' }, '/next');
    await leave();
    expect(visits.customs('unseen')).toEqual([]);
  });

  it('is asked for in words that the debug script knows, and says so of others', async () => {
    const said: string[] = [];
    visits.page.on('console', (message) => message.type() === 'warning' && said.push(message.text()));
    await open({
      file: 'liveinsight.debug.js',
      tag: 'data-site="shop" data-cosnent="denied" data-clicks="false"',
    });
    await leave();
    expect(said).toEqual([
      expect.stringMatching(/"cosnent" \(attribute data-cosnent\).*"consent" \(data-consent\)$/),
    ]);
    await visits.page.goto(`${visits.site.origin}/?tag=type="text/plain"`);
    await visits.page.evaluate(`import('/debug.js').then(({ createTracker }) =>
      createTracker({ site: 'shop', viewFlushAfterMS: 9, samplerate: 1 }) && 1)`);
    expect(said.slice(1)).toEqual([
      expect.stringMatching(/"viewFlushAfterMS".*"viewFlushAfterMs" \(data-view-flush-after-ms\)$/),
      expect.stringMatching(/"samplerate".*"sampleRate" \(data-sample-rate\)$/),
    ]);
    await visits.page.waitForFunction(() => !Object.keys(localStorage).some((key) => /^li:.*:/.test(key)));
  });

  it('is explained by the debug script, decision by decision', async () => {
    const said: string[] = [];
    visits.page.on('console', (message) => said.push(message.text()));
    await open({ file: 'liveinsight.debug.js', tag: `${SITE} data-clicks="false"` });
    await visits.site.arrived(() => views().length === 1);
    await visits.page.click('#buy');
    await visits.page.evaluate(() => history.pushState({}, '', '?same'));
    await call('consent', 'denied');
    await call('track', 'unseen');
    for (const what of [
      'has this consent: granted',
      'begins a session',
      'records: page_view',
      'sends',
      'was answered: 200',
      'leaves clicks out: click',
      'counts no view',
      'has this consent: denied',
      'records nothing without consent: custom',
    ])
      expect(said.filter((line) => line.startsWith(`LiveInsight ${what}`)).length, what).toBeGreaterThan(0);
  });
});
