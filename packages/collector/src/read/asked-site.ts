/** The parameters that reads have in common: the site, and how a bad one is refused. */
import { RequestFailure, refusal } from '../errors.js';
import type { Readable } from '../http/keys.js';
import type { KnownSite, Sites } from '../site/sites.js';

export const mayRead = (readable: Readable, site: string) => readable === 'all' || readable.has(site);

/** The site that `?site=` names, else the default site, else the only one; throws where the key does not open it. */
export function siteOf(sites: Sites, query: URLSearchParams, readable: Readable): KnownSite {
  const id = query.get('site') ?? sites.default ?? (sites.all.length === 1 ? sites.all[0]?.id : undefined);
  if (id === undefined) throw invalid('site', 'must be given: this collector has several sites');
  // Whether a site exists is told only to who may read it.
  if (!mayRead(readable, id))
    throw new RequestFailure('forbidden', `this key does not open site ${id.slice(0, 64)}`);
  const site = sites.get(id);
  if (!site)
    throw refusal({ code: 'unknown_site', path: 'site', message: `there is no site ${id.slice(0, 64)}` });
  return site;
}

export const invalid = (path: string, message: string) =>
  refusal({ code: 'invalid_parameter', path, message: `${path} ${message}` });
