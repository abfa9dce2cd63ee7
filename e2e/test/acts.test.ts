/** One act of a visitor is one click, in each browser, also where the page is slow. */
import { existsSync } from 'node:fs';
import { type Insight, startInsight } from '@liveinsight/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { BROWSERS } from '../browsers/browsers.js';

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

/** The elements whose clicks are stored. */
const clicked = (insight: Insight) =>
  insight.events('click').map((event) => 'element_id' in event && event.element_id);

describe.concurrent.each(BROWSERS)('in %s', (_name, path, start) => {
  const found = new Map<string, unknown[]>();

  beforeAll(async () => {
    if (!path || !existsSync(path)) return;
    const insight = await startInsight({ pages: { '/form': PAGE }, timeoutMs: 15_000 });
    const browser = await start();
    try {
      const tab = await browser.newTab();
      await tab.goto(`${insight.url}/form`);
      for (const [what, selectors] of ACTS) {
        const before = clicked(insight).length;
        for (const selector of [...selectors, '#last']) await tab.click(selector);
        // Takes along what waits.
        await tab.run(`void liveinsight('conversion', '${what}')`);
        await insight.waitFor(what);
        found.set(what, clicked(insight).slice(before));
      }
    } finally {
      await browser.close();
      await insight.close();
    }
  }, 120_000);

  it.runIf(path).each(ACTS)('%s', (what, _selectors, recorded) => {
    expect(found.get(what)).toEqual([...recorded, 'last']);
  });
});
