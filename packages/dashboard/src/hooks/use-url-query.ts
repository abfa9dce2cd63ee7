import type { Query } from '../api/client.js';
import { rangeQuery } from '../url-state/range.js';
import { formatFilter } from '../url-state/url-state.js';
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

const filterQuery = (filters: ReturnType<typeof useApp>['urlState']['filters']): Record<string, string[]> => {
  const query: Record<string, string[]> = {};
  for (const filter of filters) {
    query[filter.by] ??= [];
    query[filter.by]?.push(formatFilter(filter));
  }
  return query;
};
