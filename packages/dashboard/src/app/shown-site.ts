/** Which site is shown, and in which time zone. */
import type { SiteInfo } from '@liveinsight/schema';
import type { UrlState } from '../url-state/url-state.js';

interface ShownSite {
  site: SiteInfo;
  /** IANA name. */
  timezone: string;
}

/** Nothing is known about a site that the key has no access to: the API's response says so. */
export function shownSite(sites: readonly SiteInfo[], urlState: UrlState): ShownSite | undefined {
  const usual = sites.find((site) => site.default) ?? sites[0];
  const asked = urlState.site;
  const site = sites.find(({ id }) => id === asked) ?? (usual && asked ? { ...usual, id: asked } : usual);
  if (!site) return undefined;
  return { site, timezone: isZone(urlState.timezone) ? urlState.timezone : (site.timezone ?? 'UTC') };
}

/** Whether the browser knows a time zone of that name. */
function isZone(name: string | undefined): name is string {
  if (!name) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
