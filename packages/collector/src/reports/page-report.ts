/** `GET /api/pages`: all about one page: its numbers over time, what comes before and after, what is clicked. */
import {
  BREAKDOWNS,
  type BreakdownRow,
  type Neighbour,
  type PageData,
  type PagePoint,
} from '@liveinsight/schema';
import { noCounters } from '../events/counters.js';
import { partsOf } from '../events/dimensions.js';
import { rejectUnknown } from '../http/query-params.js';
import type { StatsSite } from '../query/bucketed-rollup.js';
import { rowOf } from '../query/derived-metrics.js';
import { type PointFrame, pointFrame } from '../query/points.js';
import { readReportRollup } from '../query/report-rollup.js';
import type { Stretch } from '../query/time-buckets.js';
import type { Rollup } from '../rollup/aggregate.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import { OTHER, type RowFilter } from '../rollup/row-set.js';
import { CLICK_DIMENSIONS, clickMapOf } from './click-map.js';
import { byViews, JOURNEY_DIMENSIONS, type JourneysWanted, journeysOf } from './journeys.js';
import { pageAsked } from './page-parameter.js';

const LISTED = 20;
const DIMENSIONS = [...new Set([...JOURNEY_DIMENSIONS, ...CLICK_DIMENSIONS])];
const PARAMETERS = new Set<string>(['site', 'from', 'to', 'interval', 'timezone', ...BREAKDOWNS]);

export async function getPageReport(
  context: RollupContext,
  site: StatsSite,
  query: URLSearchParams,
): Promise<{ data: PageData; tailBatches: number }> {
  rejectUnknown(query, PARAMETERS);
  const { page, others } = pageAsked(query);
  const { whole, stretches, range, frame, notes, tailBatches, ...known } = await readReportRollup(
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
    totals: rowOfPage(whole, page),
    entries: whole.rows.entry_page.get(page)?.sessions ?? 0,
    series: stretches.map((stretch) => pointOf(stretch, page, pointFrame(range, known, stretch))),
    previous_pages: neighbours(whole, { toPage: page }, ({ from_page }) => from_page),
    next_pages: neighbours(whole, { fromPage: page }, ({ to_page }) => to_page),
    targets: clickMapOf(whole, page, LISTED).targets,
    ...notes,
  };
  return { data, tailBatches };
}

/** Rows about the page, in each dimension; and those that stand for many. A range has up to 1,000 steps, and a site many pages. */
const ofPage =
  (page: string): RowFilter =>
  (_dimension, value) =>
    value === page || value === OTHER || partsOf(value).some((part) => part === page);

const rowOfPage = ({ rows }: Rollup, page: string): BreakdownRow =>
  rowOf(page, rows.page.get(page) ?? noCounters(), 'page', 0);

function pointOf({ rollup }: Stretch, page: string, { isKnown, frame }: PointFrame): PagePoint {
  if (!isKnown) return { ...frame, page_views: null, sessions: null, clicks: null, conversions: null };
  const { page_views, sessions, clicks, conversions } = rollup.rows.page.get(page) ?? noCounters();
  return { ...frame, page_views, sessions, clicks, conversions };
}

type Flow = ReturnType<typeof journeysOf>['flows'][number];

function neighbours(
  rollup: Rollup,
  wanted: Omit<JourneysWanted, 'limit'>,
  pageOf: (flow: Flow) => string,
): Neighbour[] {
  return journeysOf(rollup, { ...wanted, limit: LISTED })
    .flows.map((flow) => ({ page: pageOf(flow), page_views: flow.page_views }))
    .sort(byViews(({ page }) => page));
}
