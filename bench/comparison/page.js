/** The tables of docs/comparison.md, from what the benches measured and what is built: `node bench/comparison/page.js`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scenarios } from '../delivery/scenarios.js';
import { ownSizes } from './own-sizes.js';

/**
 * @typedef {{ date: string, bytes: Record<string, number> }} SizeMeasured
 * @typedef {{ unique: number, again: number }} Received
 * @typedef {{ date: string, chromium: string, received: Record<string, Record<string, Received>> }} DeliveryMeasured
 * @typedef {{ startMs: number, firstMs: number }} ScriptTime
 * @typedef {ScriptTime & { name: string, longTasks: number, afterUse?: ScriptTime }} Cost `afterUse`: where the page has used localStorage before
 * @typedef {{ date: string, chromium: string, throttle: number, found: Cost[] }} StartMeasured the first is an empty script's
 * @typedef {{ size: SizeMeasured, delivery: DeliveryMeasured, start: StartMeasured }} Measured
 */

export const PAGE = new URL('../../docs/comparison.md', import.meta.url);
const MEASURED = new URL('measured.json', import.meta.url);

/** @returns {Measured} */
export const measured = () => JSON.parse(readFileSync(MEASURED, 'utf8'));

const table = (/** @type {string[]} */ head, /** @type {string[][]} */ rows) =>
  [head, head.map((_, at) => (at ? '--:' : '---')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

/**
 * @param {SizeMeasured} size
 * @param {Record<string, number>} own
 */
export const sizeTable = ({ date, bytes }, own) =>
  `${table(
    ['Tracker', 'bytes, gzip -9'],
    Object.entries({ ...own, ...bytes })
      .sort(([, a], [, b]) => a - b)
      .map(([name, count]) => [name, count.toLocaleString('en')]),
  )}\n\nPeers measured on ${date} by \`npm run weigh -w bench\`; those of LiveInsight are of the current build.`;

const cell = (/** @type {Received | undefined} */ received) => {
  if (!received) return '–';
  return received.again ? `${received.unique} (+${received.again}d)` : `${received.unique}`;
};

/** @param {DeliveryMeasured} delivery */
export const deliveryTable = ({ date, chromium, received }) =>
  `${table(
    ['', ...Object.entries(scenarios).map(([letter, { what, sent }]) => `${letter}: ${what} (of ${sent})`)],
    Object.entries(received).map(([name, cells]) => [
      name,
      ...Object.keys(scenarios).map((letter) => cell(cells[letter])),
    ]),
  )}\n\nMeasured on ${date} in Chromium ${chromium} by \`npm run delivery -w bench\`.`;

/** @param {StartMeasured} start */
export const startTable = ({ date, chromium, throttle, found: [empty, ...costs] }) => {
  const ms = (/** @type {number} */ value) => `${value.toFixed(1)} ms`;
  const isComplete = costs.every(({ afterUse }) => afterUse);
  const row = (/** @type {Cost} */ { name, startMs, firstMs, longTasks, afterUse }) => [
    name,
    ms(startMs),
    `${(startMs / (empty?.startMs ?? 1)).toFixed(0)}×`,
    ms(firstMs),
    ...(isComplete && afterUse ? [ms(afterUse.startMs), ms(afterUse.firstMs)] : []),
    String(longTasks),
  ];
  const head = [
    '',
    'script until loaded',
    'of an empty script’s',
    'and in the second after',
    ...(isComplete ? ['until loaded, on a page that uses localStorage', 'and in the second after'] : []),
    'long tasks',
  ];
  const rows = [...(empty ? [empty] : []), ...costs.sort((a, b) => a.firstMs - b.firstMs)].map(row);
  return `${table(head, rows)}\n\nMedians of first visits, measured on ${date} in Chromium ${chromium}, its processor ${throttle} times slowed down, by \`npm run tracker -w bench\`.`;
};

/** @param {string} page */
export function withTables(page) {
  const { size, delivery, start } = measured();
  const tables = {
    size: sizeTable(size, ownSizes()),
    start: startTable(start),
    delivery: deliveryTable(delivery),
  };
  return Object.entries(tables).reduce(
    (text, [name, written]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`),
        (_all, start, end) => `${start}${written}\n${end}`,
      ),
    page,
  );
}

/**
 * Stores what a bench measured, and writes the page again.
 * @param {Partial<Measured>} more
 */
export function note(more) {
  writeFileSync(MEASURED, `${JSON.stringify({ ...measured(), ...more }, null, 2)}\n`);
  writePage();
}

const writePage = () => writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8')));

if (process.argv[1] === fileURLToPath(import.meta.url)) writePage();
