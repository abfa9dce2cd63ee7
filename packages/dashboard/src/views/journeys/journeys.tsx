/** Which pages follow which: around one page as a picture, and all of them as a table. */
import './journeys.css';
import type { JourneysData } from '@liveinsight/schema';
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
import { Flow } from './flow.js';
import { flowLayout } from './flow-layout.js';
import { JOURNEYS } from './messages.js';

export function Journeys() {
  const messages = useMessages(JOURNEYS);
  const { urlState } = useApp();
  const result = useQuery('/journeys', { ...useUrlQuery(), limit: '1000' });
  const pages = result.data?.pages.map(({ page }) => page) ?? [];
  const page = urlState.own.path ?? pages[0] ?? '';
  return (
    <div class="journeys">
      <ViewHeader title={messages.title}>
        <PageSelect label={messages.page} pages={pages} page={page} />
      </ViewHeader>
      <QueryState result={result} lines={12}>
        {(data) =>
          data.flows.length === 0 ? <Empty title={messages.no_visitors} /> : <Ways data={data} page={page} />
        }
      </QueryState>
    </div>
  );
}

function Ways({ data, page }: { data: JourneysData; page: string }) {
  const messages = useMessages(JOURNEYS);
  const { format, hrefTo } = useApp();
  const { flows, pages, other_page_views } = data;
  const layout = flowLayout(data, page);
  const viewsOf = new Map(pages.map(({ page, page_views }) => [page, page_views]));
  const share = (from: string, views: number) => views / Math.max(1, viewsOf.get(from) ?? 0);
  const to = (page: string) => (
    <a class="cut" href={hrefTo({ own: { path: page } })} title={messages.go(readablePath(page))}>
      <bdi>{readablePath(page)}</bdi>
    </a>
  );
  return (
    <>
      <Notes of={data} />
      <Panel class="flow-panel" title={messages.around(readablePath(page))}>
        {layout.height > 0 ? <Flow layout={layout} page={page} /> : <Empty title={messages.none_here} />}
      </Panel>
      <Panel class="ways" title={messages.all}>
        <DataTable
          name={messages.title}
          rows={flows}
          rowKey={({ from_page, to_page }) => `${from_page} ${to_page}`}
          maxRows={15}
          text={({ from_page, to_page }) => `${readablePath(from_page)} ${readablePath(to_page)}`}
          columns={[
            {
              id: 'from',
              label: messages.from,
              value: ({ from_page }) => readablePath(from_page),
              show: ({ from_page }) => to(from_page),
            },
            {
              id: 'to',
              label: messages.to,
              value: ({ to_page }) => readablePath(to_page),
              show: ({ to_page }) => to(to_page),
            },
            { id: 'views', label: messages.views, value: ({ page_views }) => page_views },
            {
              id: 'share',
              label: messages.share,
              value: ({ from_page, page_views }) => share(from_page, page_views),
              show: ({ from_page, page_views }) => format.percent(share(from_page, page_views)),
            },
          ]}
        />
        {other_page_views > 0 && <p class="soft">{messages.others(format.number(other_page_views))}</p>}
      </Panel>
    </>
  );
}
