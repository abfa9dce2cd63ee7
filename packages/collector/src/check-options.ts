/** Refuses options a collector can't be made of, at once and all in one message. */
import { OptionsError } from './errors.js';
import type { CollectorOptions } from './options.js';
import { isWholeWithin, show, siteProblems } from './site/check-site.js';

const LEAST_SECRET_CHARS = 16;
/** A key that guards data must not be guessable. */
const LEAST_KEY_CHARS = 8;
const HEADER_NAME = /^[a-z0-9-]+$/;
const PATH = /^(\/[A-Za-z0-9._~-]+)+$/;

export function checkOptions(options: CollectorOptions): void {
  const problems = [
    ...secretProblems(options),
    ...sitesProblems(options),
    ...keyProblems(options),
    ...pathProblems(options),
    ...headerProblems(options),
    ...numberProblems(options),
  ];
  if (typeof options.store?.append !== 'function') problems.unshift('store must be given, as dynamoStore()');
  if (problems.length > 0) throw new OptionsError(`createCollector: ${problems.join('; ')}`);
}

function secretProblems({ secret }: CollectorOptions): string[] {
  if (typeof secret === 'string' && secret.length >= LEAST_SECRET_CHARS) return [];
  return [`secret must have at least ${LEAST_SECRET_CHARS} characters`];
}

function sitesProblems({ sites, defaultSite }: CollectorOptions): string[] {
  if (!Array.isArray(sites) || sites.length === 0) return ['sites must list at least one site'];
  const problems = sites.flatMap((site, index) => siteProblems(site, `sites[${index}]`));
  const ids = sites.map((site) => site?.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) {
    problems.push(`sites must have each id once, got ${show(id)} again`);
  }
  if (defaultSite !== undefined && !ids.includes(defaultSite)) {
    problems.push(`defaultSite must be one of the sites, got ${show(defaultSite)}`);
  }
  return problems;
}

function keyProblems({ readKeys = [], adminKeys = [], sites }: CollectorOptions): string[] {
  const good = (key: unknown) => typeof key === 'string' && key.length >= LEAST_KEY_CHARS;
  const least = `must have at least ${LEAST_KEY_CHARS} characters`;
  const ids = new Set(Array.isArray(sites) ? sites.map((site) => site?.id) : []);
  return [
    ...adminKeys.flatMap((key, index) => (good(key) ? [] : [`adminKeys[${index}] ${least}`])),
    ...readKeys.flatMap((entry, index) => {
      const at = `readKeys[${index}]`;
      if (typeof entry === 'string') return good(entry) ? [] : [`${at} ${least}`];
      const unknown = (entry?.sites ?? []).filter((id) => !ids.has(id));
      return [
        ...(good(entry?.key) ? [] : [`${at}.key ${least}`]),
        ...(Array.isArray(entry?.sites) ? [] : [`${at}.sites must be a list of site ids`]),
        ...unknown.map((id) => `${at}.sites names ${show(id)}, which is none of the sites`),
      ];
    }),
  ];
}

function pathProblems({ basePath, trackerPath }: CollectorOptions): string[] {
  return Object.entries({ basePath, trackerPath })
    .filter(([, path]) => path !== undefined && !PATH.test(path))
    .map(([name, path]) => `${name} must begin with / and not end with it, got ${show(path)}`);
}

function headerProblems({ countryHeader, regionHeader }: CollectorOptions): string[] {
  return Object.entries({ countryHeader, regionHeader })
    .filter(([, header]) => header !== undefined && !HEADER_NAME.test(header))
    .map(([name, header]) => `${name} must be a header's name in lower case, got ${show(header)}`);
}

function numberProblems({ trustedProxies = 0, sessionEventsPerMinute = 1 }: CollectorOptions): string[] {
  return [
    ...(isWholeWithin(trustedProxies, 0, 16) ? [] : ['trustedProxies must be a whole number of 0 to 16']),
    ...(isWholeWithin(sessionEventsPerMinute, 1, 1_000_000)
      ? []
      : ['sessionEventsPerMinute must be a whole number of 1 to 1000000']),
  ];
}
