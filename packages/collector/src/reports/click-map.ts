/** `GET /api/click-map`: what is clicked on a page, from numbers that add up over any range. */
import type { ClickCount, ClickMapData } from '@liveinsight/schema';
import { type Dimension, splitEdge } from '../events/dimensions.js';
import { parseLimit, rejectUnknown } from '../http/query-params.js';
import type { StatsSite } from '../query/bucketed-rollup.js';
import { FILTER_PARAMETERS } from '../query/filters.js';
import type { QueryContext } from '../query/query-context.js';
import { readReportRollup } from '../query/report-rollup.js';
import type { Rollup } from '../rollup/aggregate.js';
import { parsePage } from './page-parameter.js';

const ROWS = { max: 1_000, default: 100 };
export const CLICK_DIMENSIONS: readonly Dimension[] = ['click_on_page', 'page'];
const PARAMETERS = new Set<string>(['site', 'from', 'to', 'timezone', 'limit', ...FILTER_PARAMETERS]);

export async function getClickMap(
  context: QueryContext,
  site: StatsSite,
  query: URLSearchParams,
): Promise<{ data: ClickMapData; tailBatches: number }> {
  rejectUnknown(query, PARAMETERS);
  const { page, others } = parsePage(query);
  const limit = parseLimit(query, ROWS);
  const { total, frame, notes, tailBatches } = await readReportRollup(
    context,
    site,
    others,
    CLICK_DIMENSIONS,
  );
  return { data: { ...frame, ...toClickMap(total, page, limit), ...notes }, tailBatches };
}

export function toClickMap(
  { rows }: Rollup,
  page: string,
  limit: number,
): Pick<ClickMapData, 'page' | 'page_views' | 'clicks' | 'targets' | 'other_clicks'> {
  const targets: { target: string; clicks: number }[] = [];
  for (const [value, { clicks }] of rows.click_on_page) {
    const [clickedOn, target] = splitEdge(value);
    if (clickedOn === page && target !== undefined) targets.push({ target, clicks });
  }
  const listedClicks = targets.reduce((sum, { clicks }) => sum + clicks, 0);
  const row = rows.page.get(page);
  // The page itself may have been too rare to be told apart in some hours in which an element of it was not.
  const clicks = Math.max(listedClicks, row?.clicks ?? 0);
  const listed: ClickCount[] = targets
    .sort((a, b) => b.clicks - a.clicks || (a.target < b.target ? -1 : 1))
    .slice(0, limit)
    .map((one) => ({ ...one, share: one.clicks / clicks }));
  return {
    page,
    page_views: row?.page_views ?? 0,
    clicks,
    targets: listed,
    other_clicks: clicks - listed.reduce((sum, one) => sum + one.clicks, 0),
  };
}
