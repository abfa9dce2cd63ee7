/** A page that is left open: a day of updates leaves nothing behind. */
import type { CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../scripts/launch-chromium.mjs';
import { type Dashboard, startDashboard } from '../dashboard/dashboard.js';

const DAY_MS = 86_400_000;
/** Simulated time between one update and the next. */
const STEP_MS = 600_000;
/** By then all caches are full. */
const WARM_STEPS = 80;
const MAX_GROWTH_BYTES = 20_000;
const MAX_GROWTH_NODES = 9;

let dashboard: Dashboard;

interface Simulated {
  /** Something arrives: the open line tells of it, and the next answer has it. */
  step(at: number): void;
  /** Answers wait while it is quiet: none is under way while bytes are counted. */
  quiet(on: boolean): void;
}

/**
 * Runs in the page: answers of the collector, each different from all before, after one that it gave. They have more
 * rows than are shown.
 */
function simulate(answer: { status: string; data: Record<string, unknown> }): void {
  const native = window.fetch;
  const text = new TextEncoder();
  let line: ReadableStreamDefaultController<Uint8Array> | undefined;
  let number = 0;
  let quiet: Promise<void> | undefined;
  let goOn = () => {};
  const batch = (): object[] =>
    [0, 1, 2, 3, 4].map((at) => ({
      event_id: `simulated-${number}-${at}`,
      event_type: at === 4 ? 'conversion' : 'page_view',
      ...(at === 4 ? { conversion_type: `goal ${number}`, value: number, currency: 'EUR' } : {}),
      timestamp: Date.now(),
      received_at: new Date().toISOString(),
      session_id: `session-${number}`,
      page: `/page-${number}-${at}`,
      page_title: `Title ${number} `.repeat(5),
    }));
  let newest = batch();
  const realtime = () => {
    const bucket = (width: number, back: number) => ({
      start: new Date(Math.floor(Date.now() / width - back) * width).toISOString(),
      events: (number * (back + 7)) % 97,
      page_views: (number * (back + 3)) % 41,
    });
    const values = (name: string) =>
      Array.from({ length: 12 }, (_, at) => ({ value: `${name}-${number}-${at}`, sessions: 20 - at }));
    return {
      ...answer.data,
      as_of: new Date().toISOString(),
      active_sessions: { last_5_minutes: number % 500, last_30_minutes: number % 3_000 },
      sessions: Array.from({ length: 40 }, (_, at) => ({
        session_id: `session-${number - at}`,
        visitor_id: `visitor-${number - at}`,
        started_at: new Date().toISOString(),
        last_seen_at: new Date().toISOString(),
        current_page: `/page-${number - at}`,
        entry_page: '/',
        source: `source-${number % 9}`,
        channel: '',
        country: 'KR',
        device: 'desktop',
        browser: 'Firefox',
        os: 'Linux',
        duration_ms: number * 1_000 + at,
        page_views: (number + at) % 30,
        events: 1,
      })),
      pages: values('/page'),
      sources: values('source'),
      countries: values('country'),
      devices: values('device'),
      events_per_5_minutes: Array.from({ length: 20 }, (_, at) => bucket(300_000, 19 - at)),
      events_per_second: Array.from({ length: 60 }, (_, at) => bucket(1_000, 59 - at)),
      events: newest,
    };
  };
  window.fetch = async (input, init) => {
    const url = String(input);
    if (url.includes('/api/live')) {
      return new Response(
        new ReadableStream({
          start(controller) {
            line = controller;
          },
        }),
      );
    }
    if (url.includes('/api/realtime')) {
      await quiet;
      return Response.json({ status: 'success', data: realtime() });
    }
    return native(input, init);
  };
  const simulated: Simulated = {
    step(at) {
      number = at;
      newest = batch();
      line?.enqueue(text.encode(`id: ${at}\ndata: ${JSON.stringify({ events: newest })}\n\n`));
    },
    quiet(on) {
      goOn();
      quiet = on ? new Promise((resolve) => (goOn = resolve)) : undefined;
    },
  };
  Object.assign(window, { simulated });
}

const tell = (page: Page, call: keyof Simulated, value: number | boolean) =>
  page.evaluate(
    ([call, value]) =>
      (window as unknown as { simulated: Record<string, (value: unknown) => void> }).simulated[call]?.(value),
    [call, value] as const,
  );

async function measure(page: Page, cdp: CDPSession) {
  await tell(page, 'quiet', true);
  // What has come is shown by the page's clock; what it replaced is held until the next frame is drawn.
  for (let times = 0; times < 2; times += 1) await page.clock.runFor(1_000);
  await page.screenshot();
  // What an animation or a timer of the browser still holds is let go by a second time.
  for (let times = 0; times < 3; times += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  await tell(page, 'quiet', false);
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { bytes: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

async function pass(page: Page, first: number, last: number): Promise<void> {
  for (let at = first; at < last; at += 1) {
    await tell(page, 'step', at);
    await page.clock.fastForward(STEP_MS);
  }
  await page.locator(`#events li[data-event-id="simulated-${last - 1}-0"]`).waitFor();
  await page
    .locator(`a.session[href="?view=now&session=session-${last - 1}"]`)
    .first()
    .waitFor();
}

describe.skipIf(!hasChromium)('a page that is left open', () => {
  beforeAll(async () => {
    // Machine code that the engine makes of what runs often is no leak, and would be counted among the bytes.
    dashboard = await startDashboard({ days: 0 }, () => launchChromium('--js-flags=--jitless'));
  });
  afterAll(() => dashboard?.close());

  it('is after 24 hours of updates as large as it was', { timeout: 400_000 }, async () => {
    const answer = { status: 'success', data: await dashboard.collector.ask('/realtime') };
    const { page, complaints, close } = await dashboard.open('?view=now', {
      // Few rows are drawn; all are in memory.
      viewport: { width: 640, height: 360 },
      before: async (context) => {
        await context.clock.install();
        await context.addInitScript(simulate, answer);
      },
    });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    await page.clock.runFor(1_000);
    await page.locator('#status[data-state=live]').waitFor();
    await pass(page, 1, WARM_STEPS);
    const before = await measure(page, cdp);
    await pass(page, WARM_STEPS, DAY_MS / STEP_MS);
    const after = await measure(page, cdp);
    console.log(
      `${before.bytes} bytes and ${before.nodes} nodes before, ${after.bytes} and ${after.nodes} after`,
    );
    expect(after.bytes - before.bytes).toBeLessThan(MAX_GROWTH_BYTES);
    expect(after.nodes - before.nodes).toBeLessThan(MAX_GROWTH_NODES);
    expect(after.listeners - before.listeners).toBeLessThan(MAX_GROWTH_NODES);
    expect(complaints).toEqual([]);
    await close();
  });
});
