/** The largest rows of a breakdown: sorted and searched by the server, with the way to all of them. */
import type { Breakdown, BreakdownRow, Totals } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import type { Query } from '../api/client.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { useQuery } from '../hooks/use-query.js';
import { BREAKDOWN_NAMES } from '../i18n/breakdown-names.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { TABLE_MESSAGES } from '../i18n/table-messages.js';
import { valueLabel } from '../i18n/value-label.js';
import { groupOf } from '../series/dimension-groups.js';
import { ROWS } from '../series/row-count.js';
import { usualMetrics } from '../series/row-metrics.js';
import { DataTable, type Sort } from './data-table.js';
import { useRowColumns } from './row-columns.js';
import { isPage, RowName } from './row-name.js';

const ALL_ROWS = '10000';
const NONE: BreakdownRow[] = [];

interface BreakdownTableProps {
  by: Breakdown;
  /** The largest. */
  rows: readonly BreakdownRow[];
  /** How many there are. */
  count: number;
  /** What the rows are of: then they tell their share. */
  totals?: Totals | undefined;
  /** The query of the rows: it is sent again to sort and search all of them. */
  query: Query;
  search?: string;
  /** Whether all rows are shown elsewhere, as the URL's `table` says. Default true. */
  hasDialog?: boolean;
}

export function BreakdownTable(props: BreakdownTableProps) {
  const { by, rows, count, totals, query, search = '', hasDialog = true } = props;
  const shell = useMessages(SHELL_MESSAGES);
  const messages = useMessages(TABLE_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const { urlState, client, format, hrefTo, language } = useApp();
  const [sort, setSort] = useState<Sort>();
  const isRemote = count > rows.length;
  const isChanged = isRemote && (search.trim() !== '' || sort !== undefined);
  const question = {
    ...query,
    breakdown: by,
    search: search.trim() || undefined,
    sort: sort?.by,
    order: sort?.isAscending ? 'asc' : undefined,
  };
  const result = useQuery('/stats', isChanged ? { ...question, limit: ROWS } : undefined);
  const asked = isChanged ? result.data : undefined;
  const isBusy = isChanged && result.data === undefined;
  const metrics = usualMetrics(by);
  const [main] = metrics;
  const columns = useRowColumns(metrics, urlState.compare && query.compare ? [main] : []);
  const label = (value: string) => valueLabel(by, value, language, format);
  const all = async () => {
    const data = await client.read('/stats', { ...question, limit: ALL_ROWS });
    const kept = data.breakdowns[by] ?? [];
    const isCut = (data.row_counts[by] ?? 0) > kept.length;
    return { rows: kept, ...(isCut ? { note: shell.csv_cut(format.number(kept.length)) } : {}) };
  };
  const whole = main in (totals ?? {}) ? totals?.[main as keyof Totals] : undefined;
  return (
    <DataTable
      class={`compact ${groupOf(by) ?? ''}`}
      name={names[by]}
      rows={isBusy ? NONE : (asked?.breakdowns[by] ?? rows)}
      columns={[
        {
          id: 'value',
          label: names[by],
          value: ({ value }) => (isPage(by) ? label(value) : value),
          show: ({ value }) => <RowName by={by} value={value} />,
        },
        ...columns,
      ]}
      rowKey={({ value }) => value}
      text={({ value }) => `${value} ${label(value)}`}
      bars={main}
      whole={typeof whole === 'number' ? whole : undefined}
      search={search}
      room={Number(ROWS)}
      remote={
        isRemote
          ? { count: asked?.row_counts[by] ?? count, isBusy, ask: ({ sort }) => setSort(sort) }
          : undefined
      }
      more={
        hasDialog && (
          <a class="quiet whole" href={hrefTo({ own: { table: by } })}>
            {messages.all(format.number(count))}
          </a>
        )
      }
      all={isRemote ? all : undefined}
    />
  );
}
