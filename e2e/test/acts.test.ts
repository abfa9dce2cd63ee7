/** One act of a visitor is one click, in each browser, also where the page is slow. */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { BROWSERS } from '../browsers/browsers.js';

const require = createRequire(import.meta.url);
const script = readFileSync(require.resolve('@liveinsight/tracker/liveinsight.js'));

/** Handlers that take their time: the browser clicks a label's field after them. */
const PAGE = `<!doctype html><title>Form</title><link rel="icon" href="data:,">
<script src="/liveinsight.js" data-site="shop"></script>
<script>
  const work = () => { for (const start = performance.now(); performance.now() - start < 50; ); };
  addEventListener('DOMContentLoaded', () => { for (const label of document.querySelectorAll('label')) label.onclick = work; });
</script>
<p><label id="far" for="field">Far</label> <input type="checkbox" id="field"></p>
<p><label id="around">Around <input type="checkbox"></label></p>
<p><label for="agreed">I agree to the <a id="terms" href="#terms">terms</a></label> <input type="checkbox" id="agreed"></p>
<p><label id="held" for="own">Held</label> <input type="checkbox" id="own"></p>
<p><button id="upload" type="button" onclick="work(); chooser.click(); chooser.click()">Upload</button><input id="chooser" type="button" hidden></p>
<p><button id="last" type="button">Last</button></p>
<script>document.querySelector('#held').addEventListener('click', (event) => event.preventDefault())</script>`;

/** What is clicked, and which clicks are recorded. */
const ACTS: [what: string, selectors: string[], recorded: string[]][] = [
  ['a label of a field elsewhere', ['#far'], ['far']],
  ['the same label again', ['#far'], ['far']],
  ['its field, twice', ['#field', '#field'], ['field', 'field']],
  ['a label around its field', ['#around'], ['around']],
  ['a link in a label, then the field', ['#terms', '#agreed'], ['terms', 'agreed']],
  ['a label that the page holds back, then its field', ['#held', '#own'], ['held', 'own']],
  ['a button that clicks another, twice', ['#upload'], ['upload']],
];

interface Click {
  event_type: string;
  event_id: string;
  element_id?: string;
}

async function startSite() {
  const clicks = new Map<string, Click>();
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      let body = '';
      for await (const chunk of request) body += chunk;
      for (const event of JSON.parse(body).events as Click[])
        if (event.event_type === 'click') clicks.set(event.event_id, event);
      response.setHeader('Content-Type', 'application/json').end('{"data":{"rejected":[]}}');
    } else if (request.url === '/liveinsight.js') {
      response.setHeader('Content-Type', 'text/javascript').end(script);
    } else response.setHeader('Content-Type', 'text/html').end(PAGE);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ids: () => [...clicks.values()].map(({ element_id }) => element_id),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

describe.concurrent.each(BROWSERS)('in %s', (_name, path, start) => {
  const found = new Map<string, (string | undefined)[]>();

  beforeAll(async () => {
    if (!path || !existsSync(path)) return;
    const site = await startSite();
    const browser = await start();
    try {
      const tab = await browser.newTab();
      await tab.goto(`${site.origin}/form`);
      for (const [what, selectors] of ACTS) {
        const before = site.ids().length;
        for (const selector of [...selectors, '#last']) await tab.click(selector);
        // Takes along what waits.
        await tab.run(`void liveinsight('conversion', 'act')`);
        for (
          const until = Date.now() + 15_000;
          !site.ids().slice(before).includes('last') && Date.now() < until;
        )
          await new Promise((resolve) => setTimeout(resolve, 20));
        found.set(what, site.ids().slice(before));
      }
    } finally {
      await browser.close();
      site.close();
    }
  }, 120_000);

  it.runIf(path).each(ACTS)('%s', (what, _selectors, recorded) => {
    expect(found.get(what)).toEqual([...recorded, 'last']);
  });
});
