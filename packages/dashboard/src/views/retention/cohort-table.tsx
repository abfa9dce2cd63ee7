/** Cohorts as a table that is shaded by how many came back; every cell says its number. */
import { useApp } from '../../app/context.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { useWords } from '../../words/use-words.js';
import type { CohortRow, ReturnedShare } from './cohort-rows.js';
import { RETENTION } from './words.js';

const MAX_ROWS = 60;

export function CohortTable({ rows }: { rows: readonly CohortRow[] }) {
  const words = useWords(RETENTION);
  const { format } = useApp();
  const widest = rows[0]?.weeks.length ?? 0;
  const weeks = Array.from({ length: widest }, (_, at): Column<CohortRow> => {
    const number = format.number(at);
    return {
      id: `week-${at}`,
      label: words.week(number),
      value: (row) => row.weeks[at]?.share,
      show: (row) => <Cell cell={row.weeks[at]} number={number} />,
    };
  });
  return (
    <DataTable
      name={words.title}
      rows={rows}
      keyOf={({ week = 'all' }) => week}
      most={MAX_ROWS}
      columns={[
        {
          id: 'week',
          label: words.first_seen,
          value: ({ week }) => week?.slice(0, 10) ?? words.all,
          show: ({ week }) => (week === undefined ? <b>{words.all}</b> : format.date(week)),
        },
        {
          id: 'visitors',
          label: words.visitors,
          value: ({ visitors }) => visitors,
          show: ({ visitors, isUpTo }) =>
            visitors === null ? (
              <span title={words.not_known}>–</span>
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
  const words = useWords(RETENTION);
  const { format } = useApp();
  if (!cell) return <span class="cohort-cell" />;
  const { share, returned, isUnderWay } = cell;
  const hint = words.week_hint(format.percent(share), format.number(returned), number);
  return (
    <span
      class={isUnderWay ? 'cohort-cell growing' : 'cohort-cell'}
      style={{ '--share': share }}
      title={isUnderWay ? `${hint}. ${words.under_way}` : hint}
    >
      {format.percent(share)} <small>{format.number(returned)}</small>
    </span>
  );
}
