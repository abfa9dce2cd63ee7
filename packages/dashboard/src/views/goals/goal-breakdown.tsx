/** Which landing pages, campaigns and sources bring the sessions that reach a goal. */
import type { Breakdown, BreakdownRow, Goal } from '@liveinsight/schema';
import { type Column, DataTable } from '../../components/data-table.js';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { BREAKDOWN_NAMES } from '../../i18n/breakdown-names.js';
import { valueLabel } from '../../i18n/value-label.js';
import { compareQuery } from '../../url-state/compare.js';
import { withFilter } from '../../url-state/url-state.js';
import { BreakdownPicker, chosenBreakdown } from '../report-parts/breakdown-picker.js';
import { relative } from '../report-parts/change.js';
import { Estimate } from '../report-parts/estimate.js';
import { Change } from '../report-parts/figures.js';
import { REPORT_MESSAGES } from '../report-parts/messages.js';
import { ValueLink } from '../report-parts/value-link.js';
import { GOALS } from './messages.js';

const BY: readonly [Breakdown, ...Breakdown[]] = [
  'entry_page',
  'utm_campaign',
  'source',
  'channel',
  'country',
  'device',
  'page',
];
const ROWS = '300';

export function GoalBreakdown({ goal }: { goal: Goal }) {
  const messages = useMessages(GOALS);
  const { urlState, hrefTo } = useApp();
  const by = chosenBreakdown(BY, urlState.own.by);
  const result = useQuery('/stats', {
    ...useUrlQuery(),
    ...compareQuery(urlState.compare),
    ...{ goal: goal.id, breakdown: by, sort: 'conversions', limit: ROWS },
  });
  const reached = withFilter(urlState.filters, { by: 'reached', value: goal.id, not: false });
  return (
    <Panel
      title={`${messages.where}: ${goal.name}`}
      aside={<a href={hrefTo({ view: 'sessions', filters: reached })}>{messages.see_sessions}</a>}
    >
      <BreakdownPicker offered={BY} chosen={by} />
      <QueryState result={result} lines={8}>
        {(data) => (
          <>
            <Notes of={data} />
            <Rows by={by} rows={data.breakdowns[by] ?? []} />
          </>
        )}
      </QueryState>
    </Panel>
  );
}

function Rows({ by, rows }: { by: Breakdown; rows: readonly BreakdownRow[] }) {
  const messages = useMessages(GOALS);
  const report = useMessages(REPORT_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const { urlState, format, language } = useApp();
  const label = (value: string) => valueLabel(by, value, language, format);
  const columns: [Column<BreakdownRow>, ...Column<BreakdownRow>[]] = [
    {
      id: 'value',
      label: names[by],
      value: ({ value }) => label(value),
      show: ({ value }) => <ValueLink by={by} value={value} />,
    },
    {
      id: 'rate',
      label: messages.rate,
      value: ({ conversion_rate }) => conversion_rate ?? null,
      show: ({ conversion_rate, standard_errors }) =>
        conversion_rate === undefined ? (
          '–'
        ) : (
          <Estimate value={conversion_rate} error={standard_errors?.conversion_rate} show={format.percent} />
        ),
    },
    { id: 'conversions', label: messages.conversions, value: ({ conversions }) => conversions },
    { id: 'sessions', label: report.sessions, value: ({ sessions }) => sessions ?? null },
  ];
  if (rows.some(({ goal_value = {} }) => Object.keys(goal_value).length > 0))
    columns.push({
      id: 'worth',
      label: messages.worth,
      value: ({ goal_value = {} }) => Object.values(goal_value)[0] ?? null,
      show: ({ goal_value = {} }) => format.moneys(goal_value) || '–',
    });
  if (urlState.compare)
    columns.push({
      id: 'change',
      label: report.change,
      isNumber: true,
      value: (row) => relative(row.conversion_rate, row.previous?.conversion_rate) ?? null,
      show: (row) => {
        const change = relative(row.conversion_rate, row.previous?.conversion_rate);
        return change === undefined ? '–' : <Change change={change} better="more" />;
      },
    });
  return (
    <DataTable
      name={names[by]}
      rows={rows}
      columns={columns}
      rowKey={({ value }) => value}
      maxRows={15}
      bars="conversions"
    />
  );
}
