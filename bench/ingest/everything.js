// All that a collector can find out about an event and look at before it is stored: location by a database and by headers, rules of
// every kind for what is left out, bots, page groups, and several hundred browsers instead of one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromMmdb } from '@liveinsight/collector/mmdb';
import { writeMmdb } from '../../scripts/write-mmdb.mjs';

const ADMIN_KEY = 'an admin key of the benchmark';
const CITIES = ['London', 'Leeds', 'Seoul', 'Busan', 'Berlin', 'Hamburg', 'Paris', 'Lyon'];
const NETWORKS = 256;
/** Of each kind; none of them means what is sent, so that as many events are stored as by the others. */
const RULES = [
  ...['203.0.113.7', '198.51.100.0/24', '2001:db8::/32'].map((value) => ({ by: 'address', value })),
  ...['AQ', 'BV'].map((value) => ({ by: 'country', value })),
  ...['staging.shop.example', '*.preview.shop.example'].map((value) => ({ by: 'host', value })),
  ...['/admin/*', '*/preview', '~internal', '/health'].map((value) => ({ by: 'path', value })),
  ...['Lighthouse', 'Synthetic*Monitor'].map((value) => ({ by: 'user_agent', value })),
  ...['v-office', 'v-home'].map((value) => ({ by: 'visitor', value })),
];
const PAGE_GROUPS = ['/products/:id', '/blog/*', '/account/:part/:id'];

/** Options of the collector, in addition to those that it has anyway. */
export async function allOptions() {
  const folder = mkdtempSync(join(tmpdir(), 'liveinsight-locations-'));
  const file = join(folder, 'city.mmdb');
  const networks = Array.from({ length: NETWORKS }, (_, index) => {
    const city = { names: { en: CITIES[index % CITIES.length] ?? '' } };
    const region = { iso_code: 'R', names: { en: `Region ${index}` } };
    return [`81.2.${index}.0/24`, { country: { iso_code: 'GB' }, subdivisions: [region], city }];
  });
  writeFileSync(file, writeMmdb(Object.fromEntries(networks)));
  const location = await fromMmdb(file);
  // It is watched: without it, each look for a newer one would be reported.
  process.once('exit', () => rmSync(folder, { recursive: true }));
  return {
    location,
    locationHeaders: /** @type {const} */ ('cloudfront'),
    trustedProxies: 1,
    countBots: true,
    adminKeys: [ADMIN_KEY],
  };
}

/** @param {import('@liveinsight/collector').Collector} collector */
export async function setRules(collector) {
  const settings = [
    ...RULES.map((body) => ({ path: 'exclusions', body })),
    ...PAGE_GROUPS.map((pattern) => ({ path: 'page-groups', body: { pattern } })),
  ];
  for (const { path, body } of settings) {
    const response = await collector.fetch(
      new Request(`http://collector/api/${path}?site=shop`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
}

const SYSTEMS = [
  'Windows NT 10.0; Win64; x64',
  'Macintosh; Intel Mac OS X 10_15_7',
  'X11; Linux x86_64',
  'Linux; Android 15; Pixel 9',
  'Linux; Android 14; SM-S921B',
];
const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
/** One request in so many is a bot's. */
const BOT_EVERY = 20;

/** Headers of the request of this number, as a CDN passes them on. @param {number} at */
export function headersOf(at) {
  const system = SYSTEMS[at % SYSTEMS.length];
  const version = 60 + (at % 83);
  const browser = `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;
  return {
    'user-agent': at % BOT_EVERY === 0 ? BOT : browser,
    'sec-ch-ua': `"Chromium";v="${version}", "Google Chrome";v="${version}", "Not?A_Brand";v="99"`,
    'sec-ch-ua-platform': '"Windows"',
    'x-forwarded-for': `81.2.${at % NETWORKS}.${at % 251}`,
    'cloudfront-viewer-country': 'GB',
    'cloudfront-viewer-country-region-name': 'England',
    'cloudfront-viewer-city': 'London',
  };
}
