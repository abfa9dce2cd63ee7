/** Cohorts as a table that is shaded by how many came back; every cell says its number. */

import { type Column, DataTable } from '../../components/data-table.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import type { CohortRow, ReturnedShare } from './cohort-rows.js';
import { RETENTION } from './messages.js';

const MAX_ROWS = 60;

export function CohortTable({ rows }: { rows: readonly CohortRow[] }) {
  const messages = useMessages(RETENTION);
  const { format } = useApp();
  const widest = rows[0]?.weeks.length ?? 0;
  const weeks = Array.from({ length: widest }, (_, at): Column<CohortRow> => {
    const number = format.number(at);
    return {
      id: `week-${at}`,
      label: messages.week(number),
      value: (row) => row.weeks[at]?.share,
      show: (row) => <Cell cell={row.weeks[at]} number={number} />,
    };
  });
  return (
    <DataTable
      name={messages.title}
      rows={rows}
      rowKey={({ week = 'all' }) => week}
      maxRows={MAX_ROWS}
      columns={[
        {
          id: 'week',
          label: messages.first_seen,
          value: ({ week }) => week?.slice(0, 10) ?? messages.all,
          show: ({ week }) => (week === undefined ? <b>{messages.all}</b> : format.date(week)),
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
        ...weeks,
      ]}
    />
  );
}

function Cell({ cell, number }: { cell: ReturnedShare | undefined; number: string }) {
  const messages = useMessages(RETENTION);
  const { format } = useApp();
  if (!cell) return <span class="cohort-cell" />;
  const { share, returned, isIncomplete } = cell;
  const hint = messages.week_hint(format.percent(share), format.number(returned), number);
  return (
    <span
      class={isIncomplete ? 'cohort-cell growing' : 'cohort-cell'}
      style={{ '--share': share }}
      title={isIncomplete ? `${hint}. ${messages.under_way}` : hint}
    >
      {format.percent(share)} <small>{format.number(returned)}</small>
    </span>
  );
}
