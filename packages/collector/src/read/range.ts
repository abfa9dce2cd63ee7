/** The parameters that reads have in common: the site, and the range of time. */
import { RequestFailure, refusal } from '../errors.js';
import type { Readable } from '../http/keys.js';
import type { KnownSite, Sites } from '../site/sites.js';

const DAY_MS = 86_400_000;
const UNIT_MS: Record<string, number> = { m: 60_000, h: 3_600_000, d: DAY_MS };
const MAX_RANGE_DAYS = 400;

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

/** From `?from=` to `?to=`, each an ISO instant, ms since 1970, or a time ago as `90m`, `24h`, `7d`. Default: the last 24 hours. */
export function rangeOf(query: URLSearchParams, now: number): { from: number; to: number } {
  const to = timeOf(query, 'to', now) ?? now;
  const from = timeOf(query, 'from', now) ?? to - DAY_MS;
  if (from >= to) throw invalid('from', 'must be before to');
  if (to - from > MAX_RANGE_DAYS * DAY_MS)
    throw invalid('from', `must be at most ${MAX_RANGE_DAYS} days before to`);
  return { from, to };
}

function timeOf(query: URLSearchParams, name: string, now: number): number | undefined {
  const said = query.get(name);
  if (said === null || said === '') return undefined;
  const [, amount, unit = ''] = /^(\d{1,6})([mhd])$/.exec(said) ?? [];
  const time = amount
    ? now - Number(amount) * (UNIT_MS[unit] ?? 0)
    : /^\d+$/.test(said)
      ? Number(said)
      : Date.parse(said);
  if (Number.isNaN(new Date(time).getTime())) {
    throw invalid(name, 'must be an ISO instant, milliseconds since 1970, or a time ago as 90m, 24h or 7d');
  }
  return time;
}

export const invalid = (path: string, message: string) =>
  refusal({ code: 'invalid_parameter', path, message: `${path} ${message}` });
