/** What is clicked on a page, most clicked first. */
import './click-map.css';
import type { ClickMapData } from '@liveinsight/schema';
import { withFilter } from '../../address/address.js';
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
import { CLICKS } from './words.js';

export function ClickMap() {
  const words = useWords(CLICKS);
  const { address } = useApp();
  const query = useQuery();
  const pages = useRead('/stats', { ...query, breakdown: 'page', metric: 'clicks', limit: '100' });
  const names = pages.data?.breakdowns.page?.map(({ value }) => value) ?? [];
  const page = address.own.path ?? names[0];
  return (
    <div class="click-map">
      <ViewHead title={words.title}>
        <PageChoice label={words.page} pages={names} page={page ?? ''} />
        <FilterAdder />
        <RangePicker compare={false} />
      </ViewHead>
      <FilterChips />
      {page === undefined ? (
        <Answered answer={pages}>{() => <Empty title={words.no_pages} />}</Answered>
      ) : (
        <PageClicks page={page} />
      )}
    </div>
  );
}

function PageClicks({ page }: { page: string }) {
  const answer = useRead('/click-map', { ...useQuery(), page, limit: '200' });
  return (
    <Answered answer={answer} lines={8}>
      {(data) => <Targets data={data} />}
    </Answered>
  );
}

function Targets({ data }: { data: ClickMapData }) {
  const words = useWords(CLICKS);
  const { address, format, hrefTo } = useApp();
  const { targets, other_clicks, page_views, clicks, page } = data;
  const perView = (count: number) => (page_views > 0 ? count / page_views : 0);
  const sessionsOf = (target: string) =>
    hrefTo({
      view: 'sessions',
      filters: withFilter(address.filters, { by: 'click_target', value: target, not: false }),
    });
  return (
    <>
      <Notes of={data} />
      <Panel
        title={words.clicked}
        aside={
          <dl class="click-totals">
            <div>
              <dt>{words.views}</dt>
              <dd>{format.number(page_views)}</dd>
            </div>
            <div>
              <dt>{words.clicks}</dt>
              <dd>{format.number(clicks)}</dd>
            </div>
            <div>
              <dt>{words.clicks_per_view}</dt>
              <dd>{format.number(perView(clicks))}</dd>
            </div>
          </dl>
        }
      >
        <p class="click-page">
          <bdi>{readablePath(page)}</bdi>
        </p>
        {targets.length === 0 ? (
          <Empty title={words.no_clicks} />
        ) : (
          <DataTable
            name={words.title}
            rows={targets}
            keyOf={({ target }) => target}
            most={25}
            bars="clicks"
            columns={[
              {
                id: 'element',
                label: words.element,
                value: ({ target }) => target,
                show: ({ target }) => (
                  <a class="cut" href={sessionsOf(target)} title={words.sessions(target)}>
                    <bdi>{target}</bdi>
                  </a>
                ),
              },
              { id: 'clicks', label: words.clicks, value: ({ clicks }) => clicks },
              {
                id: 'share',
                label: words.share,
                value: ({ share }) => share,
                show: ({ share }) => format.percent(share),
              },
              {
                id: 'per_view',
                label: words.per_view,
                value: ({ clicks }) => perView(clicks),
                show: ({ clicks }) => format.percent(perView(clicks)),
              },
            ]}
          />
        )}
        {other_clicks > 0 && <p class="soft">{words.others(format.number(other_clicks))}</p>}
      </Panel>
    </>
  );
}
