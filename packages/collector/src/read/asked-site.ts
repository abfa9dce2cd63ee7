/** The parameters that reads have in common: the site, and how a bad one is refused. */
import { RequestFailure, refusal } from '../errors.js';
import type { Readable } from '../http/keys.js';
import type { KnownSite, Sites } from '../site/sites.js';

export const mayRead = (readable: Readable, site: string) => readable === 'all' || readable.has(site);

export const notOpened = (site: string) => `this key does not open site ${site.slice(0, 64)}`;

/** The site that `?site=` names, else the default site, else the only one; throws where the key does not open it. */
export function siteOf(sites: Sites, query: URLSearchParams, readable: Readable): KnownSite {
  const id = query.get('site') ?? sites.default ?? (sites.all.length === 1 ? sites.all[0]?.id : undefined);
  if (id === undefined) throw invalid('site', 'must be given: this collector has several sites');
  // Whether a site exists is told only to who may read it.
  if (!mayRead(readable, id)) throw new RequestFailure('forbidden', notOpened(id));
  const site = sites.get(id);
  if (!site)
    throw refusal({ code: 'unknown_site', path: 'site', message: `there is no site ${id.slice(0, 64)}` });
  return site;
}

export const invalid = (path: string, message: string) =>
  refusal({ code: 'invalid_parameter', path, message: `${path} ${message}` });

/** Parameters of what asks for a site and nothing else. */
export const SITE_ALONE: ReadonlySet<string> = new Set(['site']);

/** Refuses a parameter that is none of these: one spelt wrong would else change the answer unseen. */
export function refuseUnknown(query: URLSearchParams, names: ReadonlySet<string>): void {
  for (const name of query.keys()) {
    if (!names.has(name)) throw invalid(name.slice(0, 64), 'is no parameter of this');
  }
}

/** Reads `?limit=`: how many rows are wanted. */
export function limitOf(query: URLSearchParams, { most, usual }: { most: number; usual: number }): number {
  const said = query.get('limit');
  if (said === null) return usual;
  const limit = /^\d{1,5}$/.test(said) ? Number(said) : 0;
  if (limit < 1 || limit > most) throw invalid('limit', `must be a whole number of 1 to ${most}`);
  return limit;
}
