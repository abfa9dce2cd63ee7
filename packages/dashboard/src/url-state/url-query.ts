/** What the URL asks of a site, as parameters of the API. Pure. */
import { rangeQuery } from './range.js';
import { type Filter, formatFilter, type UrlState } from './url-state.js';

/** Filters as parameters of the API, and as a saved segment has them. */
export const filterQuery = (filters: readonly Filter[]): Record<string, string[]> => {
  const query: Record<string, string[]> = {};
  for (const filter of filters) {
    query[filter.by] ??= [];
    query[filter.by]?.push(formatFilter(filter));
  }
  return query;
};

/** Site, range, zone and filters. */
export const urlQuery = ({ range, filters }: UrlState, site: string, timezone: string, now: number) => ({
  site,
  ...rangeQuery(range, timezone, now),
  timezone,
  ...filterQuery(filters),
});
