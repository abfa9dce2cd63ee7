/** `GET /api/journeys`: which pages follow which, from numbers that add up over any range. */
import type { JourneyPage, JourneysData, PageFlow } from '@liveinsight/schema';
import { type Dimension, splitEdge } from '../events/dimensions.js';
import { parseLimit, rejectUnknown } from '../http/query-params.js';
import type { StatsSite } from '../query/bucketed-rollup.js';
import { FILTER_PARAMETERS } from '../query/filters.js';
import type { QueryContext } from '../query/query-context.js';
import { readReportRollup } from '../query/report-rollup.js';
import type { Rollup } from '../rollup/aggregate.js';
import { BestRows } from './best-rows.js';
import { pageParameter } from './page-parameter.js';

const ROWS = { max: 1_000, default: 100 };
/** What flows and their pages are made of. */
export const JOURNEY_DIMENSIONS: readonly Dimension[] = ['journey', 'page', 'entry_page'];
const PARAMETERS = new Set<string>([
  ...['site', 'from', 'to', 'timezone', 'limit', 'from_page', 'to_page'],
  ...FILTER_PARAMETERS,
]);

export async function getJourneys(
  context: QueryContext,
  site: StatsSite,
  query: URLSearchParams,
): Promise<{ data: JourneysData; tailBatches: number }> {
  rejectUnknown(query, PARAMETERS);
  const selection = {
    fromPage: pageParameter(query, 'from_page'),
    toPage: pageParameter(query, 'to_page'),
    limit: parseLimit(query, ROWS),
  };
  const { total, frame, notes, tailBatches } = await readReportRollup(
    context,
    site,
    query,
    JOURNEY_DIMENSIONS,
  );
  return { data: { ...frame, ...toJourneys(total, selection), ...notes }, tailBatches };
}

export interface JourneysQuery {
  /** Only what leads from there. */
  fromPage?: string | undefined;
  /** Only what leads there. */
  toPage?: string | undefined;
  limit: number;
}

export function toJourneys(
  { rows }: Rollup,
  { fromPage, toPage, limit }: JourneysQuery,
): Pick<JourneysData, 'flows' | 'other_page_views' | 'pages'> {
  let total = 0;
  // The key of a flow is the order of those with as many views; of tens of thousands, few are listed.
  const best = new BestRows<PageFlow & { key: string }>(
    limit,
    byViews(({ key }) => key),
  );
  for (const [key, { page_views }] of rows.journey) {
    const [from_page, to_page] = splitEdge(key);
    const isEdge = from_page !== undefined && to_page !== undefined;
    const isSelected = (fromPage ?? from_page) === from_page && (toPage ?? to_page) === to_page;
    if (isEdge && !isSelected) continue;
    total += page_views;
    if (isEdge) best.add({ from_page, to_page, page_views, key });
  }
  const flows = best.rows.map(({ key: _, ...flow }): PageFlow => flow);
  const pages = new Set(flows.flatMap(({ from_page, to_page }) => [from_page, to_page]));
  return {
    flows,
    other_page_views: total - flows.reduce((sum, { page_views }) => sum + page_views, 0),
    pages: [...pages].map((page) => journeyPage(rows, page)).sort(byViews(({ page }) => page)),
  };
}

function journeyPage(rows: Rollup['rows'], page: string): JourneyPage {
  const { page_views = 0, continued = 0 } = rows.page.get(page) ?? {};
  return {
    page,
    page_views,
    entries: rows.entry_page.get(page)?.sessions ?? 0,
    // A view that came from before the range's start, or from a late batch, can outnumber the views within it.
    exits: Math.max(0, page_views - continued),
  };
}

export function byViews<Row extends { page_views: number }>(toName: (row: Row) => string) {
  return (a: Row, b: Row): number => b.page_views - a.page_views || (toName(a) < toName(b) ? -1 : 1);
}
