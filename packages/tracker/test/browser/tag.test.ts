/** What the script believes of its tag, and of what others have made of the page. */
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { useVisits } from './visits.js';

const SITE = 'data-site="shop" data-capture="none"';

describe.runIf(hasChromium)('the script', () => {
  const visits = useVisits();
  const heard = () => {
    const said: string[] = [];
    visits.page.on('console', (message) => message.type() === 'warning' && said.push(message.text()));
    visits.page.on('pageerror', (error) => said.push(`error: ${error.message}`));
    return said;
  };

  it.each([
    ['that lost its attributes', ''],
    ['of a module', 'type="module" data-site="shop"'],
  ])('records nothing and says so by a tag %s', async (_which, tag) => {
    const said = heard();
    await visits.open({ tag: tag || 'data-none' });
    await visits.page.waitForLoadState();
    expect(said).toEqual([expect.stringMatching(/^LiveInsight: no data-site/)]);
    expect(await visits.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    expect(visits.site.requests).not.toContain('/api/events');
  });

  it('says that a second site on the page is not recorded, and is silent of its own once more', async () => {
    const said = heard();
    const again = '<script src="/liveinsight.js" data-site="shop"></script>';
    await visits.open({ body: `${again}${again}<script src="/liveinsight.js" data-site="second"></script>` });
    await visits.leave();
    expect(said).toEqual([expect.stringMatching(/^LiveInsight: .*data-site.*second/)]);
    expect(new Set(visits.site.batches.map(({ site }) => site))).toEqual(new Set(['shop']));
  });

  describe.each(['liveinsight.js', 'liveinsight.extended.js'])('%s', (file) => {
    it.each([
      ['the script', SITE],
      ['the endpoint', `${SITE} data-endpoint="/api/events"`],
    ])('sends to its own collector though a <base> comes after its tag: %s', async (_which, tag) => {
      const elsewhere = 'http://elsewhere.localhost:1/';
      await visits.context.route(`**/${file}`, async (route) => {
        await visits.page.waitForSelector('base', { state: 'attached' });
        await route.continue();
      });
      await visits.open({ file, tag, body: `<base href="${elsewhere}">` });
      await visits.leave();
      expect(visits.views()).toHaveLength(1);
    });

    it.each(['/', '/base/'])('sends where a <base> of %s before its tag leads', async (base) => {
      await visits.open({ file, tag: SITE, head: `<base href="${base}">` }, '/a/b');
      await visits.leave();
      expect(visits.views()).toHaveLength(1);
    });

    it('sends to a relative endpoint though a router has changed the address since', async () => {
      await visits.open({ file, tag: `${SITE} data-endpoint="api/events"` });
      await visits.page.evaluate(() => history.pushState({}, '', '/deep/below/'));
      await visits.leave();
      expect(visits.paths()).toEqual(['/', '/deep/below/']);
      expect(new Set(visits.site.requests.filter((path) => path.endsWith('events')))).toEqual(
        new Set(['/api/events']),
      );
    });

    it('sends from a frame without an address', async () => {
      const frame = `<!doctype html><head><script src="/${file}" ${SITE}></script></head>`;
      await visits.open({ tag: 'data-none', body: `<iframe srcdoc='${frame}'></iframe>` });
      const [, inner] = visits.page.frames();
      await inner?.waitForFunction(() => 'liveinsight' in globalThis);
      await inner?.evaluate(() => liveinsight('conversion', 'inside'));
      await visits.site.arrived(() => visits.site.ofType('conversion').length === 1);
    });
  });

  it.each(['img', 'form', 'embed', 'iframe'])(
    'sends to its own collector though a <%s> is named currentScript',
    async (tag) => {
      const evil = `data-site="shop" data-endpoint="/evil"`;
      await visits.open({
        body: `<${tag} name="currentScript" ${evil}></${tag}><form id="liveinsight"></form>`,
      });
      await visits.leave();
      expect(visits.views()).toHaveLength(1);
      expect(visits.site.requests).not.toContain('/evil');
    },
  );

  it.each(['hidden', 'title', 'referrer', 'hasFocus', 'cookie', 'currentScript'])(
    'counts views and the time on a page with markup named %s',
    async (name) => {
      const body = `<iframe name="${name}" hidden></iframe><form name="${name}"></form>`;
      await visits.open({
        file: 'liveinsight.extended.js',
        tag: `${SITE} data-cookie-domain="127.0.0.1"`,
        body,
      });
      await visits.page.evaluate(() => history.pushState({}, '', '/next'));
      await visits.leave();
      expect(visits.paths()).toEqual(['/', '/next']);
      expect(visits.site.ofType('page_exit').length).toBeGreaterThan(0);
      expect(visits.views()[0]).toMatchObject({ page_title: 'Shop', view: 1 });
    },
  );

  it.each(['history', 'navigator', 'screen', 'navigation'])(
    'records on a page with a global named %s',
    async (name) => {
      await visits.open({ head: `<script>let ${name} = 'of the page'</script>` });
      await visits.page.evaluate(() => window.history.pushState({}, '', '/next'));
      await visits.leave();
      expect(visits.paths()).toEqual(['/', '/next']);
    },
  );

  it.each([
    ['Array', `function () { return '[' + Array.from(this, (x) => JSON.stringify(x)).join(', ') + ']' }`],
    ['String', `function () { return '"' + this + '"' }`],
    ['Number', `function () { return String(this) }`],
  ])('sends what it has recorded where an old library gives %s a toJSON', async (type, toJson) => {
    await visits.open({ head: `<script>${type}.prototype.toJSON = ${toJson}</script>` });
    await visits.call('conversion', 'purchase', { value: 5, currency: 'EUR' });
    await visits.leave();
    expect(visits.site.ofType('conversion')).toMatchObject([{ value: 5, currency: 'EUR' }]);
    expect(visits.views()).toHaveLength(1);
  });

  it.each([
    ['a getter that throws', '{ get x() { throw new Error("getter") } }'],
    ['a list that holds itself', '(() => { const list = []; list.push(list); return { list } })()'],
    ['a big integer', '{ n: 10n }'],
    ['a text of a megabyte', '{ text: "x".repeat(1e6) }'],
  ])('keeps an event with %s in its properties, and says what it costs', async (_what, props) => {
    await visits.open();
    await visits.page.evaluate(`liveinsight('track', 'kept', ${props})`);
    await visits.leave();
    expect(visits.customs('kept')).toHaveLength(1);
    expect(visits.site.batches.map(({ dropped }) => dropped)).toContainEqual({ field: 1 });
  });

  it('records a visit that an address longer than the wire takes has led to', async () => {
    const long = `https://user:secret@example.org/${'x'.repeat(4000)}?token=secret`;
    await visits.open({
      head: `<script>Object.defineProperty(document, 'referrer', { get: () => '${long}' })</script>`,
    });
    await visits.leave();
    expect(visits.views()).toHaveLength(1);
    expect(visits.site.batches[0]?.session.referrer).toMatch(/^https:\/\/example\.org\/x+$/);
  });

  it('tries few times where a policy forbids its collector', async () => {
    await visits.page.clock.install();
    let tries = 0;
    await visits.context.route('**/api/events', (route) => {
      tries++;
      return route.abort('blockedbyclient');
    });
    await visits.open();
    for (let seconds = 0; seconds < 75; seconds++) await visits.page.clock.runFor(1_000);
    expect(tries).toBeGreaterThan(3);
    expect(tries).toBeLessThanOrEqual(8);
  });
});
