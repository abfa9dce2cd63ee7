/** Crawlers that read pages, by who operates them: apart from people in every number. */
import type { Breakdown, BreakdownRow, StatsData } from '@liveinsight/schema';
import { type Column, DataTable } from '../../components/data-table.js';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { Tabs } from '../../components/tabs.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { BREAKDOWN_NAMES } from '../../i18n/breakdown-names.js';
import { METRIC_MESSAGES } from '../../i18n/metric-names.js';
import { valueLabel } from '../../i18n/value-label.js';
import { compareQuery } from '../../url-state/compare.js';
import { BreakdownPicker, chosenBreakdown } from '../report-parts/breakdown-picker.js';
import { relative } from '../report-parts/change.js';
import { Change, Figures } from '../report-parts/figures.js';
import { Lesson } from '../report-parts/lesson.js';
import { REPORT_MESSAGES } from '../report-parts/messages.js';
import { BOT_CATEGORIES, BOTS } from './messages.js';

const BY: readonly [Breakdown, ...Breakdown[]] = ['bot_operator', 'bot', 'bot_category', 'page'];
const AI = 'ai_crawler';

export function Crawlers() {
  const messages = useMessages(BOTS);
  const { urlState, go } = useApp();
  const by = chosenBreakdown(BY, urlState.own.by);
  const isChosen = urlState.filters.some((filter) => filter.by === 'bot_category');
  const which = urlState.own.bots === 'all' || isChosen ? 'all' : 'ai';
  const result = useQuery('/stats', {
    ...useUrlQuery(),
    ...compareQuery(urlState.compare),
    ...(which === 'ai' ? { bot_category: AI } : {}),
    ...{ traffic: 'bots', breakdown: by, sort: 'page_views', limit: '300' },
  });
  return (
    <Panel
      title={which === 'ai' ? messages.crawlers : messages.all_bots}
      aside={
        <Tabs
          label={messages.which}
          tabs={[
            { id: 'ai', title: messages.ai_only },
            { id: 'all', title: messages.all_bots },
          ]}
          chosen={which}
          choose={(id) => go({ own: { bots: id === 'ai' ? null : id } }, 'replace')}
        />
      }
    >
      <BreakdownPicker offered={BY} chosen={by} />
      <QueryState result={result} lines={6}>
        {(data) => (
          <>
            <Notes of={data} />
            {data.totals.events === 0 ? (
              <Lesson title={messages.none_bots_title} text={messages.none_bots_text} />
            ) : (
              <Report data={data} by={BY.find((one) => one in data.breakdowns) ?? by} />
            )}
          </>
        )}
      </QueryState>
    </Panel>
  );
}

function Report({ data: { totals, previous, breakdowns }, by }: { data: StatsData; by: Breakdown }) {
  const messages = useMessages(BOTS);
  const report = useMessages(REPORT_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const metrics = useMessages(METRIC_MESSAGES);
  const { format, language } = useApp();
  const categories: Readonly<Record<string, string>> = useMessages(BOT_CATEGORIES);
  const label = (value: string) =>
    by === 'bot_category' && Object.hasOwn(categories, value)
      ? (categories[value] ?? value)
      : valueLabel(by, value, language, format);
  const columns: [Column<BreakdownRow>, ...Column<BreakdownRow>[]] = [
    {
      id: 'value',
      label: names[by],
      value: ({ value }) => label(value),
      show: ({ value }) => <bdi class="cut">{label(value)}</bdi>,
    },
    { id: 'page_views', label: metrics.page_views, value: ({ page_views }) => page_views ?? null },
    { id: 'sessions', label: report.sessions, value: ({ sessions }) => sessions ?? null },
  ];
  if (previous)
    columns.push({
      id: 'change',
      label: report.change,
      value: (row) => relative(row.page_views, row.previous?.page_views) ?? null,
      show: (row) => {
        const change = relative(row.page_views, row.previous?.page_views);
        return change === undefined ? '–' : <Change change={change} />;
      },
    });
  return (
    <>
      <Figures
        label={messages.crawlers}
        figures={[
          {
            name: messages.views,
            definition: messages.crawlers_means,
            value: totals.page_views === null ? null : format.number(totals.page_views),
            change: relative(totals.page_views, previous?.totals.page_views),
          },
        ]}
      />
      <DataTable
        key={by}
        name={`${messages.crawlers}: ${names[by]}`}
        rows={breakdowns[by] ?? []}
        columns={columns}
        rowKey={({ value }) => value}
        maxRows={15}
        bars="page_views"
      />
    </>
  );
}
