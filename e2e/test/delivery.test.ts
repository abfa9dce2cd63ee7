import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Tab } from '../browsers/browser.js';
import { BROWSERS } from '../browsers/browsers.js';
import { startCollector } from '../delivery/collector.js';
import { startPages } from '../delivery/pages.js';

/** An expression that tracks events tagged `tag-0`, `tag-1` …, each of about `chars` characters. */
const track = (tag: string, count: number, chars = 0) => `(() => {
  const pad = 'x'.repeat(${Math.floor(chars / 3)});
  for (let i = 0; i < ${count}; i++) liveinsight('track', 'e', { tag: '${tag}-' + i, a: pad, b: pad, c: pad });
})()`;

/** One event of about 180 KB: nearly three times what a page may have in flight when it is left. */
const trackHuge = (tag: string) =>
  `liveinsight('track', 'e', Object.assign({ tag: '${tag}-0' }, Array.from({ length: 60 }, () => '한'.repeat(1000))))`;

const HIDE = `(() => {
  Object.defineProperty(document, 'hidden', { value: true });
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
})()`;

/** Follows a link to a page without the tracker, of this origin or of another, and waits until it is there. */
async function leave(tab: Tab, origin: 'same' | 'other' = 'other'): Promise<void> {
  const host = origin === 'same' ? 'location.host' : `location.host.replace('127.0.0.1', 'localhost')`;
  await tab.run(`void (location.href = 'http://' + ${host} + '/away')`);
  await shows(tab, 'Away');
}

async function shows(tab: Tab, title: string): Promise<void> {
  // While one page gives way to the other there is none to ask.
  const shown = () => tab.run(`document.readyState === 'complete' && document.title`).catch(() => '');
  while ((await shown()) !== title) await pause(50);
}

