/** What conversions are owed to: the first and the last session that led to them. */
import type { AttributionData, AttributionRow, Breakdown } from '@liveinsight/schema';
import { DataTable } from '../../components/data-table.js';
import { Notes } from '../../components/notes.js';
import { QueryState } from '../../components/query-states.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { BREAKDOWN_NAMES } from '../../i18n/breakdown-names.js';
import { valueLabel } from '../../i18n/value-label.js';
import { BreakdownPicker, chosenBreakdown } from '../report-parts/breakdown-picker.js';
import { Estimate } from '../report-parts/estimate.js';
import { estimateError } from '../report-parts/estimate-error.js';
import { REPORT_MESSAGES } from '../report-parts/messages.js';
import { ValueLink } from '../report-parts/value-link.js';
import { REVENUE } from './messages.js';

const BY: readonly [Breakdown, ...Breakdown[]] = [
  'source',
  'channel',
  'utm_campaign',
  'entry_page',
  'referrer',
];
const LOOKBACKS = ['7', '30', '90'] as const;

export function AttributionPanel({ currency }: { currency: string }) {
  const messages = useMessages(REVENUE);
  const { urlState, site, go, format } = useApp();
  const { own } = urlState;
  const by = chosenBreakdown(BY, own.by);
  const lookback = LOOKBACKS.find((days) => days === own.lookback) ?? '30';
  const goals = useQuery('/goals', { site: site.id });
  const result = useQuery('/attribution', {
    ...useUrlQuery(),
    ...{ breakdown: by, lookback: `${lookback}d`, goal: own.goal, limit: '1000' },
  });
  return (
    <>
      <BreakdownPicker offered={BY} chosen={by} />
      <p class="picks">
        <label>
          {messages.lookback}{' '}
          <select
            value={lookback}
            onChange={({ currentTarget }) => go({ own: { lookback: currentTarget.value } }, 'replace')}
          >
            {LOOKBACKS.map((days) => (
              <option key={days} value={days}>
                {messages.days(format.number(Number(days)))}
              </option>
            ))}
          </select>
        </label>
        <label>
          {messages.goal}{' '}
          <select
            value={own.goal ?? ''}
            onChange={({ currentTarget }) => go({ own: { goal: currentTarget.value || null } }, 'replace')}
          >
            <option value="">{messages.all_conversions}</option>
            {goals.data?.goals.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </p>
      <p class="soft">{messages.touch_means}</p>
      <QueryState result={result} lines={8}>
        {(data) => <Rows data={data} currency={currency} />}
      </QueryState>
    </>
  );
}

function Rows({ data, currency }: { data: AttributionData; currency: string }) {
  const messages = useMessages(REVENUE);
  const report = useMessages(REPORT_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const { format, language } = useApp();
  const by = chosenBreakdown(BY, data.breakdown);
  const label = (value: string) =>
    value === '(none)' ? report.none : valueLabel(by, value, language, format);
  const revenue = (touch: 'first_touch' | 'last_touch', name: string) => ({
    id: `${touch}_revenue`,
    label: name,
    value: (row: AttributionRow) => row[touch].revenue[currency] ?? 0,
    show: (row: AttributionRow) => format.money(row[touch].revenue[currency] ?? 0, currency),
  });
  const conversions = (touch: 'first_touch' | 'last_touch', id: string, name: string) => ({
    id,
    label: name,
    value: (row: AttributionRow) => row[touch].conversions,
    show: (row: AttributionRow) => (
      <Estimate
        value={row[touch].conversions}
        error={estimateError(data.note_codes, row[touch].conversions)}
      />
    ),
  });
  return (
    <>
      <Notes of={data} />
      <DataTable
        key={data.breakdown}
        name={`${messages.attribution}: ${names[by]}`}
        rows={data.rows}
        rowKey={({ value }) => value}
        maxRows={15}
        bars="last"
        columns={[
          {
            id: 'value',
            label: names[by],
            value: ({ value }) => label(value),
            show: ({ value }) => <ValueLink by={by} value={value} />,
          },
          conversions('last_touch', 'last', messages.last_conversions),
          conversions('first_touch', 'first', messages.first_conversions),
          revenue('last_touch', messages.last_revenue),
          revenue('first_touch', messages.first_revenue),
        ]}
      />
    </>
  );
}
