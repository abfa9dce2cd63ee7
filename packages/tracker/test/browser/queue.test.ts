import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { useVisits } from './visits.js';

describe.runIf(hasChromium)('the queue', () => {
  const visits = useVisits();
  const { call, open, leave, views } = visits;
  /** Tracks `count` events, each of which fills a batch. */
  const trackLarge = (count: number) =>
    visits.page.evaluate((count) => {
      const pad = 'x'.repeat(1000);
      const props = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`p${index}`, pad]));
      for (let n = 0; n < count; n++) liveinsight('track', 'large', { n, ...props });
    }, count);
  const down = () =>
    visits.site.answer((request) => {
      request.socket.destroy();
      return true;
    });
  const up = () => visits.site.answer(() => undefined);

  it('gives up, when it is full, the oldest of what numbers can best do without, and tells how many', async () => {
    down();
    await open();
    await trackLarge(50);
    await visits.page.evaluate(() => history.pushState({}, '', '/next'));
    await call('conversion', 'purchase');
    await trackLarge(10);
    up();
    // What was tried just before waits for a sign.
    await visits.page.evaluate(() => void setInterval(() => dispatchEvent(new Event('online')), 100));
    const kept = () => visits.customs('large').map((event) => Number(event.props?.n));
    // A batch that comes twice counts once.
    const told = () =>
      [
        ...new Map(
          visits.site.batches.map((batch) => [batch.batch, batch.dropped?.queue_full ?? 0]),
        ).values(),
      ].reduce((sum, count) => sum + count, 0);
    await visits.site.arrived(
      () =>
        kept().length + told() >= 60 && views().length >= 2 && visits.site.ofType('conversion').length > 0,
    );
    expect(kept().length + told()).toBe(60);
    expect(told()).toBeGreaterThan(10);
    // Of the first fifty the latest are left.
    const left = kept().sort((a, b) => a - b);
    expect(left).toContain(49);
    expect(visits.paths()).toEqual(['/', '/next']);
    expect(visits.site.ofType('conversion')).toHaveLength(1);
  });

  it('takes up no more than a megabyte of storage, nor ever the room of others', async () => {
    down();
    await open();
    await trackLarge(200);
    const taken = await visits.page.evaluate(() => JSON.stringify({ ...localStorage }).length);
    expect(taken).toBeLessThan(1_200_000);
    up();
  });

  it('lets an event larger than what a page may have in flight when it is left wait for the next visit', async () => {
    await open();
    await visits.site.arrived(() => views().length === 1);
    await visits.page.evaluate(() => {
      const props = Object.fromEntries(Array.from({ length: 63 }, (_, n) => [`p${n}`, '한'.repeat(1024)]));
      liveinsight('track', 'huge', props);
      location.href = '/next';
    });
    await visits.site.arrived(() => visits.customs('huge').length === 1);
    expect(Object.keys(visits.customs('huge')[0]?.props ?? {})).toHaveLength(63);
  });

  it('sends what a browser refuses to keep alive, since others use up its room, as an ordinary request', async () => {
    await open({
      head: `<script>fetch('/slow', { method: 'POST', keepalive: true, body: 'x'.repeat(65000) })</script>`,
    });
    await visits.site.arrived(() => views().length === 1);
  });

  it('keeps alive as much as browsers allow of what it sends in one go, behind what it sends as ordinary requests', async () => {
    await open({
      head: `<script>
        kept = [];
        const send = fetch;
        fetch = (url, init) => (kept.push(init.keepalive), send(url, init));
      </script>`,
    });
    await visits.site.arrived(() => views().length === 1);
    // Its answer, too, has come: it would send what is full by then on its own.
    await visits.page.waitForFunction(() => !Object.keys(localStorage).some((key) => /^li:.*:/.test(key)));
    await visits.page.evaluate('kept.length = 0');
    await trackLarge(8);
    await visits.site.arrived(() => visits.customs('large').length === 8);
    expect(await visits.page.evaluate('kept')).toEqual([false, false, false, false, true, true, true, true]);
  });

  it('lets views and conversions leave soon with what waits, and all else in company', async () => {
    await open();
    await visits.site.arrived(() => views().length === 1);
    await call('track', 'waits');
    await call('track', 'too');
    await call('conversion', 'signup');
    await visits.site.arrived(() => visits.site.ofType('conversion').length === 1);
    const { events } = visits.site.batches.at(-1) ?? { events: [] };
    expect(events.map((event) => event.event_type)).toEqual(['custom', 'custom', 'conversion']);
  });

  it.each([
    ['events', 'data-flush-at-events="2"'],
    ['characters', 'data-flush-at-chars="300"'],
  ])('sends a batch at a number of %s', async (_what, tag) => {
    const never = 'data-flush-after-ms="999999" data-view-flush-after-ms="999999"';
    await open({
      file: 'liveinsight.extended.js',
      tag: `data-site="shop" data-capture="none" ${never} ${tag}`,
    });
    await call('track', 'one');
    await call('track', 'two');
    await visits.site.arrived(() => visits.customs('one').length === 1);
    await leave();
    expect(visits.customs('two')).toHaveLength(1);
  });
});
