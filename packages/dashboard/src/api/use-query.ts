import { formatFilter } from '../address/address.js';
import { rangeQuery } from '../address/range.js';
import { useApp } from '../app/context.js';
import type { Query } from './client.js';

/** Site, range, zone and filters of the URL, as the API takes them. */
export function useQuery(): Query {
  const { address, site, timezone } = useApp();
  return {
    site: site.id,
    ...rangeQuery(address.range, timezone, Date.now()),
    timezone,
    ...filterQuery(address.filters),
  };
}

const filterQuery = (filters: ReturnType<typeof useApp>['address']['filters']): Record<string, string[]> => {
  const query: Record<string, string[]> = {};
  for (const filter of filters) {
    query[filter.by] ??= [];
    query[filter.by]?.push(formatFilter(filter));
  }
  return query;
};
