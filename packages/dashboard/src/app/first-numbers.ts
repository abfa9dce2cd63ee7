/** Requests the numbers of the first view: this part of the program is there before the one that shows them. */
import type { SiteInfo } from '@liveinsight/schema';
import type { Client } from '../api/client.js';
import { parseUrlState, START } from '../url-state/url-state.js';
import { overviewQuery } from '../views/overview/query.js';
import { shownSite } from './shown-site.js';

export function readFirstNumbers(client: Client, sites: readonly SiteInfo[]): void {
  const urlState = parseUrlState(location.search);
  const shown = shownSite(sites, urlState);
  if (urlState.view !== START.view || !shown) return;
  client.readAhead('/stats', overviewQuery(urlState, shown.site.id, shown.timezone, Date.now()));
}
