/** The parameters that reads have in common: the site, and how a bad one is refused. */
import { BREAKDOWNS } from '@liveinsight/schema';
import { ApiError, refusal } from '../errors.js';
import type { ResolvedSite, Sites } from '../sites/site-registry.js';
import { unknownName } from '../validation/closed.js';
import type { Readable } from './auth.js';

export const mayRead = (readable: Readable, site: string) => readable === 'all' || readable.has(site);

export const notOpened = (site: string) => `this key does not open site ${site.slice(0, 64)}`;

/** The site that `?site=` names, else the default site, else the only one; throws where the key does not open it. */
export function siteOf(sites: Sites, query: URLSearchParams, readable: Readable): ResolvedSite {
  const id = query.get('site') ?? sites.default ?? (sites.all.length === 1 ? sites.all[0]?.id : undefined);
  if (id === undefined) throw invalid('site', 'must be given: this collector has several sites');
  // Whether a site exists is told only to who may read it.
  if (!mayRead(readable, id)) throw new ApiError('forbidden', notOpened(id));
  const site = sites.get(id);
  if (!site)
    throw refusal({ code: 'unknown_site', path: 'site', message: `there is no site ${id.slice(0, 64)}` });
  return site;
}

export const invalid = (path: string, message: string) =>
  refusal({ code: 'invalid_parameter', path, message: `${path} ${message}` });

/** Parameters of what asks for a site and nothing else. */
export const SITE_ALONE: ReadonlySet<string> = new Set(['site']);

/** Parameters that say one thing more each time: filters, and lists. Every other one is given once. */
const LISTS: ReadonlySet<string> = new Set([...BREAKDOWNS, 'breakdown', 'steps', 'step_within']);

/**
 * Rejects a parameter that is none of these, and one that is given twice: a misspelled one, or the second of two sites,
 * would else be ignored without a word.
 * @param lists those that may be given several times
 */
export function rejectUnknown(
  query: URLSearchParams,
  names: ReadonlySet<string>,
  lists: ReadonlySet<string> = LISTS,
): void {
  const given = new Set<string>();
  for (const name of query.keys()) {
    if (!names.has(name)) throw refusal(unknownParameter(name.slice(0, 64), names));
    if (given.has(name) && !lists.has(name)) throw invalid(name, 'must be given once');
    given.add(name);
  }
}

const unknownParameter = (name: string, names: ReadonlySet<string>) => ({
  code: 'invalid_parameter' as const,
  path: name,
  message: unknownName('parameter', name, [...names], ''),
});

/** Reads `?limit=`: how many rows are wanted. */
export function limitOf(query: URLSearchParams, { most, usual }: { most: number; usual: number }): number {
  const said = query.get('limit');
  if (said === null) return usual;
  const limit = /^\d{1,5}$/.test(said) ? Number(said) : 0;
  if (limit < 1 || limit > most) throw invalid('limit', `must be a whole number of 1 to ${most}`);
  return limit;
}
