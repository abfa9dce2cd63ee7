import { ROWS } from '../../series/row-count.js';
import { compareQuery, PREVIOUS } from '../../url-state/compare.js';
import { urlQuery } from '../../url-state/url-query.js';
import type { UrlState } from '../../url-state/url-state.js';
import { chosenTab, GROUPS } from './groups.js';

/** The query of `GET /api/stats` for the figures, the chart and the tables. Pure. */
export const overviewQuery = (urlState: UrlState, site: string, timezone: string, now: number) => ({
  ...urlQuery(urlState, site, timezone, now),
  // How the numbers changed is always shown; compared with another period, the chart and the tables show it too.
  ...compareQuery(urlState.compare ?? PREVIOUS),
  interval: urlState.own.interval,
  breakdown: GROUPS.map(({ id }) => chosenTab(id, urlState.own)),
  limit: ROWS,
});
