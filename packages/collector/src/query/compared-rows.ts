/** The same row in the period that a range is compared with. Pure. */
import type { BreakdownRow, RowMetric } from '@liveinsight/schema';
import { OTHER } from '../events/over-budget.js';
import { MANY } from './many-values.js';
import type { Table } from './table.js';

export interface ComparedRows {
  table: Table;
  /** Whether rows that only the compared period has are missing, as they may be counted as `(other)`. */
  isCut: boolean;
}

export interface CompareOptions {
  /** Undefined: the compared period is not known. */
  before: Table | undefined;
  /** Whether a value that its rows do not have occurred not once: they are of all that happened then. */
  isBeforeComplete: boolean;
  /** Whether rows of the range are of all of it. */
  isComplete: boolean;
  /** Whether rows that only the compared period has are wanted too. */
  withGone: boolean;
}

type RowNumbers = NonNullable<BreakdownRow['previous']>;

/** A value that is not there occurred not once, unless rows are of a sample, or some values are counted as `(other)`: then that is not known. */
export function compareRows(
  now: Table,
  { before, isBeforeComplete, isComplete, withGone }: CompareOptions,
): ComparedRows {
  if (!before)
    return {
      table: { ...now, rows: withoutEmpty(now).rows.map((row) => ({ ...row, previous: null })) },
      isCut: false,
    };
  const { main } = now;
  const hasAll = isBeforeComplete && !before.rows.some(isCollective);
  const earlier = new Map(before.rows.map((row) => [row.value, row]));
  const rows = now.rows
    .map((row) => ({ ...row, previous: findPrevious(row, earlier, hasAll) }))
    .filter((row) => has(row, main) || (withGone && row.previous !== null && has(row.previous, main)));
  const gone = withGone ? listGone(now, before) : [];
  const areKnown = isComplete && !now.rows.some(isCollective);
  return {
    table: { ...now, rows: areKnown ? [...rows, ...gone] : rows },
    isCut: gone.length > 0 && !areKnown,
  };
}

/** Whether a row stands for values that have no rows of their own. */
const isCollective = ({ value, values = [value] }: BreakdownRow): boolean =>
  values.some((one) => one === OTHER || one === MANY);

/** Whether a row has what rows are about. */
const has = (row: RowNumbers, main: RowMetric): boolean => (row[main] ?? 0) > 0;

/** Without the rows that have nothing of what rows are about. */
export const withoutEmpty = (table: Table): Table => ({
  ...table,
  rows: table.rows.filter((row) => has(row, table.main)),
});

function findPrevious(
  row: BreakdownRow,
  earlier: ReadonlyMap<string, BreakdownRow>,
  hasAll: boolean,
): RowNumbers | null {
  // It stands for other values each time.
  if (isCollective(row)) return null;
  const found = earlier.get(row.value);
  if (found) return toNumbers(found);
  return hasAll ? toNothing(row) : null;
}

function listGone(now: Table, before: Table): BreakdownRow[] {
  const values = new Set(now.rows.map(({ value }) => value));
  return before.rows
    .filter((row) => !isCollective(row) && !values.has(row.value) && has(row, now.main))
    .map((row) => ({
      value: row.value,
      ...(row.values ? { values: row.values } : {}),
      ...toNothing(row),
      previous: toNumbers(row),
    }));
}

function toNumbers({
  value: _value,
  values: _values,
  previous: _previous,
  ...numbers
}: BreakdownRow): RowNumbers {
  return numbers;
}

/** Counts of nothing are zero; there are no rates of nothing. */
function toNothing({
  page_views,
  sessions,
  clicks,
  exits,
  visitors,
  revenue,
  goal_value,
}: BreakdownRow): RowNumbers {
  return {
    events: 0,
    conversions: 0,
    ...(page_views === undefined ? {} : { page_views: 0 }),
    ...(sessions === undefined ? {} : { sessions: 0 }),
    ...(clicks === undefined ? {} : { clicks: 0 }),
    ...(exits === undefined ? {} : { exits: 0 }),
    ...(visitors === undefined ? {} : { visitors: visitors === null ? null : 0 }),
    ...(revenue === null ? { revenue } : {}),
    ...(goal_value === undefined ? {} : { goal_value: {} }),
  };
}
