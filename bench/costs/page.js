/** The tables of docs/operations/cost.md, from the model: `node bench/costs/page.js` writes them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { COMPONENTS, entryPointCosts, metricsOfEvents, perMillionEvents, perMonth } from './model.js';

const read = (/** @type {string} */ name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const prices = read('prices.json');
const load = read('workload.json');
export const PAGE = new URL('../../docs/operations/cost.md', import.meta.url);

const dollars = (/** @type {number} */ amount) => `$${amount.toFixed(amount < 10 ? 3 : 0)}`;
const table = (/** @type {string[][]} */ rows) =>
  rows
    .map((cells, at) => `| ${cells.join(' | ')} |${at === 0 ? `\n|${' --- |'.repeat(cells.length)}` : ''}`)
    .join('\n');

const WORDS = /** @type {Record<string, string>} */ ({
  log: 'DynamoDB: the log, nearly always one write unit a batch',
  index: 'DynamoDB: its index in order of arrival',
  links: 'DynamoDB: which sessions are whose, one visit in ten being identified',
  rollups: 'DynamoDB: rolling up, reading the log twice, and writing events by column',
  storage: `DynamoDB: ${load.retention_days} days of raw events`,
  columns: `DynamoDB: ${load.columns_retention_days} days of events by column`,
  ingest: `Lambda: ingest, ${load.ingest_ms} ms of 512 MB a request`,
  metrics: 'CloudWatch: metrics in the log',
});

function perMillion() {
  const cost = perMillionEvents(prices, load);
  const at = (/** @type {string} */ name) => cost[name] ?? 0;
  const { functionUrl, httpApi } = entryPointCosts(cost);
  return table([
    ['A million events', 'Cost'],
    ...COMPONENTS.map((name) => [WORDS[name] ?? name, dollars(at(name))]),
    ["**Together**, with `entryPoint: 'function-url'`", `**${dollars(functionUrl)}**`],
    ["**Together**, with `entryPoint: 'http-api'`", `**${dollars(httpApi)}**`],
    ['… and CloudFront, beyond its 10 million free requests a month', `+ ${dollars(at('cloudfront'))}`],
    ['… and the recovery of the tables to any second of 35 days', `+ ${dollars(at('recovery'))}`],
    ["… and `ingest: 'buffered'`", `+ ${dollars(at('buffer'))}`],
    ['… and `firewall`', `+ ${dollars(at('firewall'))}`],
  ]);
}

function byFlush() {
  const rows = Object.entries(load.flushes).map(([name, events_per_request]) => {
    const { functionUrl, httpApi } = entryPointCosts(
      perMillionEvents(prices, { ...load, events_per_request }),
    );
    return [`${name} (${events_per_request} a batch)`, dollars(functionUrl), dollars(httpApi)];
  });
  return table([['A million events', '`function-url`', '`http-api`'], ...rows]);
}

/** @param {Record<string, number>} costs a month, without the firewall */
const sumOf = ({ firewall: _, ...fixed }) => Object.values(fixed).reduce((sum, amount) => sum + amount, 0);

function standing() {
  const words = /** @type {Record<string, string>} */ ({
    alarms: 'Alarms (10 metrics are free)',
    metrics: 'Custom metrics: one gets values (10 are free)',
    dashboard: 'Dashboard (3 are free)',
    secrets: 'Secrets',
    rollup: 'Rolling up every 5, or 15 minutes',
  });
  const [full, lean] = [perMonth(prices, load), perMonth(prices, load, 'lean')];
  const rows = Object.entries(words).map(([name, label]) => [
    label,
    dollars(full[name] ?? 0),
    dollars(lean[name] ?? 0),
  ]);
  return table([
    ['A month, without a single event', '`full`', '`lean`'],
    ...rows,
    ['**Together**', `**${dollars(sumOf(full))}**`, `**${dollars(sumOf(lean))}**`],
    [
      '… and the firewall, where it is on',
      ...[full, lean].map(({ firewall = 0 }) => `+ ${dollars(firewall)}`),
    ],
  ]);
}

function byVolume() {
  const { cloudfront = 0, ...cost } = perMillionEvents(prices, load);
  const rest = [...COMPONENTS, 'recovery'].reduce((sum, name) => sum + (cost[name] ?? 0), 0);
  const fixed = [perMonth(prices, load), perMonth(prices, load, 'lean')].map(
    (month) => sumOf(month) + metricsOfEvents(prices, load),
  );
  const rows = [0.1, 1, 10, 100, 1_000, 30_000].map((millions) => {
    const paid = Math.max(0, millions - 10 * load.events_per_request);
    const events = millions * rest + paid * cloudfront;
    return [`${millions.toLocaleString('en')} million`, ...fixed.map((month) => dollars(month + events))];
  });
  return table([['Events a month', '`full`', '`lean`'], ...rows]);
}

/** @param {string} page */
export function withTables(page) {
  const parts = /** @type {Record<string, () => string>} */ ({
    'per-million': perMillion,
    'by-flush': byFlush,
    standing,
    'by-volume': byVolume,
  });
  return Object.entries(parts).reduce(
    (text, [name, make]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`),
        (_all, start, end) => `${start}${make()}\n${end}`,
      ),
    page,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8')));
}
