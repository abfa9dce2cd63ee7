/** The parameters that reads have in common: the site, and how a bad one is refused. */
import { FILTER_FIELDS } from '@liveinsight/schema';
import { ApiError, validationError } from '../errors.js';
import { PROPERTY_PREFIX } from '../events/dimensions.js';
import type { ResolvedSite, Sites } from '../sites/site-registry.js';
import { unknownName } from '../validation/closed.js';
import type { SiteScope } from './auth.js';

export const mayRead = (scope: SiteScope, site: string) => scope === 'all' || scope.has(site);

export const forbiddenMessage = (site: string) => `this key has no access to site ${site.slice(0, 64)}`;

/** The site that `?site=` names, else the default site, else the only one; throws where the key does not open it. */
export function requireSite(sites: Sites, query: URLSearchParams, scope: SiteScope): ResolvedSite {
  const id = query.get('site') ?? sites.default ?? (sites.all.length === 1 ? sites.all[0]?.id : undefined);
  if (id === undefined) throw invalid('site', 'must be given: this collector has several sites');
  // Whether a site exists is told only to who may read it.
  if (!mayRead(scope, id)) throw new ApiError('forbidden', forbiddenMessage(id));
  const site = sites.get(id);
  if (!site)
    throw validationError({
      code: 'unknown_site',
      path: 'site',
      message: `there is no site ${id.slice(0, 64)}`,
    });
  return site;
}

export const invalid = (path: string, message: string) =>
  validationError({ code: 'invalid_parameter', path, message: `${path} ${message}` });

/** Parameters of what asks for a site and nothing else. */
export const SITE_ALONE: ReadonlySet<string> = new Set(['site']);

/** Stands for every parameter that is named after a property of events, as `prop:plan`. */
export const PROPERTY_PARAMETER = `${PROPERTY_PREFIX}<key>`;

/** Parameters that say one thing more each time: filters, and lists. Every other one is given once. */
const LISTS: ReadonlySet<string> = new Set([
  ...FILTER_FIELDS,
  PROPERTY_PARAMETER,
  'reached',
  'goal',
  'segment',
  'breakdown',
  'columns',
  'steps',
  'step_within',
]);

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
    const parameter = name.startsWith(PROPERTY_PREFIX) ? PROPERTY_PARAMETER : name;
    if (!names.has(parameter)) throw validationError(unknownParameter(name.slice(0, 64), names));
    if (given.has(name) && !lists.has(parameter)) throw invalid(name, 'must be given once');
    given.add(name);
  }
}

const unknownParameter = (name: string, names: ReadonlySet<string>) => ({
  code: 'invalid_parameter' as const,
  path: name,
  message: unknownName('parameter', name, [...names], ''),
});

/** Reads `?limit=`: how many rows are wanted. */
export function parseLimit(
  query: URLSearchParams,
  { max, default: fallback }: { max: number; default: number },
): number {
  const raw = query.get('limit');
  if (raw === null) return fallback;
  const limit = /^\d{1,5}$/.test(raw) ? Number(raw) : 0;
  if (limit < 1 || limit > max) throw invalid('limit', `must be a whole number of 1 to ${max}`);
  return limit;
}
