// What the dashboard costs its reader: how long until the first view shows its numbers, here and over a slow network, and
// how busy the page is at 50 events a second. On the dev server as `liveinsight dev` starts it, in Chromium, with a past of two weeks.
// npm run dashboard -w @liveinsight/bench
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { visits } from '@liveinsight/fixtures/visits';
import { startDev } from 'liveinsight';
import { launchChromium } from '../../scripts/launch-chromium.mjs';

const DAY_MS = 86_400_000;
const OPENINGS = 7;
/** A phone at the edge of its network. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };
const OVERVIEW = ['?view=overview', '.total-value :text-matches("\\\\d")'];
const EVENTS_PER_SECOND = 50;
const BUSY_FOR_S = 20;
const EVENTS_PER_BATCH = 5;

const folder = mkdtempSync(join(tmpdir(), 'liveinsight-dashboard-'));
const server = await startDev({ port: 0, data: folder });
const KEY = { authorization: `Bearer ${server.key}` };
const browser = await launchChromium();
try {
  await fill();
  // Of a browser that has nothing of it yet: each opening is in a profile of its own.
  report('now', await openings('?view=now', '#active-5 :text-matches("\\\\d")'), 1_000);
  report('overview, 7 days', await openings(...OVERVIEW), 1_000);
  report('overview at 400 kbit/s and 400 ms', await openings(...OVERVIEW, SLOW), 3_000);
  const { busy, shown } = await busyShare();
  const verdict = busy < 0.1 ? 'met' : 'missed';
  console.log(
    `main thread at ${EVENTS_PER_SECOND} events/s over ${BUSY_FOR_S} s: ${(100 * busy).toFixed(1)} % busy (aim: under 10 %, ${verdict}); ${shown}`,
  );
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}

async function fill() {
  const to = Date.now();
  const lines = visits({ from: to - 14 * DAY_MS, to, perDay: 200, site: 'default' });
  await post('/api/import', lines.map((line) => JSON.stringify(line)).join('\n'));
  // Whoever asks rolls up some of what is behind.
  let asOf = 0;
  while (asOf < to) {
    const reply = await fetch(`${server.url}/api/stats?from=13d`, { headers: KEY });
    const { data } = await reply.json();
    asOf = Date.parse(data.as_of);
  }
}

/** Milliseconds from the navigation's start to the first number, each time. */
async function openings(search, number, network) {
  const times = [];
  for (let n = 0; n < OPENINGS; n += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    if (network) {
      const cdp = await context.newCDPSession(page);
      await cdp.send('Network.enable');
      await cdp.send('Network.emulateNetworkConditions', network);
    }
    await page.goto(`${server.url}/dashboard/${search}#key=${server.key}`, { waitUntil: 'commit' });
    await page.locator(number).first().waitFor();
    times.push(await page.evaluate(() => performance.now()));
    await context.close();
  }
  return times;
}

function report(what, times, aim) {
  const sorted = [...times].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  console.log(
    `first numbers of ${what}: median ${Math.round(median)} ms, ${Math.round(sorted[0])} to ${Math.round(sorted.at(-1))} ms (aim: ${aim} ms, ${median <= aim ? 'met' : 'missed'})`,
  );
}

/** The share of time in which the page's main thread ran a task, as the browser counts it. */
async function busyShare() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${server.url}/dashboard/?view=now#key=${server.key}`);
  await page.locator('#status[data-state=live]').waitFor();
  const cdp = await page.context().newCDPSession(page);
  // Time in which it had the processor: what else runs on the machine does not count.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const tasks = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    const { value } = metrics.find(({ name }) => name === 'TaskDuration');
    return { at: performance.now(), ms: 1_000 * value };
  };
  const before = await tasks();
  const batches = (EVENTS_PER_SECOND * BUSY_FOR_S) / EVENTS_PER_BATCH;
  const every = (1_000 * EVENTS_PER_BATCH) / EVENTS_PER_SECOND;
  const start = performance.now();
  let last;
  for (let n = 0; n < batches; n += 1) {
    await until(start + n * every);
    last = `busy-${n}`;
    await post('/api/events', JSON.stringify(batch(n)));
  }
  const after = await tasks();
  await page.locator(`#events li[data-event-id="${last}-0"]`).waitFor();
  await page.close();
  const ms = after.at - before.at;
  return {
    busy: (after.ms - before.ms) / ms,
    shown: `${batches * EVENTS_PER_BATCH} events sent in ${(ms / 1_000).toFixed(1)} s, the last one shown`,
  };
}

function batch(n) {
  return {
    session: { session_id: `busy-session-${n % 150}` },
    events: Array.from({ length: EVENTS_PER_BATCH }, (_, at) => ({
      event_id: `busy-${n}-${at}`,
      event_type: at === 4 && n % 10 === 0 ? 'conversion' : 'page_view',
      ...(at === 4 && n % 10 === 0 ? { conversion_type: 'purchase', value: n, currency: 'EUR' } : {}),
      page_url: `https://shop.example/products/${(n * 7 + at) % 40}`,
      page_title: `Product ${(n * 7 + at) % 40}`,
    })),
  };
}

function until(at) {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));
}

async function post(path, body) {
  const reply = await fetch(server.url + path, { method: 'POST', headers: KEY, body });
  if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`);
}
