/** All rows of a dimension, over the view: every dimension at hand, columns as chosen, sorted and searched by the server. */
import './table-dialog.css';
import type { Breakdown } from '@liveinsight/schema';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Query } from '../api/client.js';
import { download } from '../components/download.js';
import { Icon } from '../components/icon.js';
import { Notes } from '../components/notes.js';
import { ErrorState } from '../components/query-states.js';
import { useRowColumns } from '../components/row-columns.js';
import { isPage } from '../components/row-name.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { BREAKDOWN_NAMES } from '../i18n/breakdown-names.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { TABLE_MESSAGES } from '../i18n/table-messages.js';
import { valueLabel } from '../i18n/value-label.js';
import { toCsv } from '../series/csv.js';
import { COSTLY, isRowMetric, metricsOf, type RowMetric, usualMetrics } from '../series/row-metrics.js';
import { ColumnChoice } from './column-choice.js';
import { DimensionList } from './dimension-list.js';
import { CLOSED, type Sorting, TableBody } from './table-body.js';
import { useTableRows } from './use-table-rows.js';

const SEARCH_DELAY_MS = 200;
const CSV_ROWS = '10000';

export interface TableDialogProps {
  by: Breakdown;
  /** Site, range, comparison and filters of the rows. */
  query: Query;
}

export function TableDialog({ by, query }: TableDialogProps) {
  const shell = useMessages(SHELL_MESSAGES);
  const messages = useMessages(TABLE_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const { urlState, go, client, format, language } = useApp();
  const { own, compare } = urlState;
  const dialog = useRef<HTMLDialogElement>(null);
  const [note, setNote] = useState<string>();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
    dialog.current?.focus();
  }, []);
  useEffect(() => setNote(undefined), [by]);

  const metrics = chosenMetrics(by, own.columns);
  const [main] = metrics;
  const sorting: Sorting = {
    by: own.sort ?? main,
    isAscending: own.order === 'asc',
  };
  const question = {
    ...query,
    interval: undefined,
    limit: undefined,
    search: own.find || undefined,
    sort: sorting.by,
    order: sorting.isAscending ? 'asc' : undefined,
    // Without visitors a row does not say whether its revenue is none or unknown.
    columns: metrics.some((metric) => COSTLY.has(metric)) ? 'visitors,revenue' : undefined,
  };
  const rows = useTableRows(by, question);
  const isCompared = compare !== undefined && query.compare !== undefined;
  const columns = useRowColumns(metrics, isCompared ? metrics : []);
  const close = () => go({ own: CLOSED });

  const keep = async () => {
    setNote(undefined);
    try {
      const data = await client.read('/stats', { ...question, breakdown: by, limit: CSV_ROWS });
      const kept = data.breakdowns[by] ?? [];
      const name = (value: string) => (isPage(by) ? valueLabel(by, value, language, format) : value);
      const head = [names[by], ...columns.map(({ label, hint }) => hint ?? label)];
      const body = kept.map((row) => [name(row.value), ...columns.map(({ value }) => value(row))]);
      download(`${names[by]}.csv`, 'text/csv', toCsv([head, ...body]));
      if ((data.row_counts[by] ?? 0) > kept.length) setNote(shell.csv_cut(format.number(kept.length)));
    } catch {
      setNote(shell.failed);
    }
  };

  return (
    <dialog
      class="table-dialog"
      ref={dialog}
      tabIndex={-1}
      aria-label={names[by]}
      // Closed by Escape too, and then by the URL.
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={(event) => event.target === event.currentTarget && close()}
    >
      <DimensionList chosen={by} choose={(next) => go({ own: { ...CLOSED, table: next } }, 'replace')} />
      <div class="whole-table">
        <header>
          <h2>{names[by]}</h2>
          <Search key={by} title={`${shell.search}: ${names[by]}`} find={own.find ?? ''} />
          <span class="soft" role="status">
            {rows.data && !rows.isOld && messages.rows(format.number(rows.count))}
          </span>
          <ColumnChoice by={by} chosen={metrics} />
          <button type="button" class="quiet csv" aria-label={shell.csv_hint(names[by])} onClick={keep}>
            {shell.csv}
          </button>
          <button type="button" class="icon-button" aria-label={shell.close} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        {note && (
          <p class="notice plain" role="status">
            {note}
          </p>
        )}
        {rows.data && <Notes of={rows.data} />}
        {rows.error && !rows.data ? (
          <ErrorState error={rows.error} again={() => rows.show(0, 1)} />
        ) : (
          <TableBody
            key={`${by} ${own.find}`}
            by={by}
            rows={rows}
            columns={columns}
            bars={!sorting.isAscending && isRowMetric(sorting.by) ? sorting.by : undefined}
            sorting={sorting}
            sort={(next) => go({ own: { sort: next.by, order: next.isAscending ? 'asc' : null } }, 'replace')}
          />
        )}
      </div>
    </dialog>
  );
}

/** Those of the URL that the dimension has, else the usual ones. */
function chosenMetrics(by: Breakdown, columns = ''): readonly [RowMetric, ...RowMetric[]] {
  const offered = metricsOf(by);
  const [first, ...more] = columns
    .split(',')
    .filter((name) => isRowMetric(name) && offered.includes(name)) as RowMetric[];
  return first ? [first, ...more] : usualMetrics(by);
}

/** The request is sent when the typing pauses. */
function Search({ title, find }: { title: string; find: string }) {
  const shell = useMessages(SHELL_MESSAGES);
  const { go } = useApp();
  const [typed, setTyped] = useState(find);
  useEffect(() => {
    if (typed === find) return;
    const timer = setTimeout(() => go({ own: { find: typed || null } }, 'replace'), SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <input
      type="search"
      class="table-search"
      placeholder={shell.search}
      aria-label={title}
      value={typed}
      onInput={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}
