/** What is wrong with options: every problem, each with the name of the option and what would be right. */
import { isTrackingPlan, type TrackingPlan } from '@liveinsight/schema';
import * as v from 'valibot';
import { OptionsError } from './errors.js';
import type { CollectorOptions, CommonOptions, PortOptions } from './options.js';
import { rateProblems, SiteJsonSchema, SiteSchema, shardOrderProblems } from './sites/validate-site.js';
import { PORTS, type StoreParts } from './storage/store-parts.js';
import {
  arrayOf,
  callable,
  filledText,
  flag,
  integerWithin,
  isObject,
  type Names,
  oneOf,
  problemsIn,
  show,
  strictObject,
  that,
} from './validation/closed.js';

export const MIN_SECRET_CHARS = 16;
/** A key that guards data must not be guessable: 16 random characters are not. */
const MIN_KEY_CHARS = 16;
/** What a key should have; a shorter one still works, so that an upgrade takes nobody's reads away, and is named at the start. */
export const RECOMMENDED_KEY_CHARS = 20;
const HEADER_NAME = /^[a-z0-9-]+$/;
/** What a header arrives as: spaces at its ends are left out on the way. */
const HEADER_VALUE = /^[\x21-\x7e\xa1-\xff](?:[\x20-\x7e\xa0-\xff]*[\x21-\x7e\xa1-\xff])?$/;
const PATH = /^(\/[A-Za-z0-9._~-]+)+$/;

const textOfChars = (min: number) =>
  v.custom<string>(
    (value) => typeof value === 'string' && value.length >= min,
    // What it is stays out of the message: it is a secret.
    `must have at least ${min} characters`,
  );
const key = v.pipe(
  textOfChars(MIN_KEY_CHARS),
  // As one that was read from a file with its line break: no request could ever bring it.
  v.regex(
    HEADER_VALUE,
    'must be what a header can hold: no space or line break at either end, no control or non-Latin characters',
  ),
);
// Neither is what stands in the place of a list shown.
const keyList = <Schema extends v.GenericSchema>(schema: Schema) => v.array(schema, 'must be a list of keys');
const siteIds = arrayOf(filledText, 'site ids');
const limitedKey = v.lazy((entry) =>
  isObject(entry) ? strictObject({ key, sites: siteIds }, 'a key') : key,
);
const path = that<string>(
  (value) => typeof value === 'string' && PATH.test(value),
  'must begin with / and not end with it',
);
const header = that<string>(
  (value) => typeof value === 'string' && HEADER_NAME.test(value),
  "must be a header's name in lower case",
);
const body = that<string | Uint8Array>(
  (value) => typeof value === 'string' || value instanceof Uint8Array,
  'must be a text or bytes',
);
const plan = that<TrackingPlan>(isTrackingPlan, 'must be a plan: what definePlan returns');
const file = strictObject({ body, contentType: filledText }, 'a file of the dashboard');
const scripts = v.lazy((value) => (isObject(value) ? v.record(v.string(), filledText) : filledText));

const wholeStore = that<object>(
  (store) => isObject(store) && Object.values(PORTS).every((name) => typeof store[name] === 'function'),
  'must be given: dynamoStore(), a store of your own, or instead of it one for each of events, rollups, settings and salts',
);
const portWith = (name: string) =>
  that<object>(
    (port) => isObject(port) && typeof port[name] === 'function',
    `must be a port with the method ${name}`,
  );
const PORT_ENTRIES: Record<keyof StoreParts, v.GenericSchema> = {
  events: portWith(PORTS.events),
  rollups: portWith(PORTS.rollups),
  settings: portWith(PORTS.settings),
  salts: portWith(PORTS.salts),
};

const store = v.lazy((store) =>
  isObject(store) && !('append' in store) && 'events' in store
    ? strictObject(PORT_ENTRIES, 'the store')
    : wholeStore,
);
const toSitesSchema = (schema: v.GenericSchema) =>
  v.pipe(arrayOf(schema, 'sites'), v.minLength(1, 'must list at least one site'));
const notBesideStore = v.optional(
  v.custom<never>(() => false, 'must not be given beside store: pass one or the other'),
);

