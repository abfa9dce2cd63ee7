import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { useVisits } from './visits.js';

const STRICT =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";
const FILES = ['liveinsight.js', 'liveinsight.extended.js', 'liveinsight.debug.js'];

describe.runIf(hasChromium)('a strict policy', () => {
  const visits = useVisits();

  it.each(FILES)('lets %s do all that it does', async (file) => {
    const complaints: string[] = [];
    visits.page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await visits.open({ file, csp: STRICT });
    await visits.site.arrived(() => visits.views().length === 1);
    await visits.page.click('#buy');
    await visits.leave();
    expect(visits.site.ofType('click')).toHaveLength(1);
    // The page asks for an icon, which the policy forbids.
    expect(complaints.filter((text) => !/favicon|icon/.test(text))).toEqual([]);
  });

  it('is met by a script pinned to its hash, and by no other', async () => {
    const hash = createHash('sha384')
      .update(readFileSync(new URL('../../dist/liveinsight.js', import.meta.url)))
      .digest('base64');
    await visits.open({ tag: `data-site="shop" integrity="sha384-${hash}" crossorigin` });
    await visits.site.arrived(() => visits.views().length === 1);
    const other = createHash('sha384').update('another').digest('base64');
    await visits.open({ tag: `data-site="shop" integrity="sha384-${other}" crossorigin` }, '/next');
    expect(await visits.page.evaluate(() => 'q' in liveinsight || liveinsight.name === '')).toBe(true);
  });
});
