/** A table that can be sorted, searched, shown whole, read as bars and kept as CSV. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { type Cell, toCsv } from '../series/csv.js';
import { download } from './download.js';
import { moveFocus } from './move-focus.js';
import { Empty, Loading } from './query-states.js';

export interface Column<Row> {
  id: string;
  label: string;
  /** What the label says in full, where it is short. */
  hint?: string;
  /** Whether it has numbers, also where none of the rows that are here has one. Default: whether one has. */
  isNumber?: boolean;
  /** What it is sorted by and written to CSV; numbers stand at the end of their cell. */
  value(row: Row): Cell;
  /** What is shown. Default: the value. */
  show?(row: Row): ComponentChildren;
}

export interface DataTableProps<Row> {
  /** What it is of: for its caption, and as the CSV's name. */
  name: string;
  rows: readonly Row[];
  /** The first says what a row is; the search looks into what it is called. */
  columns: readonly [Column<Row>, ...Column<Row>[]];
  rowKey(row: Row): string;
  /** Rows shown at first. Default 10. */
  maxRows?: number;
  /** Id of the column whose values are drawn as bars. */
  bars?: string;
  /** What the bars' column is a part of: rows tell their share of it. Default: they do not. */
  whole?: number | undefined;
  /** Shown in place of the way to all rows: where else they are all shown. */
  more?: ComponentChildren;
  /** What is searched for, where the field is elsewhere. Default: there is one where rows are many. */
  search?: string | undefined;
  /** Rows there is room for at least, so that tables beside each other are as high. Default 0. */
  room?: number;
  class?: string;
  /** Id of the column it is sorted by at first, largest first. Default: as given. */
  sorted?: string;
  /** What is searched. Default: the first column's value. */
  text?(row: Row): string;
  /** Who has more rows than are here: sorts and searches them all. Default: all are here. */
  remote?: Remote | undefined;
  /** Whether the rows are a part that cannot be sorted or searched: the newest of many. Default false. */
  isPart?: boolean;
  /** Who sorts a part by all that it is a part of. Default: a part can't be sorted. */
  order?: Order | undefined;
  /** All rows, for the CSV, and what is to be said of it. Default: those that are here. */
  all?: (() => Promise<{ rows: readonly Row[]; note?: string }>) | undefined;
}

export interface Remote {
  /** Rows that there are. */
  count: number;
  isBusy: boolean;
  ask(how: HowAsked): void;
}

export interface Order {
  sort: Sort | undefined;
  change(sort: Sort): void;
}

export interface HowAsked {
  search: string;
  sort: Sort | undefined;
}

