/** `GET /api/pages`: all about one page: its numbers over time, what comes before and after, what is clicked. */
import type { BreakdownRow, Neighbour, PageData, PagePoint } from '@liveinsight/schema';
import { noCounters } from '../events/counters.js';
import { splitEdge } from '../events/dimensions.js';
import { OTHER } from '../events/over-budget.js';
import { rejectUnknown } from '../http/query-params.js';
import type { StatsSite } from '../query/bucketed-rollup.js';
import { toRow } from '../query/derived-metrics.js';
import { FILTER_PARAMETERS } from '../query/filters.js';
import { type PointFrame, pointFrame } from '../query/points.js';
import type { QueryContext } from '../query/query-context.js';
import { readReportRollup } from '../query/report-rollup.js';
import type { TimeBucket } from '../query/time-buckets.js';
import type { Rollup } from '../rollup/aggregate.js';
import type { RowFilter } from '../rollup/row-set.js';
import { CLICK_DIMENSIONS, toClickMap } from './click-map.js';
import { byViews, JOURNEY_DIMENSIONS, type JourneysQuery, toJourneys } from './journeys.js';
import { parsePage } from './page-parameter.js';

const MAX_LISTED = 20;
const DIMENSIONS = [...new Set([...JOURNEY_DIMENSIONS, ...CLICK_DIMENSIONS])];
const PARAMETERS = new Set<string>(['site', 'from', 'to', 'interval', 'timezone', ...FILTER_PARAMETERS]);

export async function getPageReport(
  context: QueryContext,
  site: StatsSite,
  query: URLSearchParams,
): Promise<{ data: PageData; tailBatches: number }> {
  rejectUnknown(query, PARAMETERS);
  const { page, others } = parsePage(query);
  const { total, buckets, range, frame, notes, tailBatches, ...known } = await readReportRollup(
    context,
    site,
    others,
    DIMENSIONS,
    true,
    ofPage(page),
  );
  const data: PageData = {
    ...frame,
    page,
    interval: range.interval,
    totals: rowOfPage(total, page),
    entries: total.rows.entry_page.get(page)?.sessions ?? 0,
    series: buckets.map((bucket) => toPoint(bucket, page, pointFrame(range, known, bucket))),
    previous_pages: neighbours(total, { toPage: page }, ({ from_page }) => from_page),
    next_pages: neighbours(total, { fromPage: page }, ({ to_page }) => to_page),
    targets: toClickMap(total, page, MAX_LISTED).targets,
    ...notes,
  };
  return { data, tailBatches };
}

/** Rows about the page, in each dimension; and those that stand for many. A range has up to 1,000 steps, and a site many pages. */
const ofPage =
  (page: string): RowFilter =>
  (_dimension, value) =>
    value === page || value === OTHER || splitEdge(value).some((part) => part === page);

const rowOfPage = ({ rows, knowsEngaged }: Rollup, page: string): BreakdownRow =>
  toRow(page, rows.page.get(page) ?? noCounters(), 'page', { sessions: 0, knowsEngaged });

function toPoint({ rollup }: TimeBucket, page: string, { isKnown, frame }: PointFrame): PagePoint {
  if (!isKnown) return { ...frame, page_views: null, sessions: null, clicks: null, conversions: null };
  const { page_views, sessions, clicks, conversions } = rollup.rows.page.get(page) ?? noCounters();
  return { ...frame, page_views, sessions, clicks, conversions };
}

type Flow = ReturnType<typeof toJourneys>['flows'][number];

function neighbours(
  rollup: Rollup,
  selection: Omit<JourneysQuery, 'limit'>,
  getPage: (flow: Flow) => string,
): Neighbour[] {
  return toJourneys(rollup, { ...selection, limit: MAX_LISTED })
    .flows.map((flow) => ({ page: getPage(flow), page_views: flow.page_views }))
    .sort(byViews(({ page }) => page));
}
