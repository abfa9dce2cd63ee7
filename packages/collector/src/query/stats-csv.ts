/** Rows of one breakdown as CSV: one line each, unknown numbers empty. Pure. */
import type { BreakdownRow } from '@liveinsight/schema';
import { toCsvText } from '../http/csv-text.js';

/** In the order of the file. */
const NUMBERS = [
  'page_views',
  'sessions',
  'visitors',
  'events',
  'clicks',
  'conversions',
  'conversion_rate',
  'bounce_rate',
  'engaged_sessions',
  'engagement_rate',
  'exits',
  'exit_rate',
  'average_engaged_ms',
  'average_session_duration_ms',
] as const;

type RowNumbers = NonNullable<BreakdownRow['previous']>;

interface Column {
  heading: string;
  get(row: BreakdownRow): string;
}

export interface CsvTable {
  heading: string;
  toLine(row: BreakdownRow): string;
}

/** @param rows all, so that every part of a file has the same columns */
export function toCsvTable(name: string, rows: readonly BreakdownRow[]): CsvTable {
  const fields = rows.some(({ values }) => values) || name.includes('*') ? name.split('*') : [name];
  const found = findNumbers(rows);
  const isCompared = rows.some(({ previous }) => previous !== undefined);
  const columns: Column[] = [
    ...fields.map((field, index) => ({
      heading: toCsvText(field),
      get: ({ value, values = [value] }: BreakdownRow) => toCsvText(values[index] ?? ''),
    })),
    ...numberColumns('', found, (row) => row),
    ...propertyColumns(rows),
    ...(isCompared ? numberColumns('previous_', found, ({ previous }) => previous ?? undefined) : []),
  ];
  const toText = (cells: string[]) => `${cells.join(',')}\r\n`;
  return {
    heading: toText(columns.map(({ heading }) => heading)),
    toLine: (row) => toText(columns.map(({ get }) => get(row))),
  };
}

const OF_PROPERTY = ['count', 'sum', 'average', 'min', 'max', 'p50', 'p75', 'p90', 'p95', 'p99'] as const;

/** Of the property that was asked for with `numbers`. */
const propertyColumns = (rows: readonly BreakdownRow[]): Column[] =>
  rows.some(({ numbers }) => numbers !== undefined)
    ? OF_PROPERTY.map((name) => ({
        heading: `numbers_${name}`,
        get: ({ numbers }) => String(numbers?.[name] ?? ''),
      }))
    : [];

/** By currency: a column for each. */
const AMOUNTS = ['revenue', 'goal_value'] as const;
type Amounts = (typeof AMOUNTS)[number];

interface FoundNumbers {
  names: ReadonlySet<string>;
  /** In order. */
  currencies: Record<Amounts, readonly string[]>;
}

/** What any of the rows has, in either period: both have the same columns, also where one of them is not known. */
function findNumbers(rows: readonly BreakdownRow[]): FoundNumbers {
  const names = new Set<string>();
  const currencies = { revenue: new Set<string>(), goal_value: new Set<string>() };
  for (const { previous, ...row } of rows)
    for (const numbers of previous ? [row, previous] : [row]) {
      for (const name of Object.keys(numbers)) names.add(name);
      for (const name of AMOUNTS)
        for (const currency of Object.keys(numbers[name] ?? {})) currencies[name].add(currency);
    }
  const toSorted = (found: ReadonlySet<string>) => [...found].sort();
  return {
    names,
    currencies: { revenue: toSorted(currencies.revenue), goal_value: toSorted(currencies.goal_value) },
  };
}

const numberColumns = (
  prefix: string,
  { names, currencies }: FoundNumbers,
  getNumbers: (row: BreakdownRow) => RowNumbers | undefined,
): Column[] => [
  ...NUMBERS.filter((name) => names.has(name)).map((name) => ({
    heading: `${prefix}${name}`,
    get: (row: BreakdownRow) => String(getNumbers(row)?.[name] ?? ''),
  })),
  ...AMOUNTS.flatMap((name) =>
    currencies[name].map((currency) => ({
      heading: toCsvText(`${prefix}${name}_${currency}`),
      get: (row: BreakdownRow) => toAmount(getNumbers(row), name, currency),
    })),
  ),
];

/** Of a row whose amounts are known, none is nothing. Where visitors of a row are known, so is its revenue. */
function toAmount(numbers: RowNumbers | undefined, name: Amounts, currency: string): string {
  if (!numbers || numbers[name] === null) return '';
  const isKnown = (name === 'revenue' ? numbers.visitors : numbers.goal_value) !== undefined;
  return String(numbers[name]?.[currency] ?? (isKnown ? 0 : ''));
}
