/** All about one page: how much it is seen, what comes before and after it, what is clicked on it. */
import type { ClickCount, Neighbour, PageData } from '@liveinsight/schema';
import { endsNow } from '../../address/range.js';
import { useQuery } from '../../api/use-query.js';
import { useRead } from '../../api/use-read.js';
import { useApp } from '../../app/context.js';
import { readablePath } from '../../format/path.js';
import { DataTable } from '../../parts/data-table.js';
import { DetailHead } from '../../parts/detail-head.js';
import { Figures } from '../../parts/figures.js';
import { Notes } from '../../parts/notes.js';
import { Panel } from '../../parts/panel.js';
import { RangePicker } from '../../parts/range-picker.js';
import { RecentEvents } from '../../parts/recent-events.js';
import { SeriesChart } from '../../parts/series-chart.js';
import { SessionPanel } from '../../parts/session-panel.js';
import { Answered } from '../../parts/states.js';
import { BREAKDOWN_NAMES } from '../../words/breakdown-names.js';
import { DETAIL_WORDS } from '../../words/detail-words.js';
import { METRIC_WORDS } from '../../words/metric-names.js';
import { TABLE_WORDS } from '../../words/table-words.js';
import { useWords } from '../../words/use-words.js';

export function PageDetails() {
  const words = useWords(DETAIL_WORDS);
  const { address } = useApp();
  const path = address.own.path ?? '/';
  const query = { ...useQuery(), page: path };
  const answer = useRead('/pages', query, endsNow(address.range) ? { everyMs: 60_000 } : {});
  return (
    <div class="details">
      <DetailHead kind={words.page} name={readablePath(path)}>
        <RangePicker compare={false} />
      </DetailHead>
      <Answered answer={answer} lines={10}>
        {(data) => <PageNumbers data={data} />}
      </Answered>
      <RecentEvents query={query} />
      <SessionPanel />
    </div>
  );
}

function PageNumbers({ data }: { data: PageData }) {
  const words = useWords(DETAIL_WORDS);
  const metrics = useWords(METRIC_WORDS);
  const table = useWords(TABLE_WORDS);
  const { format } = useApp();
  const { totals } = data;
  return (
    <>
      <Notes of={data} />
      <Figures
        label={words.page}
        figures={[
          [metrics.page_views, format.number(totals.page_views ?? 0)],
          [metrics.sessions, format.number(totals.sessions ?? 0)],
          [words.entries, format.number(data.entries)],
          [table.exits, format.number(totals.exits ?? 0)],
          [table.exit_rate, format.percent(totals.exit_rate ?? 0)],
          [metrics.average_engaged_ms, format.duration(totals.average_engaged_ms ?? 0)],
          [metrics.clicks, format.number(totals.clicks ?? 0)],
        ]}
      />
      <SeriesChart
        title={metrics.page_views}
        interval={data.interval}
        points={data.series.map((point) => ({ ...point, value: point.page_views }))}
        knownFrom={data.known_from}
      />
      <div class="columns">
        <Neighbours title={words.came_from} rows={data.previous_pages} />
        <Neighbours title={words.went_to} rows={data.next_pages} />
        <Targets rows={data.targets} />
      </div>
    </>
  );
}

function Neighbours({ title, rows }: { title: string; rows: readonly Neighbour[] }) {
  const metrics = useWords(METRIC_WORDS);
  const names = useWords(BREAKDOWN_NAMES);
  const { hrefTo } = useApp();
  return (
    <Panel title={title}>
      <DataTable
        name={title}
        rows={rows}
        keyOf={({ page }) => page}
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
  const words = useWords(DETAIL_WORDS);
  const metrics = useWords(METRIC_WORDS);
  const { format } = useApp();
  return (
    <Panel title={words.clicked}>
      <DataTable
        name={words.clicked}
        rows={rows}
        keyOf={({ target }) => target}
        bars="clicks"
        columns={[
          {
            id: 'target',
            label: words.element,
            value: ({ target }) => target,
            show: ({ target }) => <bdi>{target}</bdi>,
          },
          { id: 'clicks', label: metrics.clicks, value: ({ clicks }) => clicks },
          {
            id: 'share',
            label: words.share,
            value: ({ share }) => share,
            show: ({ share }) => format.percent(share),
          },
        ]}
      />
    </Panel>
  );
}
