// What a million events cost, with what was measured here in place of what the workload assumes.
import { readFileSync } from 'node:fs';
import { entryPointCosts, perMillionEvents } from '../costs/model.js';
import { table } from './measure.js';

const read = (/** @type {string} */ name) =>
  JSON.parse(readFileSync(new URL(`../costs/${name}`, import.meta.url), 'utf8'));

/** @typedef {{ readUnits: number, writeUnits: number, columnUnits: number, puts: number }} Charged */

/** @param {{ events: number, batches: number, rollUp: Charged, question?: Charged }} found */
export function costs({ events, batches, rollUp, question }) {
  const [prices, workload] = [read('prices.json'), read('workload.json')];
  const per = (/** @type {number} */ units) => Math.round((units / events) * 1e6);
  // Here a history was caught up with, whose log is read once. A site that is rolled up as its events arrive has each
  // day's log read again when the day is closed.
  const measured = {
    rollup_write_units: per(rollUp.writeUnits),
    columns_write_units: per(rollUp.columnUnits),
    rollup_read_units: 2 * per(rollUp.readUnits),
  };
  const log = Math.round((batches / events) * 1e6 * workload.write_units_per_batch);
  const lines = [
    `per million events: ${2 * log} write units for log and index (${(events / batches).toFixed(2)} events a batch),`,
    `${measured.rollup_write_units} for ${per(rollUp.puts)} puts of numbers, ${measured.columns_write_units} for columns; ${per(rollUp.readUnits)} read units to roll up (${measured.rollup_read_units} as events arrive)`,
    question
      ? `a question of 30 days: $${((question.readUnits / 1e6) * prices.dynamodb_read_units_million).toFixed(7)}`
      : '',
  ];
  const rows = Object.entries(workload.flushes).map(([name, events_per_request]) => {
    const cost = perMillionEvents(prices, { ...workload, ...measured, events_per_request });
    const { functionUrl, httpApi, cloudfront } = entryPointCosts(cost);
    return [
      name,
      String(events_per_request),
      ...[functionUrl, httpApi, cloudfront].map((dollars) => `$${dollars.toFixed(3)}`),
    ];
  });
  const head = [
    'a million events',
    'events a batch',
    'function URL',
    'HTTP API',
    'CloudFront beyond its free requests',
  ];
  return `${lines.filter(Boolean).join('\n')}\n\n${table(head, rows)}`;
}
