// What trackers cost a page's main thread: at the start, in the first second, per event, and in layouts, beside an empty script; on a page
// that stores nothing itself, and on one that has used localStorage before.
// npm run tracker -w @liveinsight/bench [-- --throttle 4] [--own]
import { once } from 'node:events';
import { createServer } from 'node:http';
import { launchChromium } from '../../scripts/launch-chromium.mjs';
import { note, startTable } from '../comparison/page.js';
import { baselines, others, own } from './subjects.js';

const flag = process.argv.indexOf('--throttle');
/** How many times slower the page is to run: Chromium's setting, which comes to twice as much in tasks this short. */
const throttle = flag > 0 ? Number(process.argv[flag + 1]) : 4;
/** Without the peers, which take most of the time; then nothing is noted for docs/comparison.md. */
const isOwn = process.argv.includes('--own');
const LOADS = 9;
const EVENTS = 200;
const FIRST_MS = 1_000;
const MAX_START_MS = 3;
const MAX_EVENT_MS = 0.2;
const LONG_TASKS = `<script>var longTasks = []; new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true })</script>`;

/** What most pages do before their trackers run: the first access has the browser load all that the origin has stored. */
const USES_STORAGE = '<script>localStorage.theme</script>';

/** @type {Map<string, string>} */
const files = new Map();
const server = createServer(({ method, url = '/' }, response) => {
  const code = files.get(url);
  if (method === 'POST') response.end('{"data":{"rejected":[]}}');
  else if (code !== undefined) response.setHeader('Content-Type', 'text/javascript').end(code);
  else response.setHeader('Content-Type', 'application/json').end('{}');
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

const subjects = [...baselines(), ...own(), ...(isOwn ? [] : await others(origin))];
for (const subject of subjects) for (const [path, code] of subject.files) files.set(path, code);

const browser = await launchChromium();
/** @typedef {{ startMs: number, pageMs: number, firstMs: number, eventMs: number, layouts: number, longTasks: number }} Visit */
/** @type {Map<string, Visit[]>} */
const visits = new Map(subjects.map(({ name }) => [name, []]));
/** The same on a page that has used localStorage before. @type {Map<string, Visit[]>} */
const visitsAfterUse = new Map(subjects.map(({ name }) => [name, []]));
/** @type {Visit[]} */
const unthrottled = [];
// In turn, so that what else this machine does meets all alike.
for (let load = 0; load < LOADS; load++) {
  for (const subject of subjects) {
    visits.get(subject.name)?.push(await visit(subject, throttle));
    const head = USES_STORAGE + subject.head;
    visitsAfterUse.get(subject.name)?.push(await visit({ head }, throttle));
  }
  if (subjects[0]) unthrottled.push(await visit(subjects[0], 1));
}
const chromium = browser.version();
await browser.close();
server.close();
server.closeAllConnections();

/**
 * One visit in a fresh profile: milliseconds of main thread by what was done, and what it made the browser do.
 * @param {Pick<import('./subjects.js').Subject, 'head' | 'track'>} subject
 * @param {number} rate
 * @returns {Promise<Visit>}
 */
async function visit({ head, track }, rate) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const session = await context.newCDPSession(tab);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  // The thread's own time: what else the machine does is not counted.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metrics = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  await tab.route('**/page', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Bench</title><h1>Bench</h1>${LONG_TASKS}${head}`,
    }),
  );
  await tab.goto(`${origin}/page`);
  const start = await metrics();
  await new Promise((done) => setTimeout(done, FIRST_MS));
  const first = await metrics();
  if (track) await tab.evaluate(`for (let n = 0; n < ${EVENTS}; n++) ${track}`);
  const after = await metrics();
  const longTasks = Number(await tab.evaluate('longTasks.length'));
  await context.close();
  return {
    startMs: start.ScriptDuration * 1_000,
    // All that the page took until it was loaded, its parsing and painting too.
    pageMs: start.TaskDuration * 1_000,
    firstMs: first.ScriptDuration * 1_000,
    // Chromium counts what a test runs as a task, not as a script.
    eventMs: ((after.TaskDuration - first.TaskDuration) * 1_000) / EVENTS,
    layouts: after.LayoutCount,
    longTasks,
  };
}

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
const found = subjects.map(({ name }) => {
  const of = (/** @type {keyof Visit} */ what, on = visits) =>
    median((on.get(name) ?? []).map((visit) => visit[what]));
  return {
    name,
    startMs: of('startMs'),
    firstMs: of('firstMs'),
    afterUse: { startMs: of('startMs', visitsAfterUse), firstMs: of('firstMs', visitsAfterUse) },
    eventMs: of('eventMs'),
    layouts: of('layouts'),
    longTasks: of('longTasks'),
  };
});
const start = {
  date: new Date().toISOString().slice(0, 10),
  chromium,
  throttle,
  found: found.map(({ name, startMs, firstMs, longTasks, afterUse }) => ({
    name,
    startMs,
    firstMs,
    longTasks,
    afterUse,
  })),
};
if (flag < 0 && !isOwn) note({ start });
console.log(startTable(start));

const [empty, , core] = found;
const pageMs = (/** @type {Visit[]} */ of) => median(of.map((visit) => visit.pageMs));
/** What the empty page shows the setting to come to. */
const slowdown = pageMs(visits.get(empty?.name ?? '') ?? []) / pageMs(unthrottled);
const startMs = ((core?.startMs ?? 0) - (empty?.startMs ?? 0)) / slowdown;
const eventMs = ((core?.eventMs ?? 0) - (empty?.eventMs ?? 0)) / slowdown;
const layouts = (core?.layouts ?? 0) - (empty?.layouts ?? 0);
console.log(
  `\nAn empty page takes ${pageMs(unthrottled).toFixed(1)} ms until it is loaded, and ${slowdown.toFixed(1)} times as long so throttled. ` +
    `The core’s own work is, unthrottled, ${startMs.toFixed(2)} ms at start (at most ${MAX_START_MS}), ` +
    `${(100 * (startMs / pageMs(unthrottled))).toFixed(0)} % of that page’s, ` +
    `${eventMs.toFixed(3)} ms per event (at most ${MAX_EVENT_MS}), and ${layouts} layouts.`,
);
if (startMs > MAX_START_MS || eventMs > MAX_EVENT_MS || layouts > 0) process.exitCode = 1;
