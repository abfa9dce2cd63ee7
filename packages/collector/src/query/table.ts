/** Rows of a breakdown as a table: searched, sorted and paged as a whole. Pure. */
import type { BreakdownRow, RowMetric, RowSort } from '@liveinsight/schema';
import { lazy } from '../cache/lazy.js';
import { decodeValue, hasText } from './search-and-order.js';

/** All rows of one breakdown. */
export interface Table {
  /** As it is asked for: `page`, `prop:plan`, `source*device`. */
  name: string;
  /** What the rows are about: those that have none of it are no rows. */
  main: RowMetric;
  rows: BreakdownRow[];
}

export interface RowOrder {
  /** Undefined: what the rows are about. */
  column: RowSort | undefined;
  /** Whether by the difference from the compared period instead of the number itself. */
  byChange: boolean;
  isAscending: boolean;
}

export interface TableQuery {
  order: RowOrder;
  /** Text that values must have in them. Empty: any. */
  search: string;
  limit: number;
  /** Rows before the first that is wanted. */
  offset: number;
}

/** One number for amounts in several currencies; undefined where they are not known. */
export type ToMoney = (revenue: Record<string, number> | null | undefined) => number | undefined;

export interface TablePage {
  rows: BreakdownRow[];
  /** Of all that were found. */
  count: number;
}

/** The rows that are found, in order. Of equal ones the same is first each time; unknown numbers come last. */
export function sortTable(
  { rows, main }: Table,
  { order, search }: Pick<TableQuery, 'order' | 'search'>,
  toMoney: ToMoney,
): BreakdownRow[] {
  const found = rows.filter(({ value, values = [value] }) => values.some((one) => hasText(one, search)));
  const keyed = found.map((row) => ({ row, key: toKey(row, order, main, toMoney) }));
  const sign = order.isAscending ? 1 : -1;
  keyed.sort((a, b) => compareKeys(a.key, b.key, sign) || tieBreak(a.row, b.row));
  return keyed.map(({ row }) => row);
}

export const takePage = (
  rows: BreakdownRow[],
  { limit, offset }: Pick<TableQuery, 'limit' | 'offset'>,
): TablePage => ({
  rows: rows.slice(offset, offset + limit),
  count: rows.length,
});

type Key = number | string | undefined;

function toKey(row: BreakdownRow, { column, byChange }: RowOrder, main: RowMetric, toMoney: ToMoney): Key {
  if (column === 'value') return decodeValue(row.value);
  const now = toNumber(row, column ?? main, toMoney);
  if (!byChange) return now;
  const before = row.previous ? toNumber(row.previous, column ?? main, toMoney) : undefined;
  return now === undefined || before === undefined ? undefined : now - before;
}

type RowNumbers = Omit<BreakdownRow, 'value' | 'values' | 'previous'>;

const toNumber = (
  row: RowNumbers,
  column: Exclude<RowSort, 'value'>,
  toMoney: ToMoney,
): number | undefined => (column === 'revenue' ? toMoney(row.revenue) : (row[column] ?? undefined));

const collator = lazy(() => new Intl.Collator('en'));

function compareKeys(a: Key, b: Key, sign: number): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * collator().compare(String(a), String(b));
}

const tieBreak = (a: BreakdownRow, b: BreakdownRow): number =>
  b.events - a.events || (a.value < b.value ? -1 : Number(a.value > b.value));
