import type { Query } from '../api/client.js';
import { rangeQuery } from '../url-state/range.js';
import { type Filter, formatFilter } from '../url-state/url-state.js';
import { useApp } from './app-context.js';

/** Site, range, zone and filters of the URL, as the API takes them. */
export function useUrlQuery(): Query {
  const { urlState, site, timezone } = useApp();
  return {
    site: site.id,
    ...rangeQuery(urlState.range, timezone, Date.now()),
    timezone,
    ...filterQuery(urlState.filters),
  };
}

/** Filters as parameters of the API, and as a saved segment has them. */
export const filterQuery = (filters: readonly Filter[]): Record<string, string[]> => {
  const query: Record<string, string[]> = {};
  for (const filter of filters) {
    query[filter.by] ??= [];
    query[filter.by]?.push(formatFilter(filter));
  }
  return query;
};
