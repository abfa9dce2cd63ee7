/** The breakdowns of a question as tables: rows of rollups or columns, compared and sorted. Pure. */

import type { BreakdownRow } from '@liveinsight/schema';
import { isOfColumns } from '../engine/numbers-plan.js';
import { createNote, type Note } from '../notes.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { toAxisTable } from './axes.js';
import { type BucketedRollup, sumBuckets } from './bucketed-rollup.js';
import type { ComparedPeriod } from './compared-period.js';
import { compareRows, withoutEmpty } from './compared-rows.js';
import { countSessions, toRevenue, toTable } from './derived-metrics.js';
import type { ListRows } from './sampled-fields.js';
import type { StatsQuery } from './stats-query.js';
import { sortTable, type Table, type ToMoney } from './table.js';
import { toTimeBuckets } from './time-buckets.js';

export interface SortedTable {
  name: string;
  /** All that were found, in order. */
  rows: BreakdownRow[];
}

export function toTables(
  site: Pick<ResolvedSite, 'currency' | 'rates'>,
  query: StatsQuery,
  now: BucketedRollup,
  before: ComparedPeriod | undefined,
): { tables: SortedTable[]; notes: Note[] } {
  const { table: tableQuery, comparison } = query;
  const tables = listTables(query, now);
  const earlier = before?.areRowsKnown ? listTables(query, before.read) : undefined;
  const isComplete = now.knownFrom === undefined && !now.buckets.some(({ additiveOnly }) => additiveOnly);
  // What a sample does not have may have occurred.
  const isSampled = (table: Table, read: BucketedRollup | undefined) =>
    read?.sampled !== undefined && isFromColumns(query, table);
  const compared = tables.map((table, index) =>
    comparison
      ? compareRows(table, {
          before: earlier?.[index],
          isBeforeComplete: !isSampled(table, before?.read),
          isComplete: isComplete && !isSampled(table, now),
          withGone: tableQuery.order.byChange,
        })
      : { table: withoutEmpty(table), isCut: false },
  );
  const toMoney = moneyIn(site, now);
  return {
    tables: compared.map(({ table }) => ({ name: table.name, rows: sortTable(table, tableQuery, toMoney) })),
    notes: compared.some(({ isCut }) => isCut) ? [GONE_CUT] : [],
  };
}

const GONE_CUT = createNote(
  'compared_rows_cut',
  'rows that only the compared period has are left out: values that are not listed now can be among (other), before what is known, or not in the sample',
);

/** In the order of the question. */
function listTables(
  { breakdowns, axes, range, table: { search } }: StatsQuery,
  read: BucketedRollup,
): Table[] {
  const { rollup, additiveOnly } = sumBuckets(read.buckets);
  const { numbers, columnRows } = read;
  const rows = columnRows ?? rollup;
  const known = columnRows === null ? undefined : numbers;
  const sessions = countSessions(rollup, additiveOnly);
  return [
    ...breakdowns.map((breakdown) => {
      const table = toTable(rows, { breakdown, calendar: range.calendar, sessions }, known);
      return columnRows === null ? withUnknownFacts(table) : table;
    }),
    ...(numbers ? axes.map((axis) => toAxisTable(numbers, axis, search !== '')) : []),
  ];
}

/** Rollups do not know them, and columns do not hold all of the range. */
const withUnknownFacts = (table: Table): Table => ({
  ...table,
  rows: table.rows.map((row) => ({ ...row, visitors: null, revenue: null })),
});

/** In the site's currency at its rates; where it has none, in the one that is paid in most often. */
function moneyIn(
  { currency, rates = {} }: Pick<ResolvedSite, 'currency' | 'rates'>,
  now: BucketedRollup,
): ToMoney {
  const [most] = Object.keys(toRevenue(sumBuckets(now.buckets).rollup));
  const main = currency ?? most;
  return (revenue) => {
    if (revenue === null) return undefined;
    let sum = 0;
    for (const [one, amount] of Object.entries(revenue ?? {}))
      sum += one === main ? amount : currency === undefined ? 0 : amount * (rates[one] ?? 0);
    return sum;
  };
}

/** Whether rows are from columns, not from rollups. */
const isFromColumns = (query: StatsQuery, { name }: Pick<Table, 'name'>) =>
  isOfColumns(query) || query.columns.size > 0 || query.axes.some((axis) => axis.name === name);

/** All rows that are from columns, of any numbers from there. */
export const listSampledRows =
  (query: StatsQuery): ListRows =>
  (numbers) => {
    const buckets = toTimeBuckets(numbers);
    const read = { buckets, numbers, asOf: query.range.to, tailBatches: 0, notes: [] };
    const breakdowns = query.breakdowns.filter((name) => isFromColumns(query, { name }));
    const tables = listTables({ ...query, breakdowns }, read);
    return Object.fromEntries(tables.map(({ name, rows }) => [name, rows]));
  };
