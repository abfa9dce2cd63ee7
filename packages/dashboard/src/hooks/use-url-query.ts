import type { Query } from '../api/client.js';
import { urlQuery } from '../url-state/url-query.js';
import { useApp } from './app-context.js';

/** Site, range, zone and filters of the URL, as the API takes them. */
export function useUrlQuery(): Query {
  const { urlState, site, timezone } = useApp();
  return urlQuery(urlState, site.id, timezone, Date.now());
}