/** Names the step that hangs. */
const within = async <T>(seconds: number, step: string, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${step}: nothing after ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.concurrent.each(BROWSERS)('in %s', (name, path, start) => {
  const site = `delivery-${name.toLowerCase()}`;
  /** Tags that are to be stored, each once. */
  const expected: Record<string, number> = {};
  let counts = new Map<string, number>();
  let dropped: Record<string, number>[] = [];
  /** Tags that came in one batch with a view. */
  let withViews = new Set<string>();
  /** Whether a page that is left can see the next navigation. */
  let knowsNextPage = false;

  beforeAll(async () => {
    if (!path || !existsSync(path)) return;
    const collector = await startCollector(site);
    const pages = await startPages(site, collector.origin);
    const browser = await start();
    const visit = async (handicap = ''): Promise<Tab> => {
      const tab = await within(30, 'new tab', browser.newTab());
      await within(30, `visit ${handicap}`, tab.goto(`${pages.origin}/?with=${handicap}`));
      return {
        goto: (url) => within(30, url, tab.goto(url)),
        run: (code) => within(30, code, tab.run(code)),
        click: (selector) => within(30, selector, tab.click(selector)),
        close: () => within(30, 'close', tab.close()),
      };
    };
    const note = (tag: string, count: number) => {
      for (let i = 0; i < count; i++) expected[`${tag}-${i}`] = 1;
    };
    const trackIn = async (tab: Tab, tag: string, count: number, chars = 0) => {
      note(tag, count);
      await tab.run(track(tag, count, chars));
    };
    try {
      for (const handicap of ['', 'no-beacon', 'no-keepalive', 'no-timers', 'no-room']) {
        const tab = await visit(handicap);
        await trackIn(tab, `link ${handicap}`, 5);
        await leave(tab);
        await tab.close();
      }
      const onward = await visit();
      knowsNextPage = (await onward.run(`'onpageswap' in window`)) === true;
      // The view has left.
      await pause(1500);
      await trackIn(onward, 'onward', 5);
      await onward.run(`void setTimeout(() => { location.href = '/next'; })`);
      await shows(onward, 'Next');
      await pause(1500);
      note('clicked', 1);
      await onward.run(
        `(document.body.append(Object.assign(document.createElement('button'), { id: 'clicked-0' })), document.querySelector('button').click())`,
      );
      // Once the answer is out: it would not come from a page that is gone.
      await onward.run(`void setTimeout(() => { location.href = '/then'; })`);
      await shows(onward, 'Then');
      // It is left before its own first batch is due, and shown again: where it can be, by the back/forward cache.
      await trackIn(onward, 'hop', 1);
      await onward.run('void setTimeout(() => history.back())');
      await shows(onward, 'Next');
      await trackIn(onward, 'returned', 5);
      await leave(onward);
      await onward.close();

      const untracked = await visit();
      await trackIn(untracked, 'untracked', 5);
      await leave(untracked, 'same');
      await untracked.close();

      const burst = await visit();
      await trackIn(burst, 'burst', 30, 3000);
      await leave(burst);
      await burst.close();
      const closed = await visit();
      await trackIn(closed, 'closed', 30, 3000);
      await closed.close();

      const huge = await visit();
      note('huge', 1);
      await huge.run(trackHuge('huge'));
      await leave(huge);
      await huge.close();

      const shut = await visit();
      await trackIn(shut, 'shut', 5);
      await within(30, 'sleep', browser.sleep(2000));
      await trackIn(shut, 'opened', 5);
      await leave(shut);
      await shut.close();

      const framing = await visit();
      await framing.goto(`${pages.origin}/framing?tag=framed`);
      note('framed', 5);

      const refused = await visit();
      collector.fail('unavailable');
      await trackIn(refused, 'refused', 5);
      await pause(2000);
      collector.fail('cut');
      const cut = await visit();
      await trackIn(cut, 'cut', 5);
      await pause(1500);
      collector.fail('well');

      collector.fail('down');
      const offline = await visit();
      await trackIn(offline, 'offline', 10);
      await leave(offline);
      await pause(500);
      collector.fail('well');
      await offline.close();

      const poisoned = await visit();
      await trackIn(poisoned, 'beside a bad one', 4);
      await poisoned.run(`liveinsight('track', '', { tag: 'bad' })`);
      const memory = await visit('no-storage');
      await trackIn(memory, 'no storage', 5);
      const tabs: Tab[] = [];
      for (let index = 0; index < 5; index++) tabs.push(await visit());
      for (const [index, tab] of tabs.entries()) await trackIn(tab, `tab ${index}`, 3);
      const full = await visit('full-storage');
      await trackIn(full, 'full storage', 5);
      await pause(6000);
      await full.run(
        'void Object.keys(localStorage).filter((k) => /^filler/.test(k)).forEach((k) => localStorage.removeItem(k))',
      );

      // A reason for giving up travels with the next batch.
      await trackIn(poisoned, 'after a bad one', 1);
      await leave(poisoned);
      await pause(1000);

      const discarded = await visit();
      await trackIn(discarded, 'discarded', 5);
      await discarded.run(HIDE);
      await trackIn(discarded, 'discarded while hidden', 5);
      await within(30, 'discard', browser.killLatest());
      await pause(500);

      const killed = await visit();
      await trackIn(killed, 'killed', 5);
      await pause(30);
      await within(30, 'kill', browser.killLatest());
      await pause(500);

      const back = await visit();
      await trackIn(back, 'back', 1);
      const until = Date.now() + 25_000;
      do {
        await pause(500);
        counts = await collector.tags();
      } while (Object.keys(expected).some((tag) => !counts.has(tag)) && Date.now() < until);
      ({ dropped, withViews } = collector);
    } finally {
      await within(30, 'close browser', browser.close());
      pages.close();
      await collector.close();
    }
  }, 170_000);

  const stored = (tag: string) => {
    const wanted = Object.keys(expected).filter((key) => key.startsWith(`${tag}-`));
    expect(wanted.length).toBeGreaterThan(0);
    expect(Object.fromEntries(wanted.map((key) => [key, counts.get(key) ?? 0]))).toEqual(
      Object.fromEntries(wanted.map((key) => [key, 1])),
    );
  };

  it.runIf(path).each([
    ['events before a click on a link', 'link '],
    ['events before a click on a link, where every beacon is refused', 'link no-beacon'],
    ['events before a click on a link, where fetch keeps nothing alive', 'link no-keepalive'],
    ['events of a page whose timers are frozen', 'link no-timers'],
    ['events before a click on a link, where other scripts use up what may be kept alive', 'link no-room'],
    ['events before a link to a page of the same origin', 'onward'],
    ['a click before a link to a page of the same origin', 'clicked'],
    ['an event of a page that is left at once for the one before', 'hop'],
    ['events of a page that is shown again', 'returned'],
    [
      'events before a link to a page of the same origin without the tracker, where the next visit finds them',
      'untracked',
    ],
    ['a burst of 90 KB before a navigation', 'burst'],
    ['a burst of 90 KB before the tab is closed', 'closed'],
    ['an event larger than what may be kept alive', 'huge'],
    ['events of before a laptop was shut', 'shut'],
    ['events of after it was opened', 'opened'],
    ['events of a frame on a page of others, without storage', 'framed'],
    ['events of a tab that is discarded', 'discarded'],
    ['events of a hidden tab that is discarded', 'discarded while hidden'],
    ['events that a collector has refused for two seconds', 'refused'],
    ['events whose answer was cut off', 'cut'],
    ['events of a visit while the collector was down', 'offline'],
    ['events beside one that is never taken', 'beside a bad one'],
    ['events where storage is denied', 'no storage'],
    ['events where storage is full', 'full storage'],
    ['events of a page that is killed 30 ms later', 'killed'],
  ])('stores %s, each once', (_what, tag) => stored(tag));

  it.runIf(path)("sends a click with the next page's view where the browser tells what comes next", () => {
    // Firefox does not, and sends it when the page is left.
    expect(knowsNextPage).toBe(name !== 'Firefox');
    expect(withViews.has('clicked-0')).toBe(knowsNextPage);
  });

  it.runIf(path)('sends what a site tracks when the page is left, whatever comes next', () => {
    expect([...withViews].filter((tag) => tag.startsWith('onward-'))).toEqual([]);
    expect(withViews).toContain('hop-0');
  });

  it.runIf(path)('stores events of five tabs at once, each once', () => {
    for (const index of [0, 1, 2, 3, 4]) stored(`tab ${index}`);
  });

  it.runIf(path)('gives up an event that is never taken, and says why', () => {
    expect(counts.has('bad')).toBe(false);
    expect(dropped).toContainEqual(expect.objectContaining({ invalid_value: 1 }));
  });
});
