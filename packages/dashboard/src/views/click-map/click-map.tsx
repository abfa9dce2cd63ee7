/** What is clicked on a page, most clicked first. */
import './click-map.css';
import type { ClickMapData } from '@liveinsight/schema';
import { DataTable } from '../../components/data-table.js';
import { Notes } from '../../components/notes.js';
import { PageSelect } from '../../components/page-select.js';
import { Panel } from '../../components/panel.js';
import { Empty, QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { withValue } from '../../url-state/url-state.js';
import { CLICKS } from './messages.js';

export function ClickMap() {
  const messages = useMessages(CLICKS);
  const { urlState } = useApp();
  const query = useUrlQuery();
  const pages = useQuery('/stats', { ...query, breakdown: 'page', metric: 'clicks', limit: '100' });
  const names = pages.data?.breakdowns.page?.map(({ value }) => value) ?? [];
  const page = urlState.own.path ?? names[0];
  return (
    <div class="click-map">
      <ViewHeader title={messages.title}>
        <PageSelect label={messages.page} pages={names} page={page ?? ''} />
      </ViewHeader>
      {page === undefined ? (
        <QueryState result={pages}>{() => <Empty title={messages.no_pages} />}</QueryState>
      ) : (
        <PageClicks page={page} />
      )}
    </div>
  );
}

function PageClicks({ page }: { page: string }) {
  const result = useQuery('/click-map', { ...useUrlQuery(), page, limit: '200' });
  return (
    <QueryState result={result} lines={8}>
      {(data) => <Targets data={data} />}
    </QueryState>
  );
}

function Targets({ data }: { data: ClickMapData }) {
  const messages = useMessages(CLICKS);
  const { urlState, format, hrefTo } = useApp();
  const { targets, other_clicks, page_views, clicks, page } = data;
  const perView = (count: number) => (page_views > 0 ? count / page_views : 0);
  const sessionsOf = (target: string) =>
    hrefTo({
      view: 'sessions',
      filters: withValue(urlState.filters, 'click_target', target),
    });
  return (
    <>
      <Notes of={data} />
      <Panel
        title={messages.clicked}
        aside={
          <dl class="click-totals">
            <div>
              <dt>{messages.views}</dt>
              <dd>{format.number(page_views)}</dd>
            </div>
            <div>
              <dt>{messages.clicks}</dt>
              <dd>{format.number(clicks)}</dd>
            </div>
            <div>
              <dt>{messages.clicks_per_view}</dt>
              <dd>{format.number(perView(clicks))}</dd>
            </div>
          </dl>
        }
      >
        <p class="click-page">
          <bdi>{readablePath(page)}</bdi>
        </p>
        {targets.length === 0 ? (
          <Empty title={messages.no_clicks} />
        ) : (
          <DataTable
            name={messages.title}
            rows={targets}
            rowKey={({ target }) => target}
            maxRows={25}
            bars="clicks"
            columns={[
              {
                id: 'element',
                label: messages.element,
                value: ({ target }) => target,
                show: ({ target }) => (
                  <a class="cut" href={sessionsOf(target)} title={messages.sessions(target)}>
                    <bdi>{target}</bdi>
                  </a>
                ),
              },
              { id: 'clicks', label: messages.clicks, value: ({ clicks }) => clicks },
              {
                id: 'share',
                label: messages.share,
                value: ({ share }) => share,
                show: ({ share }) => format.percent(share),
              },
              {
                id: 'per_view',
                label: messages.per_view,
                value: ({ clicks }) => perView(clicks),
                show: ({ clicks }) => format.percent(perView(clicks)),
              },
            ]}
          />
        )}
        {other_clicks > 0 && <p class="soft">{messages.others(format.number(other_clicks))}</p>}
      </Panel>
    </>
  );
}
