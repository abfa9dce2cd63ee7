/** Which pages follow which: around one page as a picture, and all of them as a table. */
import './journeys.css';
import type { JourneysData } from '@liveinsight/schema';
import { useQuery } from '../../api/use-query.js';
import { useRead } from '../../api/use-read.js';
import { useApp } from '../../app/context.js';
import { readablePath } from '../../format/path.js';
import { DataTable } from '../../parts/data-table.js';
import { FilterAdder } from '../../parts/filter-adder.js';
import { FilterChips } from '../../parts/filter-chips.js';
import { Notes } from '../../parts/notes.js';
import { PageChoice } from '../../parts/page-choice.js';
import { Panel } from '../../parts/panel.js';
import { RangePicker } from '../../parts/range-picker.js';
import { Answered, Empty } from '../../parts/states.js';
import { ViewHead } from '../../parts/view-head.js';
import { useWords } from '../../words/use-words.js';
import { Flow } from './flow.js';
import { flowLayout } from './flow-layout.js';
import { JOURNEYS } from './words.js';

export function Journeys() {
  const words = useWords(JOURNEYS);
  const { address } = useApp();
  const answer = useRead('/journeys', { ...useQuery(), limit: '1000' });
  const pages = answer.data?.pages.map(({ page }) => page) ?? [];
  const page = address.own.path ?? pages[0] ?? '';
  return (
    <div class="journeys">
      <ViewHead title={words.title}>
        <PageChoice label={words.page} pages={pages} page={page} />
        <FilterAdder />
        <RangePicker compare={false} />
      </ViewHead>
      <FilterChips />
      <Answered answer={answer} lines={12}>
        {(data) =>
          data.flows.length === 0 ? <Empty title={words.nobody} /> : <Ways data={data} page={page} />
        }
      </Answered>
    </div>
  );
}

function Ways({ data, page }: { data: JourneysData; page: string }) {
  const words = useWords(JOURNEYS);
  const { format, hrefTo } = useApp();
  const { flows, pages, other_page_views } = data;
  const layout = flowLayout(data, page);
  const viewsOf = new Map(pages.map(({ page, page_views }) => [page, page_views]));
  const share = (from: string, views: number) => views / Math.max(1, viewsOf.get(from) ?? 0);
  const to = (page: string) => (
    <a class="cut" href={hrefTo({ own: { path: page } })} title={words.go(readablePath(page))}>
      <bdi>{readablePath(page)}</bdi>
    </a>
  );
  return (
    <>
      <Notes of={data} />
      <Panel class="flow-panel" title={words.around(readablePath(page))}>
        {layout.height > 0 ? <Flow layout={layout} page={page} /> : <Empty title={words.none_here} />}
      </Panel>
      <Panel class="ways" title={words.all}>
        <DataTable
          name={words.title}
          rows={flows}
          keyOf={({ from_page, to_page }) => `${from_page} ${to_page}`}
          most={15}
          bars="views"
          text={({ from_page, to_page }) => `${readablePath(from_page)} ${readablePath(to_page)}`}
          columns={[
            {
              id: 'from',
              label: words.from,
              value: ({ from_page }) => readablePath(from_page),
              show: ({ from_page }) => to(from_page),
            },
            {
              id: 'to',
              label: words.to,
              value: ({ to_page }) => readablePath(to_page),
              show: ({ to_page }) => to(to_page),
            },
            { id: 'views', label: words.views, value: ({ page_views }) => page_views },
            {
              id: 'share',
              label: words.share,
              value: ({ from_page, page_views }) => share(from_page, page_views),
              show: ({ from_page, page_views }) => format.percent(share(from_page, page_views)),
            },
          ]}
        />
        {other_page_views > 0 && <p class="soft">{words.others(format.number(other_page_views))}</p>}
      </Panel>
    </>
  );
}
