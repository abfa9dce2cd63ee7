/** Which rows of its breakdowns a question wants, in which order, with which columns. Pure. */
import { ROW_COLUMNS, ROW_SORTS, type RowColumn, type RowSort } from '@liveinsight/schema';
import { invalid, parseLimit } from '../http/query-params.js';
import { isAscending, parseSearch } from './search-and-order.js';
import type { RowOrder, TableQuery } from './table.js';

export const TABLE_PARAMETERS: readonly string[] = [
  ...['sort', 'metric', 'order', 'search', 'limit', 'offset', 'columns'],
];

/** Columns that rollups have of most rows: an order by them alone is no reason to read events by column. */
const OF_ROLLUPS: ReadonlySet<string> = new Set(['bounce_rate']);

const DEFAULT_ROWS = 100;
const MAX_ROWS = 1_000;
/** As many as a day keeps, and more: for who asks for nothing else. */
const MAX_ROWS_OF_ONE = 10_000;
/** More rows than any breakdown has. */
const MAX_OFFSET_DIGITS = 7;

/** Before the column whose change from the compared period rows are sorted by. */
const CHANGE = 'change';
const FORMS = `must be one of ${ROW_SORTS.join(', ')}, or ${CHANGE} or ${CHANGE}:<column> with compare`;

/** @param breakdowns how many are asked for; `all` where all rows of one are wanted unless a limit is given */
export function parseTableQuery(query: URLSearchParams, breakdowns: number | 'all'): TableQuery {
  const max = breakdowns !== 'all' && breakdowns > 1 ? MAX_ROWS : MAX_ROWS_OF_ONE;
  return {
    order: { ...parseSort(query), isAscending: isAscending(query) },
    search: parseSearch(query),
    limit:
      breakdowns === 'all' && !query.has('limit')
        ? Number.POSITIVE_INFINITY
        : parseLimit(query, { max, default: DEFAULT_ROWS }),
    offset: parseOffset(query),
  };
}

/** Reads `?columns=`, and what an order needs: columns of rows that only events by column have. */
export function parseColumns(query: URLSearchParams, { column }: RowOrder): Set<RowColumn> {
  const names = query.getAll('columns').flatMap((list) => list.split(','));
  const columns = new Set<RowColumn>();
  const sorted = ROW_COLUMNS.find((one) => one === column && !OF_ROLLUPS.has(one));
  if (sorted) columns.add(sorted);
  for (const name of names) {
    const known = ROW_COLUMNS.find((one) => one === name);
    if (known) columns.add(known);
    else if (name !== '')
      throw invalid(
        'columns',
        `must be of ${ROW_COLUMNS.join(', ')}: ${JSON.stringify(name.slice(0, 64))} is not`,
      );
  }
  return columns;
}

/** Reads `?sort=`, or `?metric=` as it was called before. */
function parseSort(query: URLSearchParams): Pick<RowOrder, 'column' | 'byChange'> {
  const name = query.has('sort') ? 'sort' : 'metric';
  if (name === 'sort' && query.has('metric'))
    throw invalid('metric', 'must not be given with sort: they are the same');
  const raw = query.get(name);
  if (raw === null) return { column: undefined, byChange: false };
  const byChange = raw === CHANGE || raw.startsWith(`${CHANGE}:`);
  if (byChange && !query.has('compare'))
    throw invalid(name, `must be given with compare: ${CHANGE} is from the compared period`);
  const wanted = byChange ? raw.slice(CHANGE.length + 1) : raw;
  if (byChange && wanted === '' && raw === CHANGE) return { column: undefined, byChange };
  const column = ROW_SORTS.find((one): one is RowSort => one === wanted && !(byChange && one === 'value'));
  if (!column) throw invalid(name, FORMS);
  return { column, byChange };
}

function parseOffset(query: URLSearchParams): number {
  const raw = query.get('offset') ?? '0';
  if (!/^\d+$/.test(raw) || raw.length > MAX_OFFSET_DIGITS)
    throw invalid('offset', `must be a whole number of 0 to ${'9'.repeat(MAX_OFFSET_DIGITS)}`);
  return Number(raw);
}
