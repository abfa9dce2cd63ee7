// From the browser to the pushed message: a page sends to one collector, its events are read by another's /api/live.
// npm run live -w @liveinsight/bench [-- --rounds 40]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createTables } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { launchChromium } from '../../scripts/launch-chromium.mjs';
import { table } from '../read/measure.js';
import { listen } from './messages.js';

const flag = process.argv.indexOf('--rounds');
const ROUNDS = flag > 0 ? Number(process.argv[flag + 1]) : 40;
/** Long enough for what waits to have left. */
const ALONE_MS = 5_800;
/** By how an event is called: ms at p95. */
const AIMS = { page_view: 1_000, conversion: 1_000, click: 5_500 };

const READ_KEY = 'a read key for the benchmark';
const PROCESS = fileURLToPath(new URL('../../e2e/way/collector-process.js', import.meta.url));
const dynalite = await startDynalite();
await createTables({ endpoint: dynalite.endpoint });
const [one, other] = await Promise.all([start(), start()]);
const browser = await launchChromium();

/** @type {Map<string, number[]>} */
const took = new Map();
const line = await listen(`${other.url}/api/live?site=shop`, READ_KEY, (events) => {
  const now = Date.now();
  for (const { event_type, timestamp } of events) {
    took.set(event_type, [...(took.get(event_type) ?? []), now - timestamp]);
  }
});

const page = await browser.newPage();
await page.goto(one.url);
for (let round = 0; round < ROUNDS; round += 1) {
  // Not in step with readers that poll at a fixed interval.
  await page.waitForTimeout(700 + ((round * 137) % 400));
  await page.evaluate((at) => history.pushState({}, '', `/products/${at}`), round);
  await page.waitForTimeout(700 + ((round * 89) % 400));
  await page.evaluate("liveinsight('conversion', 'purchase', { value: 12.5, currency: 'EUR' })");
  // A click that nothing takes along.
  if (round % 4 !== 0) continue;
  await page.waitForTimeout(700);
  await page.click('#buy');
  await page.waitForTimeout(ALONE_MS);
}
await page.waitForTimeout(1_500);

const rows = Object.entries(AIMS).map(([name, aim]) => {
  const sorted = (took.get(name) ?? []).sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  const met = at(0.95) <= aim;
  if (!met) process.exitCode = 1;
  const numbers = [at(0.5), at(0.95), at(1)].map((ms) => String(ms));
  return [name, String(sorted.length), ...numbers, `${aim}: ${met ? 'met' : 'MISSED'}`];
});
console.log(
  `From the browser to the message of another collector, tracker and collectors at their defaults\n\n${table(
    ['event', 'count', 'ms, median', 'ms, p95', 'ms, most', 'aim at p95'],
    rows,
  )}`,
);

line.close();
await browser.close();
for (const { child } of [one, other]) child.disconnect();
await dynalite.close();

async function start() {
  const child = fork(PROCESS, [dynalite.endpoint, READ_KEY]);
  const [port] = await once(child, 'message');
  return { child, url: `http://127.0.0.1:${port}` };
}
