/** Cohorts as a table that is shaded by how many came back; every cell says its number. */

import { type Column, DataTable } from '../../components/data-table.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { type CohortRow, greatestShare, type ReturnedShare } from './cohort-rows.js';
import { RETENTION } from './messages.js';
import type { Period } from './periods.js';

const MAX_ROWS = 60;

interface CohortTableProps {
  rows: readonly CohortRow[];
  period: Period;
}

export function CohortTable({ rows, period }: CohortTableProps) {
  const messages = useMessages(RETENTION);
  const { format } = useApp();
  const widest = rows[0]?.periods.length ?? 0;
  const greatest = greatestShare(rows);
  const periods = Array.from({ length: widest }, (_, at): Column<CohortRow> => {
    const number = format.number(at);
    return {
      id: `period-${at}`,
      label: messages[period](number),
      isNumber: true,
      value: (row) => row.periods[at]?.share,
      show: (row) => (
        <Cell
          cell={row.periods[at]}
          label={messages[period](number)}
          depth={at === 0 || greatest === 0 ? 0 : (row.periods[at]?.share ?? 0) / greatest}
        />
      ),
    };
  });
  return (
    <DataTable
      name={messages.title}
      rows={rows}
      rowKey={({ start = 'all' }) => start}
      maxRows={MAX_ROWS}
      columns={[
        {
          id: 'start',
          label: messages.first_seen,
          value: ({ start }) => start?.slice(0, 10) ?? messages.all,
          show: ({ start }) =>
            start === undefined ? (
              <b>{messages.all}</b>
            ) : period === 'month' ? (
              format.interval(start, 'month')
            ) : (
              format.date(start)
            ),
        },
        {
          id: 'visitors',
          label: messages.visitors,
          value: ({ visitors }) => visitors,
          show: ({ visitors, isUpTo }) =>
            visitors === null ? (
              <span title={messages.not_known}>–</span>
            ) : (
              `${isUpTo ? '≤ ' : ''}${format.number(visitors)}`
            ),
        },
        ...periods,
      ]}
    />
  );
}

interface CellProps {
  cell: ReturnedShare | undefined;
  label: string;
  /** How dark it is: 0 to 1. */
  depth: number;
}

function Cell({ cell, label, depth }: CellProps) {
  const messages = useMessages(RETENTION);
  const { format } = useApp();
  if (!cell) return <span class="cohort-cell" />;
  const { share, returned, isIncomplete } = cell;
  const hint = messages.hint(label, format.percent(share), format.number(returned));
  return (
    <span
      class={isIncomplete ? 'cohort-cell growing' : 'cohort-cell'}
      style={{ '--share': depth }}
      title={isIncomplete ? `${hint}. ${messages.under_way}` : hint}
    >
      {format.percent(share)} <small>{format.number(returned)}</small>
    </span>
  );
}
