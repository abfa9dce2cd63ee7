/** Orders by what brought them, or by what was bought. */
import type { Breakdown, RevenueData, RevenueRow } from '@liveinsight/schema';
import { type Column, DataTable } from '../../components/data-table.js';
import { Tabs } from '../../components/tabs.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { BREAKDOWN_NAMES, fieldName } from '../../i18n/breakdown-names.js';
import { TABLE_MESSAGES } from '../../i18n/table-messages.js';
import { valueLabel } from '../../i18n/value-label.js';
import { isFilterField } from '../../url-state/url-state.js';
import { relative } from '../report-parts/change.js';
import { Estimate } from '../report-parts/estimate.js';
import { estimateError } from '../report-parts/estimate-error.js';
import { Change } from '../report-parts/figures.js';
import { REPORT_MESSAGES } from '../report-parts/messages.js';
import { ValueLink } from '../report-parts/value-link.js';
import { REVENUE } from './messages.js';

const BY: readonly Breakdown[] = ['source', 'utm_campaign', 'channel', 'entry_page', 'country', 'device'];

/** Rows that are requested. */
export const MAX_ROWS = 1_000;

interface OrdersTableProps {
  data: RevenueData;
  before: RevenueData | undefined;
  currency: string;
}

export function OrdersTable({ data, before, currency }: OrdersTableProps) {
  const report = useMessages(REPORT_MESSAGES);
  const messages = useMessages(REVENUE);
  const table = useMessages(TABLE_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const { urlState, format, go, language } = useApp();
  const asked = urlState.own.by ?? 'source';
  const by = isFilterField(data.breakdown) ? data.breakdown : 'source';
  const inCurrency = (row: RevenueRow | undefined) => row?.amounts.find((one) => one.currency === currency);
  const former = new Map(before?.rows.map((row) => [row.value, row]));
  const rows = withFormer(data.rows, before?.rows ?? []).filter(
    (row) => inCurrency(row) ?? inCurrency(former.get(row.value)),
  );
  const label = (value: string) =>
    value === '(none)' ? report.none : valueLabel(by, value, language, format);
  /** What follows a number where two periods are compared. */
  const changeOf = (id: string, name: string, number: (row: RevenueRow | undefined) => number | null) => {
    const change = (row: RevenueRow) => relative(number(row), number(former.get(row.value)));
    const column: Column<RevenueRow> = {
      id,
      label: report.change,
      hint: table.change_of(name),
      isNumber: true,
      value: (row) => change(row) ?? null,
      show: (row) => {
        const share = change(row);
        return share === undefined ? '–' : <Change change={share} better="more" />;
      },
    };
    return before ? [column] : [];
  };
  const revenueOf = (row: RevenueRow | undefined) => (row ? (inCurrency(row)?.revenue ?? 0) : null);
  const columns: [Column<RevenueRow>, ...Column<RevenueRow>[]] = [
    {
      id: 'value',
      label: fieldName(by, language),
      value: ({ value }) => label(value),
      show: ({ value }) => <ValueLink by={by} value={value} />,
    },
    {
      id: 'revenue',
      label: messages.revenue,
      value: revenueOf,
      show: (row) => format.money(inCurrency(row)?.revenue ?? 0, currency),
    },
    ...changeOf('change', messages.revenue, revenueOf),
    { id: 'orders', label: messages.orders, value: (row) => inCurrency(row)?.orders ?? 0 },
    {
      id: 'average',
      label: messages.average,
      value: (row) => inCurrency(row)?.average_order_value ?? null,
      show: (row) => {
        const average = inCurrency(row)?.average_order_value;
        return average == null ? '–' : format.money(average, currency);
      },
    },
    {
      id: 'buyers',
      label: messages.buyers,
      value: ({ visitors }) => visitors,
      show: ({ visitors }) => <Estimate value={visitors} error={estimateError(data.note_codes, visitors)} />,
    },
    ...changeOf('buyers_change', messages.buyers, (row) => row?.visitors ?? null),
  ];
  return (
    <>
      <Tabs
        label={messages.orders_by}
        tabs={[
          ...BY.map((id): { id: string; title: string } => ({ id, title: names[id] })),
          // Without it the tabs would not know of the chosen one, and none be in reach of the keyboard.
          ...(isFilterField(asked) && !BY.some((id) => id === asked)
            ? [{ id: asked, title: fieldName(asked, language) }]
            : []),
        ]}
        chosen={asked}
        choose={(id) => go({ own: { by: id } }, 'replace')}
      />
      <PropertyChoice chosen={asked} />
      <DataTable
        key={data.breakdown}
        name={`${messages.revenue}: ${fieldName(by, language)}`}
        rows={rows}
        columns={columns}
        rowKey={({ value }) => value}
        maxRows={15}
        bars="revenue"
      />
    </>
  );
}

/** With those that had orders in the compared period alone: what is gone is a change too. Not where rows were cut: it may be among those. */
function withFormer(rows: readonly RevenueRow[], before: readonly RevenueRow[]): readonly RevenueRow[] {
  if (rows.length >= MAX_ROWS) return rows;
  const known = new Set(rows.map(({ value }) => value));
  const gone = before.filter(({ value }) => !known.has(value));
  return [...rows, ...gone.map((row) => ({ ...row, visitors: 0, amounts: [] }))];
}

/** Products and the like are properties of conversions. */
function PropertyChoice({ chosen }: { chosen: string }) {
  const messages = useMessages(REVENUE);
  const { go } = useApp();
  const { data } = useQuery('/properties', { ...useUrlQuery(), event: 'conversion', limit: '100' });
  const keys = data?.properties.map(({ key }) => key) ?? [];
  if (keys.length === 0) return null;
  return (
    <p class="picks">
      <label>
        {messages.property}{' '}
        <select
          value={chosen}
          onChange={({ currentTarget }) => go({ own: { by: currentTarget.value } }, 'replace')}
        >
          {!chosen.startsWith('prop:') && <option value={chosen}>{messages.choose_property}</option>}
          {keys.map((key) => (
            <option key={key} value={`prop:${key}`}>
              {key}
            </option>
          ))}
        </select>
      </label>
    </p>
  );
}
