// What the tracker costs a page's main thread: at its start, per event, and in layouts, beside a page with an empty script.
// npm run tracker -w @liveinsight/bench [-- --throttle 4]
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { launchChromium } from '../../scripts/launch-chromium.mjs';

const flag = process.argv.indexOf('--throttle');
/** How many times slower than this machine the page runs. */
const throttle = flag > 0 ? Number(process.argv[flag + 1]) : 4;
const LOADS = 15;
const EVENTS = 200;
const SCRIPTS = ['empty.js', 'storage.js', 'liveinsight.js', 'liveinsight.extended.js'];
const MAX_START_MS = 3;
const MAX_EVENT_MS = 0.2;

/** Scripts to compare with: one that does nothing, and one that asks once what is stored, which every durable tracker must. */
const PLAIN = {
  'empty.js': 'liveinsight = () => {}',
  'storage.js': 'liveinsight = () => {}; Object.keys(localStorage)',
};
const textOf = (file) =>
  PLAIN[file] ?? readFileSync(new URL(`../../packages/tracker/dist/${file}`, import.meta.url), 'utf8');
const page = (file) => `<!doctype html><title>Bench</title><h1>Bench</h1>
<script>var longTasks = []; new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true })</script>
<script src="/${file}" data-site="bench"></script>`;

const server = createServer((request, response) => {
  const file = request.url.slice(1);
  if (request.method === 'POST') response.end('{"data":{"rejected":[]}}');
  else if (file.endsWith('.js')) response.setHeader('Content-Type', 'text/javascript').end(textOf(file));
  else response.setHeader('Content-Type', 'text/html').end(page(file));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await launchChromium();
const measured = Object.fromEntries(SCRIPTS.map((file) => [file, []]));
// In turn, so that what else this machine does meets all alike.
for (let load = 0; load < LOADS; load++) {
  for (const file of SCRIPTS) measured[file].push(await visit(file.slice(0, -3)));
}
await browser.close();
server.close();
server.closeAllConnections();

/** One visit in a fresh profile: milliseconds of main thread by what was done, and what it made the browser do. */
async function visit(name) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const session = await context.newCDPSession(tab);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  // The thread's own time: what else the machine does is not counted.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metrics = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  await tab.route(`**/${name}`, (route) =>
    route.fulfill({ contentType: 'text/html', body: page(`${name}.js`) }),
  );
  await tab.goto(`${origin}/${name}`);
  const started = await metrics();
  await tab.evaluate((events) => {
    for (let n = 0; n < events; n++) liveinsight('track', 'bench', { n, plan: 'pro' });
  }, EVENTS);
  const { ScriptDuration, LayoutCount } = await metrics();
  const eventMs = ((ScriptDuration - started.ScriptDuration) * 1000) / EVENTS;
  const longTasks = await tab.evaluate('longTasks.length');
  await context.close();
  return { startMs: started.ScriptDuration * 1000, eventMs, layouts: LayoutCount, longTasks };
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const rows = SCRIPTS.map((file) => {
  const of = (what) => median(measured[file].map((visit) => visit[what]));
  return {
    file,
    startMs: of('startMs'),
    eventMs: of('eventMs'),
    layouts: of('layouts'),
    longTasks: of('longTasks'),
  };
});
const [empty] = rows;
console.log(`CPU throttled ${throttle} times; medians of ${LOADS} visits, ${EVENTS} events each at once.\n`);
console.log(
  '| Script | script at start | beside empty | per event | layouts | long tasks |\n|---|--:|--:|--:|--:|--:|',
);
for (const { file, startMs, eventMs, layouts, longTasks } of rows) {
  const ratio = (startMs / empty.startMs).toFixed(2);
  console.log(
    `| ${file} | ${startMs.toFixed(2)} ms | ${ratio}× | ${eventMs.toFixed(3)} ms | ${layouts} | ${longTasks} |`,
  );
}
const core = rows[2];
const startMs = (core.startMs - empty.startMs) / throttle;
const eventMs = core.eventMs / throttle;
console.log(
  `\nThe core’s own work, unthrottled: ${startMs.toFixed(2)} ms at start (at most ${MAX_START_MS}), ` +
    `${eventMs.toFixed(3)} ms per event (at most ${MAX_EVENT_MS}), ${core.layouts - empty.layouts} layouts.`,
);
if (startMs > MAX_START_MS || eventMs > MAX_EVENT_MS || core.layouts > empty.layouts) process.exitCode = 1;
