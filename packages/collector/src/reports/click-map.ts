/** `GET /api/click-map`: what is clicked on a page, from numbers that add up over any range. */
import { BREAKDOWNS, type ClickCount, type ClickMapData } from '@liveinsight/schema';
import { type Dimension, partsOf } from '../events/dimensions.js';
import { limitOf, rejectUnknown } from '../http/query-params.js';
import type { StatsSite } from '../query/bucketed-rollup.js';
import { readReportRollup } from '../query/report-rollup.js';
import type { Rollup } from '../rollup/aggregate.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import { pageAsked } from './page-parameter.js';

const ROWS = { most: 1_000, usual: 100 };
export const CLICK_DIMENSIONS: readonly Dimension[] = ['click_on_page', 'page'];
const PARAMETERS = new Set<string>(['site', 'from', 'to', 'timezone', 'limit', ...BREAKDOWNS]);

export async function getClickMap(
  context: RollupContext,
  site: StatsSite,
  query: URLSearchParams,
): Promise<{ data: ClickMapData; tailBatches: number }> {
  rejectUnknown(query, PARAMETERS);
  const { page, others } = pageAsked(query);
  const limit = limitOf(query, ROWS);
  const { whole, frame, notes, tailBatches } = await readReportRollup(
    context,
    site,
    others,
    CLICK_DIMENSIONS,
  );
  return { data: { ...frame, ...clickMapOf(whole, page, limit), ...notes }, tailBatches };
}

export function clickMapOf(
  { rows }: Rollup,
  page: string,
  limit: number,
): Pick<ClickMapData, 'page' | 'page_views' | 'clicks' | 'targets' | 'other_clicks'> {
  const targets: { target: string; clicks: number }[] = [];
  for (const [value, { clicks }] of rows.click_on_page) {
    const [clickedOn, target] = partsOf(value);
    if (clickedOn === page && target !== undefined) targets.push({ target, clicks });
  }
  const told = targets.reduce((sum, { clicks }) => sum + clicks, 0);
  const row = rows.page.get(page);
  // The page itself may have been too rare to be told apart in some hours in which an element of it was not.
  const clicks = Math.max(told, row?.clicks ?? 0);
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
