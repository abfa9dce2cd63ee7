// Takes the pictures of the dashboard that the documentation shows, of made-up visits: docs/images/*.png.
// node scripts/dashboard/docs-images.mjs [name …] (after a build; default: all of them)
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../launch-chromium.mjs';
import { fewerColours } from './png.mjs';
import { READ_KEY, startSeededCollector } from './seeded-collector.mjs';
import { visits } from './visits.mjs';

const DAY_MS = 86_400_000;
const MAX_BYTES = 150_000;
const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** @type {{ name: string, search: string, width: number, height: number, scale?: number, dark?: boolean, alerts?: boolean }[]} */
const PICTURES = [
  { name: 'now-light', search: '', width: 1440, height: 900 },
  { name: 'now-dark', search: '', width: 1440, height: 900, dark: true },
  { name: 'now-phone', search: '', width: 390, height: 844, scale: 2 },
  { name: 'now-wall', search: '', width: 2560, height: 1440, dark: true },
  {
    name: 'over-time-light',
    search: '?view=over-time&range=30d&compare=previous',
    width: 1440,
    height: 1200,
  },
  {
    name: 'over-time-dark',
    search: '?view=over-time&range=24h&metric=sessions',
    width: 1440,
    height: 1200,
    dark: true,
  },
  { name: 'over-time-phone', search: '?view=over-time&range=7d', width: 390, height: 844, scale: 2 },
  { name: 'page', search: '?view=page&path=/products/jeju-black&range=30d', width: 1440, height: 1000 },
  { name: 'session', search: '?session=OPEN', width: 1440, height: 900 },
  { name: 'sessions', search: '?view=sessions&range=24h', width: 1440, height: 900 },
  { name: 'funnels', search: `?view=funnels&range=30d&${funnel()}`, width: 1440, height: 860 },
  { name: 'retention', search: '?view=retention', width: 1440, height: 720, dark: true },
  { name: 'journeys', search: '?view=journeys&range=30d&path=/products', width: 1440, height: 1000 },
  {
    name: 'journeys-phone',
    search: '?view=journeys&range=30d&path=/products',
    width: 390,
    height: 844,
    scale: 2,
  },
  { name: 'click-map', search: '?view=click-map&range=30d&path=/products', width: 1440, height: 640 },
  // Last: from here on one of them shows over every view.
  { name: 'alerts', search: '?view=alerts', width: 1440, height: 640, alerts: true },
];
const wanted = process.argv.slice(2);

const collector = await startSeededCollector({
  days: 59,
  quietHours: 1.8,
  perDay: 220,
  sites: [{ id: 'shop', retention_days: 90 }],
});
const browser = await launchChromium();
let live;
try {
  await recentHours();
  await collector.ask('/annotations', {
    method: 'POST',
    body: JSON.stringify({
      at: new Date(Date.now() - 12 * DAY_MS).toISOString(),
      text: 'Harvest newsletter',
    }),
  });
  live = trickle();
  // Until the last minute is full.
  await new Promise((resolve) => setTimeout(resolve, 45_000));
  for (const picture of PICTURES) {
    if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
    if (picture.alerts) await keepAlerts();
    await take(picture);
  }
} finally {
  clearInterval(live?.timer);
  await browser.close();
  await collector.close();
}

function funnel() {
  const steps = ['page:/', 'page:/products', 'page:/products/*', 'page:/cart', 'event:purchase'];
  return new URLSearchParams({ steps: steps.join(','), step_within: '2:10m' });
}

async function keepAlerts() {
  const rule = { comparison: 'above', threshold: 5, window_minutes: 5, for_minutes: 0, enabled: true };
  for (const more of [
    { name: 'Checkout errors', metric: 'events', dimension: 'event_name', value: 'error' },
    {
      name: 'Campaign has begun',
      metric: 'active_sessions',
      dimension: 'source',
      value: 'newsletter',
      threshold: 1,
    },
    {
      name: 'Nobody buys',
      metric: 'conversions',
      dimension: 'conversion_type',
      value: 'purchase',
      comparison: 'below',
      threshold: 1,
      window_minutes: 360,
    },
    { name: 'Busy evening', metric: 'page_views', threshold: 5_000, window_minutes: 60, enabled: false },
  ]) {
    await collector.ask('/alerts', { method: 'POST', body: JSON.stringify({ ...rule, ...more }) });
  }
  await collector.rollUp();
}

/** Visitors of the last hours, with all that is known of those who are still there. */
async function recentHours() {
  const to = Date.now() - 20_000;
  const lines = visits({ from: to - 100 * 60_000, to, perDay: 2_600, seed: 11 });
  await collector.load(lines.map((line) => ({ ...line, site: 'shop' })));
}

/** Events while the pictures are taken: of visits as they are, one step after another. */
function trickle() {
  const lines = visits({ from: 0, to: DAY_MS, perDay: 700, seed: 5 });
  const open = lines.slice(0, 60).map((line, at) => ({ ...line, next: (at * 3) % line.events.length }));
  let turn = 0;
  const timer = setInterval(() => {
    const visit = open[(turn * 7) % open.length];
    turn += 1;
    if (!visit) return;
    const event = visit.events[visit.next];
    visit.next = (visit.next + 1) % visit.events.length;
    if (!event) return;
    const { timestamp, gap_ms, ...what } = event;
    void collector.load([
      {
        ...visit,
        next: undefined,
        batch: `${visit.batch}-${turn}`,
        session: { ...visit.session, session_id: `live-${visit.session.session_id}` },
        // The store's clock may be a little behind.
        received_at: Date.now() - 2_000,
        events: [{ ...what, event_id: `${event.event_id}-${turn}`, timestamp: Date.now() }],
      },
    ]);
  }, 350);
  return { timer };
}

/** @param {{ name: string, search: string, width: number, height: number, scale?: number, dark?: boolean, alerts?: boolean }} picture */
async function take({ name, search, width, height, scale = 1, dark = false, alerts = false }) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  await context.addInitScript((key) => {
    const { location, sessionStorage } = /** @type {any} */ (globalThis);
    if (location.protocol !== 'about:') sessionStorage.setItem('liveinsight-key', key);
  }, READ_KEY);
  const page = await context.newPage();
  const { sessions } = await collector.ask('/realtime');
  const longest = [...sessions].sort((a, b) => b.events - a.events)[0];
  await page.goto(`${collector.url}/dashboard/${search.replace('OPEN', longest?.session_id ?? '')}`);
  await page.locator('.live-list li, .total, .figure-row, tbody tr').first().waitFor();
  await page.locator('.state.loading, [aria-busy=true]').first().waitFor({ state: 'detached' });
  if (alerts) await page.locator('.alert-banner').first().waitFor();
  if (search === '') await page.waitForTimeout(2_000);
  const png = fewerColours(await page.screenshot());
  await context.close();
  console.log(`${name}.png: ${png.length} bytes`);
  if (png.length > MAX_BYTES) process.exitCode = 1;
  writeFileSync(`${folder}${name}.png`, png);
}
