/** A table of which only the rows in sight are in the page. */
import type { Breakdown, BreakdownRow } from '@liveinsight/schema';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Column } from '../components/data-table.js';
import { moveFocus } from '../components/move-focus.js';
import { Empty, Loading } from '../components/query-states.js';
import { RowName } from '../components/row-name.js';
import { useMessages } from '../hooks/use-messages.js';
import { BREAKDOWN_NAMES } from '../i18n/breakdown-names.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { groupOf } from '../series/dimension-groups.js';
import { type RowMetric, rowNumber } from '../series/row-metrics.js';
import type { TableRows } from './use-table-rows.js';

export interface Sorting {
  by: string;
  isAscending: boolean;
}

interface TableBodyProps {
  by: Breakdown;
  rows: TableRows;
  columns: readonly Column<BreakdownRow>[];
  /** Drawn as bars: that of which the first row has most. */
  bars: RowMetric | undefined;
  sorting: Sorting;
  sort(sorting: Sorting): void;
}

/** Rows beyond what is seen, so that scrolling and the arrow keys find them there. */
const AROUND = 12;
/** What of the URL is the dialog's: filtering by a row closes it. */
export const CLOSED = { table: null, find: null, sort: null, order: null };

export function TableBody({ by, rows, columns, bars, sorting, sort }: TableBodyProps) {
  const shell = useMessages(SHELL_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const scroll = useRef<HTMLDivElement>(null);
  const [[from, to], setSeen] = useState<[number, number]>([0, 40]);
  const { count } = rows;
  const last = Math.min(to, count);

  const look = () => {
    const box = scroll.current;
    const row = box?.querySelector('tbody tr[aria-rowindex]');
    if (!box || !row) return;
    const height = row.getBoundingClientRect().height;
    const first = Math.floor(box.scrollTop / height);
    const next: [number, number] = [
      Math.max(0, first - AROUND),
      first + Math.ceil(box.clientHeight / height) + AROUND,
    ];
    setSeen((before) => (before[0] === next[0] && before[1] === next[1] ? before : next));
  };
  useEffect(look, [count]);
  // Another order begins at its top.
  useEffect(() => scroll.current?.scrollTo(0, 0), [sorting.by, sorting.isAscending]);
  useEffect(() => {
    if (last > 0) rows.show(from, last);
  });

  if (rows.data === undefined) return <Loading lines={12} />;
  const first = rows.row(0);
  const largest = Math.max(0, first && bars ? Number(rowNumber(first, bars)) : 0);
  const shown = Array.from({ length: Math.max(0, last - from) }, (_, at) => from + at);
  return (
    <div class={`table-scroll ${rows.isOld ? 'old' : ''}`} ref={scroll} onScroll={look} tabIndex={-1}>
      <table
        class={`rows ${groupOf(by) ?? ''}`}
        aria-rowcount={count + 1}
        onKeyDown={moveFocus}
        style={{ '--above': from, '--below': Math.max(0, count - last) }}
      >
        <caption class="hidden-text">{names[by]}</caption>
        <thead>
          <tr aria-rowindex={1}>
            <Head id="value" label={names[by]} sorting={sorting} sort={sort} />
            {columns.map(({ id, label, hint }) => (
              <Head key={id} id={id} label={label} hint={hint} sorting={sorting} sort={sort} isNumber />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((at) => {
            const row = rows.row(at);
            return (
              <tr key={at} aria-rowindex={at + 2}>
                <th
                  scope="row"
                  class="barred"
                  style={{
                    '--share': row && bars && largest > 0 ? Number(rowNumber(row, bars)) / largest : 0,
                  }}
                >
                  {row ? <RowName by={by} value={row.value} own={CLOSED} /> : '…'}
                </th>
                {columns.map((column) => (
                  <td key={column.id} class="number">
                    {row && column.show?.(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {count === 0 && <Empty title={shell.nothing_found} />}
    </div>
  );
}

interface HeadProps {
  id: string;
  label: string;
  hint?: string | undefined;
  sorting: Sorting;
  sort(sorting: Sorting): void;
  isNumber?: boolean;
}

function Head({ id, label, hint = label, sorting, sort, isNumber = false }: HeadProps) {
  const messages = useMessages(SHELL_MESSAGES);
  const isSorted = sorting.by === id;
  return (
    <th
      scope="col"
      class={isNumber ? 'number' : ''}
      aria-sort={isSorted ? (sorting.isAscending ? 'ascending' : 'descending') : 'none'}
    >
      <button
        type="button"
        title={messages.sort_by(hint)}
        {...(hint === label ? {} : { 'aria-label': hint })}
        onClick={() => sort({ by: id, isAscending: isSorted && !sorting.isAscending })}
      >
        {label}
      </button>
    </th>
  );
}
