/** All about one page: how much it is seen, what comes before and after it, what is clicked on it. */
import type { ClickCount, Neighbour, PageData } from '@liveinsight/schema';
import { DataTable } from '../../components/data-table.js';
import { DetailHeader } from '../../components/detail-header.js';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { RecentEvents } from '../../components/recent-events.js';
import { SeriesChart } from '../../components/series-chart.js';
import { StatCards } from '../../components/stat-cards.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { BREAKDOWN_NAMES } from '../../i18n/breakdown-names.js';
import { DETAIL_MESSAGES } from '../../i18n/detail-messages.js';
import { METRIC_MESSAGES } from '../../i18n/metric-names.js';
import { TABLE_MESSAGES } from '../../i18n/table-messages.js';
import { SessionPanel } from '../../session-panel/outlet.js';
import { endsNow } from '../../url-state/range.js';

export function PageDetails() {
  const messages = useMessages(DETAIL_MESSAGES);
  const { urlState } = useApp();
  const path = urlState.own.path ?? '/';
  const query = { ...useUrlQuery(), page: path };
  const result = useQuery('/pages', query, endsNow(urlState.range) ? { everyMs: 60_000 } : {});
  return (
    <div class="details">
      <DetailHeader kind={messages.page} name={readablePath(path)} />
      <QueryState result={result} lines={10}>
        {(data) => <PageNumbers data={data} />}
      </QueryState>
      <RecentEvents query={query} />
      <SessionPanel />
    </div>
  );
}

function PageNumbers({ data }: { data: PageData }) {
  const messages = useMessages(DETAIL_MESSAGES);
  const metrics = useMessages(METRIC_MESSAGES);
  const table = useMessages(TABLE_MESSAGES);
  const { format } = useApp();
  const { totals } = data;
  return (
    <>
      <Notes of={data} />
      <StatCards
        label={messages.page}
        stats={[
          [metrics.page_views, format.number(totals.page_views ?? 0)],
          [metrics.sessions, format.number(totals.sessions ?? 0)],
          [messages.entries, format.number(data.entries)],
          [table.exits, format.number(totals.exits ?? 0)],
          [table.exit_rate, format.percent(totals.exit_rate ?? 0)],
          [metrics.average_engaged_ms, format.duration(totals.average_engaged_ms ?? 0)],
          [metrics.clicks, format.number(totals.clicks ?? 0)],
        ]}
      />
      <SeriesChart
        title={metrics.page_views}
        interval={data.interval}
        to={data.to}
        points={data.series.map((point) => ({ ...point, value: point.page_views }))}
        knownFrom={data.known_from}
      />
      <div class="columns">
        <Neighbours title={messages.came_from} rows={data.previous_pages} />
        <Neighbours title={messages.went_to} rows={data.next_pages} />
        <Targets rows={data.targets} />
      </div>
    </>
  );
}

function Neighbours({ title, rows }: { title: string; rows: readonly Neighbour[] }) {
  const metrics = useMessages(METRIC_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  const { hrefTo } = useApp();
  return (
    <Panel title={title}>
      <DataTable
        name={title}
        rows={rows}
        rowKey={({ page }) => page}
        bars="page_views"
        columns={[
          {
            id: 'page',
            label: names.page,
            value: ({ page }) => readablePath(page),
            show: ({ page }) => (
              <a href={hrefTo({ own: { path: page } })}>
                <bdi>{readablePath(page)}</bdi>
              </a>
            ),
          },
          { id: 'page_views', label: metrics.page_views, value: ({ page_views }) => page_views },
        ]}
      />
    </Panel>
  );
}

function Targets({ rows }: { rows: readonly ClickCount[] }) {
  const messages = useMessages(DETAIL_MESSAGES);
  const metrics = useMessages(METRIC_MESSAGES);
  const { format } = useApp();
  return (
    <Panel title={messages.clicked}>
      <DataTable
        name={messages.clicked}
        rows={rows}
        rowKey={({ target }) => target}
        bars="clicks"
        columns={[
          {
            id: 'target',
            label: messages.element,
            value: ({ target }) => target,
            show: ({ target }) => <bdi>{target}</bdi>,
          },
          { id: 'clicks', label: metrics.clicks, value: ({ clicks }) => clicks },
          {
            id: 'share',
            label: messages.share,
            value: ({ share }) => share,
            show: ({ share }) => format.percent(share),
          },
        ]}
      />
    </Panel>
  );
}
