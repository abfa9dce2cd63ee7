/** Rows of properties whose values are like ids: they are of no use as a breakdown, and count in one row. Pure. */
import { MAX_VALUES_OF_FEW_EVENTS } from '../budgets.js';
import { CROSS_SEPARATOR } from '../engine/axis-rows.js';
import { type Field, isPropertyField } from '../engine/condition.js';
import { addCounters, type Counters, noCounters } from '../events/counters.js';
import { OTHER } from '../events/over-budget.js';

/** Where values of such a property are counted. */
export const MANY = '(many)';
/** With fewer events on average, most values are of one. */
const MIN_EVENTS = 2;

export interface ManyRow {
  counters: Counters;
  /** All values that count in it. */
  values: string[];
}

/**
 * The rows by value, where each stands for one or many values.
 * @param fields that the rows are of; none where each value is wanted
 */
export function joinMany(rows: Iterable<[string, Counters]>, fields: readonly Field[]): Map<string, ManyRow> {
  const all = [...rows].map(([value, counters]) => ({ value, parts: toParts(value, fields), counters }));
  const isMany = fields.map((field, index) => isPropertyField(field) && isLikeIds(all, index));
  const joined = new Map<string, ManyRow>();
  for (const { value, parts, counters } of all) {
    const name = isMany.includes(true)
      ? parts.map((part, index) => (isMany[index] ? MANY : part)).join(CROSS_SEPARATOR)
      : value;
    let row = joined.get(name);
    if (!row) {
      row = { counters: noCounters(), values: [] };
      joined.set(name, row);
    }
    addCounters(row.counters, counters);
    row.values.push(value);
  }
  return joined;
}

const toParts = (value: string, { length }: readonly Field[]): string[] =>
  length < 2 || value === OTHER ? Array.from({ length }, () => value) : value.split(CROSS_SEPARATOR);

function isLikeIds(rows: readonly { parts: string[]; counters: Counters }[], index: number): boolean {
  const values = new Set(rows.map(({ parts }) => parts[index]));
  if (values.size <= MAX_VALUES_OF_FEW_EVENTS) return false;
  // Values beyond the budget of rows are as many as their events, at most.
  const known = rows.filter(({ parts }) => parts[index] !== OTHER);
  const events = known.reduce((sum, { counters }) => sum + counters.events, 0);
  return events < MIN_EVENTS * values.size;
}
