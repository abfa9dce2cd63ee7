/** People who came from the answers of AI assistants. */
import { DataTable } from '../../components/data-table.js';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { Empty, QueryState } from '../../components/query-states.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { METRIC_MESSAGES } from '../../i18n/metric-names.js';
import { valueLabel } from '../../i18n/value-label.js';
import { compareQuery } from '../../url-state/compare.js';
import { type Filter, withValue } from '../../url-state/url-state.js';
import { relative } from '../report-parts/change.js';
import { Change, Figures } from '../report-parts/figures.js';
import { REPORT_MESSAGES } from '../report-parts/messages.js';
import { ValueLink } from '../report-parts/value-link.js';
import { BOTS } from './messages.js';

const CHANNEL = 'ai_assistant';

export function Assistants() {
  const messages = useMessages(BOTS);
  const { urlState, hrefTo } = useApp();
  const query = { ...useUrlQuery(), ...compareQuery(urlState.compare) };
  const all = useQuery('/stats', { ...query, breakdown: '' });
  const isLeftOut = !passes(urlState.filters);
  const result = useQuery('/stats', { ...query, channel: CHANNEL, breakdown: 'source', limit: '100' });
  const sessions = hrefTo({ view: 'sessions', filters: withValue(urlState.filters, 'channel', CHANNEL) });
  const report = useMessages(REPORT_MESSAGES);
  return (
    <Panel title={messages.assistants} aside={<a href={sessions}>{report.sessions}</a>}>
      <QueryState result={result} lines={6}>
        {(data) => (
          <>
            <Notes of={data} />
            {isLeftOut || data.totals.sessions === 0 ? (
              <Empty title={messages.none_assistants} />
            ) : (
              <>
                <Totals data={data} all={all.data?.totals.sessions} />
                <Sources data={data} />
              </>
            )}
          </>
        )}
      </QueryState>
    </Panel>
  );
}

/** Whether a filter by channel lets this one pass. */
function passes(filters: readonly Filter[]): boolean {
  const ofChannel = filters.filter(({ by }) => by === 'channel');
  const included = ofChannel.filter(({ not }) => !not);
  return (
    (included.length === 0 || included.some(({ value }) => value === CHANNEL)) &&
    !ofChannel.some(({ value, not }) => not && value === CHANNEL)
  );
}

type Stats = NonNullable<ReturnType<typeof useQuery<'/stats'>>['data']>;

function Totals({ data: { totals, previous }, all }: { data: Stats; all: number | null | undefined }) {
  const messages = useMessages(BOTS);
  const report = useMessages(REPORT_MESSAGES);
  const { format } = useApp();
  const { sessions, conversion_rate } = totals;
  return (
    <Figures
      label={messages.assistants}
      figures={[
        {
          name: report.sessions,
          definition: messages.assistants_means,
          value: sessions === null ? null : format.number(sessions),
          change: relative(sessions, previous?.totals.sessions),
          better: 'more',
        },
        {
          name: messages.share,
          definition: messages.share_means,
          value: sessions === null || !all ? null : format.percent(sessions / all),
        },
        {
          name: messages.rate,
          definition: messages.rate_means,
          value: conversion_rate === null ? null : format.percent(conversion_rate),
          change: relative(conversion_rate, previous?.totals.conversion_rate),
          better: 'more',
        },
      ]}
    />
  );
}

function Sources({ data }: { data: Stats }) {
  const messages = useMessages(BOTS);
  const report = useMessages(REPORT_MESSAGES);
  const metrics = useMessages(METRIC_MESSAGES);
  const { format, language } = useApp();
  return (
    <DataTable
      name={messages.assistant}
      rows={data.breakdowns.source ?? []}
      rowKey={({ value }) => value}
      bars="sessions"
      columns={[
        {
          id: 'value',
          label: messages.assistant,
          value: ({ value }) => valueLabel('source', value, language, format),
          show: ({ value }) => <ValueLink by="source" value={value} />,
        },
        { id: 'sessions', label: report.sessions, value: ({ sessions }) => sessions ?? null },
        {
          id: 'rate',
          label: metrics.conversion_rate,
          value: ({ conversion_rate }) => conversion_rate ?? null,
          show: ({ conversion_rate }) =>
            conversion_rate === undefined ? '–' : format.percent(conversion_rate),
        },
        { id: 'page_views', label: metrics.page_views, value: ({ page_views }) => page_views ?? null },
        ...(data.previous
          ? [
              {
                id: 'change',
                label: report.change,
                value: (row: Row) => relative(row.sessions, row.previous?.sessions) ?? null,
                show: (row: Row) => {
                  const change = relative(row.sessions, row.previous?.sessions);
                  return change === undefined ? '–' : <Change change={change} better="more" />;
                },
              },
            ]
          : []),
      ]}
    />
  );
}

type Row = NonNullable<Stats['breakdowns'][string]>[number];