export interface Sort {
  by: string;
  isAscending: boolean;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    name,
    rows,
    columns,
    rowKey,
    maxRows = 10,
    bars,
    sorted,
    text,
    remote,
    order,
    isPart = false,
    all,
    whole,
    more,
    room = 0,
    class: className = '',
  } = props;
  const messages = useMessages(SHELL_MESSAGES);
  const { format } = useApp();
  const [ownSort, setSort] = useState<Sort | undefined>(
    sorted ? { by: sorted, isAscending: false } : undefined,
  );
  const sort = order ? order.sort : ownSort;
  const [typed, setSearch] = useState('');
  const search = props.search ?? typed;
  const [note, setNote] = useState<string>();
  const [isKeeping, setKeeping] = useState(false);
  const [isExpanded, setExpanded] = useState(false);

  const [first] = columns;
  const searchText = (row: Row) => text?.(row) ?? String(first.value(row) ?? '');
  const wanted = search.trim().toLowerCase();
  const found =
    wanted === '' || remote ? rows : rows.filter((row) => searchText(row).toLowerCase().includes(wanted));
  const ordered =
    sort && !remote && !isPart
      ? sortRows(found, columns.find(({ id }) => id === sort.by) ?? first, sort)
      : found;
  const shown = isExpanded ? ordered : ordered.slice(0, maxRows);
  const barColumn = columns.find(({ id }) => id === bars);
  const largest = barColumn ? Math.max(0, ...rows.map((row) => Number(barColumn.value(row)))) : 0;
  const count = remote?.count ?? ordered.length;
  const change = (how: HowAsked) => {
    setSearch(how.search);
    setSort(how.sort);
    remote?.ask(how);
    if (how.sort) order?.change(how.sort);
  };
  const keep = async () => {
    setKeeping(true);
    setNote(undefined);
    try {
      const kept = all ? await all() : { rows: ordered };
      const table = [columns.map(({ label }) => label), ...kept.rows.map(cells)];
      download(`${name}.csv`, 'text/csv', toCsv(table));
      setNote(kept.note);
    } catch {
      setNote(messages.failed);
    }
    setKeeping(false);
  };
  // Where there is room for one number, the next one stands under the name.
  const next = columns.slice(2).find(({ id }) => !id.startsWith('change:'));
  const second = (row: Row) => {
    const shown = next && bars ? (next.show?.(row) ?? plain(next.value(row), format.number)) : undefined;
    return typeof shown === 'string' ? `${next?.label} ${shown}` : undefined;
  };
  const cells = (row: Row) => columns.map(({ value }) => value(row));
  const isNumber = columns.map(
    ({ isNumber, value }) => isNumber ?? rows.some((row) => typeof value(row) === 'number'),
  );

  return (
    <div class={`data-table ${className}`} style={{ '--room': room }}>
      {!isPart && props.search === undefined && (rows.length > maxRows || remote) && (
        <input
          type="search"
          class="table-search"
          placeholder={messages.search}
          aria-label={`${messages.search}: ${name}`}
          value={search}
          onInput={({ currentTarget }) => change({ search: currentTarget.value, sort })}
        />
      )}
      <div class="table-scroll">
        <table onKeyDown={moveFocus}>
          <caption class="hidden-text">{name}</caption>
          <thead>
            <tr>
              {columns.map(({ id, label, hint = label }, at) => (
                <th
                  key={id}
                  scope="col"
                  class={isNumber[at] ? 'number' : ''}
                  aria-sort={sort?.by === id ? (sort.isAscending ? 'ascending' : 'descending') : 'none'}
                >
                  {isPart && !order ? (
                    label
                  ) : (
                    <button
                      type="button"
                      title={messages.sort_by(hint)}
                      {...(hint === label ? {} : { 'aria-label': hint })}
                      onClick={() =>
                        change({
                          search,
                          sort: { by: id, isAscending: sort?.by === id && !sort.isAscending },
                        })
                      }
                    >
                      {label}
                    </button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={rowKey(row)}>
                {columns.map((column, at) => {
                  const content = column.show?.(row) ?? plain(column.value(row), format.number);
                  if (at > 0)
                    return (
                      <td
                        key={column.id}
                        class={isNumber[at] ? 'number' : ''}
                        data-share={
                          whole && column === barColumn
                            ? format.percent(Number(column.value(row)) / whole)
                            : undefined
                        }
                      >
                        {content}
                      </td>
                    );
                  const share = barColumn && largest > 0 ? Number(barColumn.value(row)) / largest : 0;
                  return (
                    <th
                      key={column.id}
                      scope="row"
                      class={barColumn ? 'barred' : ''}
                      style={{ '--share': share }}
                      data-second={second(row)}
                    >
                      {content}
                    </th>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {remote?.isBusy && <Loading lines={3} />}
      {ordered.length === 0 && !remote?.isBusy && (
        <Empty title={rows.length === 0 && search === '' ? messages.nothing : messages.nothing_found} />
      )}
      {rows.length > 0 && (
        <div class="table-foot">
          {more}
          {more === undefined && ordered.length > maxRows && (
            <button
              type="button"
              class="quiet whole"
              aria-expanded={isExpanded}
              onClick={() => setExpanded(!isExpanded)}
            >
              {isExpanded
                ? messages.show_fewer
                : count > ordered.length
                  ? messages.show_top(format.number(ordered.length), format.number(count))
                  : messages.show_all(format.number(count))}
            </button>
          )}
          <button
            type="button"
            class="quiet csv"
            aria-label={messages.csv_hint(name)}
            aria-busy={isKeeping}
            disabled={isKeeping}
            onClick={keep}
          >
            {messages.csv}
          </button>
          {note && (
            <span class="soft" role="status">
              {note}
            </span>
          )}
        </div>
      )}
    </div>
  );
}

const plain = (cell: Cell, number: (value: number) => string) =>
  typeof cell === 'number' ? number(cell) : (cell ?? '–');

export function sortRows<Row>(rows: readonly Row[], { value }: Column<Row>, { isAscending }: Sort): Row[] {
  const sign = isAscending ? 1 : -1;
  return [...rows].sort((a, b) => sign * compare(value(a), value(b)));
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''));
}
