import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { pageWith } from './site.js';
import { useVisits } from './visits.js';

describe.runIf(hasChromium)('what a batch says of the device and the site', () => {
  const visits = useVisits();
  const { views } = visits;
  const device = { timezoneId: 'Asia/Seoul', hasTouch: true };
  const found = { timezone: 'Asia/Seoul', touch_points: 1 };

  it.each(['liveinsight.js', 'liveinsight.extended.js'])('%s says time zone and touches', async (file) => {
    const context = await visits.browser.newContext(device);
    const tab = await context.newPage();
    await tab.goto(visits.site.origin + pageWith({ file }));
    await visits.site.arrived(() => views().length === 1);
    await context.close();
    expect(visits.site.batches[0]?.context).toMatchObject(found);
  });

  it('asks for the time zone otherwise where there is no Temporal, also where an element has its name', async () => {
    const context = await visits.browser.newContext(device);
    const tab = await context.newPage();
    await tab.addInitScript(() => Reflect.deleteProperty(globalThis, 'Temporal'));
    await tab.goto(visits.site.origin + pageWith({ body: '<i id="Temporal"></i>' }));
    await visits.site.arrived(() => views().length === 1);
    await context.close();
    expect(visits.site.batches[0]?.context).toMatchObject(found);
  });

  it('asks once a session', async () => {
    await visits.page.addInitScript(() => {
      const { Now } = (globalThis as unknown as { Temporal: { Now: { timeZoneId: () => string } } }).Temporal;
      const { timeZoneId } = Now;
      Now.timeZoneId = () => {
        sessionStorage.asked = Number(sessionStorage.asked ?? 0) + 1;
        return timeZoneId();
      };
    });
    await visits.open();
    await visits.site.arrived(() => views().length === 1);
    await visits.open({}, '/next');
    await visits.site.arrived(() => views().length === 2);
    expect(await visits.page.evaluate(() => sessionStorage.asked)).toBe('1');
    expect(visits.site.batches.map(({ context }) => context.timezone)).toEqual(
      visits.site.batches.map(() => expect.any(String)),
    );
  });

  it.each(['liveinsight.js', 'liveinsight.extended.js'])('%s says the release of its page', async (file) => {
    await visits.open({ file, tag: 'data-site="shop" data-release="2.1.0"' });
    await visits.site.arrived(() => views().length === 1);
    expect(visits.site.batches[0]?.release).toBe('2.1.0');
    await visits.open({ file }, '/next');
    await visits.site.arrived(() => views().length === 2);
    expect(visits.site.batches.at(-1)?.release).toBeUndefined();
  });
});
