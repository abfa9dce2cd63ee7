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
  const columns: Column[] = [
    ...fields.map((field, index) => ({
      heading: toCsvText(field),
      get: ({ value, values = [value] }: BreakdownRow) => toCsvText(values[index] ?? ''),
    })),
    ...numberColumns('', rows, (row) => row),
    ...numberColumns('previous_', rows, ({ previous }) => previous ?? undefined),
  ];
  const toText = (cells: string[]) => `${cells.join(',')}\r\n`;
  return {
    heading: toText(columns.map(({ heading }) => heading)),
    toLine: (row) => toText(columns.map(({ get }) => get(row))),
  };
}

function numberColumns(
  prefix: string,
  rows: readonly BreakdownRow[],
  getNumbers: (row: BreakdownRow) => RowNumbers | undefined,
): Column[] {
  const present = new Set<string>();
  const currencies = new Set<string>();
  for (const row of rows) {
    const numbers = getNumbers(row) ?? {};
    for (const [key, value] of Object.entries(numbers)) {
      present.add(key);
      if (key === 'revenue' && value) for (const currency of Object.keys(value)) currencies.add(currency);
    }
  }
  return [
    ...NUMBERS.filter((name) => present.has(name)).map((name) => ({
      heading: `${prefix}${name}`,
      get: (row: BreakdownRow) => String(getNumbers(row)?.[name] ?? ''),
    })),
    ...[...currencies].sort().map((currency) => ({
      heading: toCsvText(`${prefix}revenue_${currency}`),
      get: (row: BreakdownRow) => toAmount(getNumbers(row), currency),
    })),
  ];
}

/** Where visitors of a row are known, so is its revenue: none is nothing. */
function toAmount(numbers: RowNumbers | undefined, currency: string): string {
  if (!numbers || numbers.revenue === null) return '';
  return String(numbers.revenue?.[currency] ?? (numbers.visitors === undefined ? '' : 0));
}