/** What each option must be. */
const ENTRIES: Record<keyof CommonOptions, v.GenericSchema> = {
  secret: textOfChars(MIN_SECRET_CHARS),
  sites: toSitesSchema(SiteSchema),
  anySite: v.optional(flag),
  defaultSite: v.optional(filledText),
  readKeys: v.optional(keyList(limitedKey)),
  adminKeys: v.optional(keyList(limitedKey)),
  allowPrivateWebhooks: v.optional(flag),
  basePath: v.optional(path),
  trackerPath: v.optional(path),
  assets: v.optional(
    strictObject(
      {
        tracker: v.optional(scripts),
        dashboard: v.optional(v.record(v.string(), file, 'must be files by path')),
      },
      'assets',
    ),
  ),
  trustedProxies: v.optional(integerWithin(0, 16)),
  countryHeader: v.optional(header),
  regionHeader: v.optional(header),
  cityHeader: v.optional(header),
  locationHeaders: v.optional(oneOf(['cloudfront', 'cloudflare', 'vercel'])),
  location: v.optional(callable),
  plan: v.optional(plan),
  countBots: v.optional(flag),
  sessionEventsPerMinute: v.optional(integerWithin(1, 1_000_000)),
  environment: v.optional(filledText),
  rollUpEverySeconds: v.optional(integerWithin(0, 86_400)),
  onRollupError: v.optional(callable),
  onStoreError: v.optional(callable),
  onRollupMismatch: v.optional(callable),
  onExcluded: v.optional(callable),
  onWrongKey: v.optional(callable),
  onOverBudget: v.optional(callable),
};
const sitesAsJson = toSitesSchema(SiteJsonSchema);
const JsonSchema = strictObject({ ...ENTRIES, sites: sitesAsJson }, 'the options');
const NO_PORTS: Record<keyof StoreParts, v.GenericSchema> = {
  events: notBesideStore,
  rollups: notBesideStore,
  settings: notBesideStore,
  salts: notBesideStore,
};
const WithStoreSchema = strictObject({ store, ...ENTRIES, ...NO_PORTS }, 'the options');
const WithPortsSchema = strictObject(
  { store: v.optional(v.undefined()), ...ENTRIES, ...PORT_ENTRIES },
  'the options',
);

/** What an option is called where it was set: as its own name, or as an environment variable. */
export type OptionNames = Partial<Record<keyof CommonOptions, string>>;

/** @throws OptionsError that names all that is wrong */
export function checkOptions(options: CollectorOptions | PortOptions): void {
  const hasPorts = isObject(options) && Object.keys(PORTS).some((name) => options[name] !== undefined);
  const schema = hasPorts && options.store === undefined ? WithPortsSchema : WithStoreSchema;
  const problems = [...problemsIn(schema, options), ...relationProblems(options)];
  if (problems.length > 0) throw new OptionsError(`createCollector: ${problems.join('; ')}`);
}

/** Keys that are shorter than they should be, by the option that has them. */
export function shortKeyWarnings({ readKeys = [], adminKeys = [] }: CommonOptions): string[] {
  const lists = Object.entries({ readKeys, adminKeys });
  return lists.flatMap(([option, keys]) =>
    keys.flatMap((entry, index) => {
      const { length } = typeof entry === 'string' ? entry : entry.key;
      if (length >= RECOMMENDED_KEY_CHARS) return [];
      return [
        `${option}[${index}] has ${length} characters: replace it by a random text of at least ${RECOMMENDED_KEY_CHARS}`,
      ];
    }),
  );
}

/** Problems of options whose sites are as JSON has them. */
export function jsonProblems(options: unknown, names: Names = {}): string[] {
  return [...problemsIn(JsonSchema, options, names), ...relationProblems(options, names)];
}

/**
 * Problems of sites alone, named as they are where they were written.
 * @param form `json`: as JSON has them
 */
export function sitesProblems(sites: unknown, defaultSite: unknown, form: 'options' | 'json'): string[] {
  const entries = {
    sites: form === 'json' ? sitesAsJson : ENTRIES.sites,
    defaultSite: ENTRIES.defaultSite,
  };
  return [
    ...problemsIn(strictObject(entries, 'the options'), { sites, defaultSite }),
    ...relationProblems({ sites, defaultSite }),
  ];
}

/** What options must be to one another. They may be anything: what each must be by itself is said elsewhere. */
function relationProblems(options: unknown, names: Names = {}): string[] {
  const { sites, defaultSite, readKeys, adminKeys } = isObject(options) ? options : {};
  if (!Array.isArray(sites)) return [];
  const ids: unknown[] = sites.map((site) => (isObject(site) ? site.id : undefined));
  const name = (option: keyof CommonOptions) => names[option] ?? option;
  return [
    ...[...new Set(ids.filter((id, index) => id !== undefined && ids.indexOf(id) !== index))].map(
      (id) => `${name('sites')} must have each id once, got ${show(id)} again`,
    ),
    ...(typeof defaultSite === 'string' && !ids.includes(defaultSite)
      ? [`${name('defaultSite')} must be one of the sites, got ${show(defaultSite)}`]
      : []),
    ...sites.flatMap((site, index) => rateProblems(site, `${name('sites')}[${index}]`)),
    ...sites.flatMap((site, index) => shardOrderProblems(site, `${name('sites')}[${index}]`)),
    ...unknownSites(readKeys, ids, name('readKeys')),
    ...unknownSites(adminKeys, ids, name('adminKeys')),
  ];
}

function unknownSites(keys: unknown, ids: unknown[], name: string): string[] {
  if (!Array.isArray(keys)) return [];
  return keys.flatMap((entry, index) =>
    isObject(entry) && Array.isArray(entry.sites)
      ? entry.sites
          .filter((id) => !ids.includes(id))
          .map((id) => `${name}[${index}].sites names ${show(id)}, which is none of the sites`)
      : [],
  );
}
