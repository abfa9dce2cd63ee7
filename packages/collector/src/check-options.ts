/** What is wrong with options, each problem with the name of the option and what would be right. */
import { OptionsError } from './errors.js';
import type { CollectorOptions } from './options.js';
import { isWholeWithin, show, siteProblems } from './site/check-site.js';

const LEAST_SECRET_CHARS = 16;
/** A key that guards data must not be guessable. */
const LEAST_KEY_CHARS = 8;
const HEADER_NAME = /^[a-z0-9-]+$/;
const PATH = /^(\/[A-Za-z0-9._~-]+)+$/;

type Checked = Omit<CollectorOptions, 'store'>;

/** What an option is called where it was set: as its own name, or as an environment variable. */
export type OptionNames = Partial<Record<keyof CollectorOptions, string>>;

/** @throws OptionsError that names all that is wrong */
export function checkOptions(options: CollectorOptions): void {
  const problems = optionProblems(options);
  if (typeof options.store?.append !== 'function') problems.unshift('store must be given, as dynamoStore()');
  if (problems.length > 0) throw new OptionsError(`createCollector: ${problems.join('; ')}`);
}

export function optionProblems(options: Checked, names: OptionNames = {}): string[] {
  return [
    ...secretProblems(options, names),
    ...sitesProblems(options, names),
    ...keyProblems(options, names),
    ...pathProblems(options),
    ...headerProblems(options),
    ...numberProblems(options),
  ];
}

function secretProblems({ secret }: Checked, { secret: name = 'secret' }: OptionNames): string[] {
  if (typeof secret === 'string' && secret.length >= LEAST_SECRET_CHARS) return [];
  return [`${name} must have at least ${LEAST_SECRET_CHARS} characters`];
}

function sitesProblems({ sites, defaultSite }: Checked, names: OptionNames): string[] {
  const { sites: name = 'sites', defaultSite: defaultName = 'defaultSite' } = names;
  if (!Array.isArray(sites) || sites.length === 0) return [`${name} must list at least one site`];
  const problems = sites.flatMap((site, index) => siteProblems(site, `${name}[${index}]`));
  const ids = sites.map((site) => site?.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) {
    problems.push(`${name} must have each id once, got ${show(id)} again`);
  }
  if (defaultSite !== undefined && !ids.includes(defaultSite)) {
    problems.push(`${defaultName} must be one of the sites, got ${show(defaultSite)}`);
  }
  return problems;
}

function keyProblems({ readKeys = [], adminKeys = [], sites }: Checked, names: OptionNames): string[] {
  const { readKeys: readName = 'readKeys', adminKeys: adminName = 'adminKeys' } = names;
  const good = (key: unknown) => typeof key === 'string' && key.length >= LEAST_KEY_CHARS;
  const least = `must have at least ${LEAST_KEY_CHARS} characters`;
  const ids = new Set(Array.isArray(sites) ? sites.map((site) => site?.id) : []);
  return [
    ...adminKeys.flatMap((key, index) => (good(key) ? [] : [`${adminName}[${index}] ${least}`])),
    ...readKeys.flatMap((entry, index) => {
      const at = `${readName}[${index}]`;
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

function pathProblems({ basePath, trackerPath }: Checked): string[] {
  return Object.entries({ basePath, trackerPath })
    .filter(([, path]) => path !== undefined && !PATH.test(path))
    .map(([name, path]) => `${name} must begin with / and not end with it, got ${show(path)}`);
}

function headerProblems({ countryHeader, regionHeader }: Checked): string[] {
  return Object.entries({ countryHeader, regionHeader })
    .filter(([, header]) => header !== undefined && !HEADER_NAME.test(header))
    .map(([name, header]) => `${name} must be a header's name in lower case, got ${show(header)}`);
}

function numberProblems({
  trustedProxies = 0,
  sessionEventsPerMinute = 1,
  rollUpEverySeconds = 0,
}: Checked): string[] {
  return [
    ...(isWholeWithin(rollUpEverySeconds, 0, 86_400)
      ? []
      : ['rollUpEverySeconds must be a whole number of 0 to 86400']),
    ...(isWholeWithin(trustedProxies, 0, 16) ? [] : ['trustedProxies must be a whole number of 0 to 16']),
    ...(isWholeWithin(sessionEventsPerMinute, 1, 1_000_000)
      ? []
      : ['sessionEventsPerMinute must be a whole number of 1 to 1000000']),
  ];
}
