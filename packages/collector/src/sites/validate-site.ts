/** What a site must be, as an option and as JSON; `validate-options.ts` finds what is wrong with it. */
import {
  CURRENCIES,
  FIRST_MILLISECOND_TIMESTAMP,
  FIRST_SECOND_TIMESTAMP,
  INSTANT_FORM,
  MAX_SITE_CHARS,
  MAX_TIME_MS,
} from '@liveinsight/schema';
import * as v from 'valibot';
import {
  arrayOf,
  integerWithin,
  isIntegerWithin,
  isObject,
  show,
  strictObject,
  that,
} from '../validation/closed.js';
import { isOriginPattern } from './origins.js';
import { toMs } from './sharding.js';

const MIN_RETENTION_DAYS = 3;
/** Ten years: a typo beyond it would keep personal data for ever. */
const MAX_RETENTION_DAYS = 3_650;
const MAX_SHARDS = 256;
/** No two currencies are further apart; above it amounts could no longer be added up. */
const MAX_RATE = 1_000_000_000_000;
const SITE_ID = new RegExp(`^[a-z0-9._-]{1,${MAX_SITE_CHARS}}$`);

const ShardStepSchema = strictObject(
  {
    from: v.custom<number | string>(
      (from) => isInstant(timeOfStep(from)),
      ({ input }) => `must be ms since 1970 or ${INSTANT_FORM}, got ${show(input)}${secondsAdvice(input)}`,
    ),
    count: integerWithin(1, MAX_SHARDS),
  },
  'a step of shards',
);

const ShardsSchema = v.lazy((shards) =>
  Array.isArray(shards)
    ? arrayOf(ShardStepSchema, 'steps')
    : that(
        (value) => isIntegerWithin(value, 1, MAX_SHARDS),
        `must be a whole number of 1 to ${MAX_SHARDS}, or a list of steps {from, count}`,
      ),
);

const retentionDays = v.optional(integerWithin(MIN_RETENTION_DAYS, MAX_RETENTION_DAYS));
/** 0: none are stored. */
const columnsRetentionDays = v.optional(integerWithin(0, MAX_RETENTION_DAYS));
const toOwner = ({ id }: Record<string, unknown>) => `site ${show(id)}`;

const ENTRIES = {
  id: that<string>(
    (id) => typeof id === 'string' && SITE_ID.test(id),
    `must be 1 to ${MAX_SITE_CHARS} of the characters a-z 0-9 . _ -`,
  ),
  origins: v.optional(
    arrayOf(
      that<string>(
        (origin) => typeof origin === 'string' && isOriginPattern(origin),
        'must be an origin as https://shop.example or https://*.shop.example, in lower case and without a path',
      ),
      'origins',
    ),
  ),
  timezone: v.optional(that<string>(isTimeZone, 'must be an IANA name as Europe/Berlin')),
  currency: v.optional(that<string>(isCurrency, 'must be a currency as EUR (ISO 4217, in capital letters)')),
  rates: v.optional(
    that<Record<string, number>>(
      isRates,
      `must have numbers above 0 by currency, at most ${MAX_RATE}, as {"USD": 0.92}`,
    ),
  ),
  shards: v.optional(ShardsSchema),
};

/** A site as an option of `createCollector`. */
export const SiteSchema = strictObject({ ...ENTRIES, retentionDays, columnsRetentionDays }, toOwner);

/** A site as JSON has it. */
export const SiteJsonSchema = strictObject(
  { ...ENTRIES, retention_days: retentionDays, columns_retention_days: columnsRetentionDays },
  toOwner,
);

/** Rates into no currency, and one of that currency into itself that is none. */
export function rateProblems(site: unknown, path: string): string[] {
  if (!isObject(site) || !isObject(site.rates)) return [];
  const { currency, rates } = site;
  if (currency === undefined)
    return [`${path}.currency must be given with rates: it is what they are rates into`];
  const own = rates[String(currency)];
  return own === undefined || own === 1
    ? []
    : [`${path}.rates must be rates into ${currency}: its own is 1, got ${show(own)}`];
}

/** Steps of shards that do not come after the one before. */
export function shardOrderProblems(site: unknown, path: string): string[] {
  const shards = isObject(site) ? site.shards : undefined;
  if (!Array.isArray(shards)) return [];
  const times = shards.map((step) => (isObject(step) ? timeOfStep(step.from) : Number.NaN));
  return times.flatMap((time, index) =>
    time <= (times[index - 1] ?? Number.NEGATIVE_INFINITY)
      ? [`${path}.shards[${index}].from must be later than the step before`]
      : [],
  );
}

/** From 1973 on: a smaller number is no time in ms, but most likely one in seconds. */
const isInstant = (ms: number): boolean => ms >= FIRST_MILLISECOND_TIMESTAMP && ms <= MAX_TIME_MS;

function secondsAdvice(input: unknown): string {
  if (typeof input !== 'number' || input < FIRST_SECOND_TIMESTAMP || input >= FIRST_MILLISECOND_TIMESTAMP)
    return '';
  return `: these look like seconds, write ${input * 1_000}`;
}

const timeOfStep = (from: unknown): number =>
  typeof from === 'number' || typeof from === 'string' ? toMs(from) : Number.NaN;

function isCurrency(name: unknown): boolean {
  return typeof name === 'string' && CURRENCIES.has(name);
}

function isRates(rates: unknown): boolean {
  if (!isObject(rates) || Array.isArray(rates)) return false;
  return Object.entries(rates).every(
    ([currency, rate]) =>
      isCurrency(currency) && typeof rate === 'number' && rate >= 1 / MAX_RATE && rate <= MAX_RATE,
  );
}

function isTimeZone(name: unknown): boolean {
  try {
    // The default needs no look into the zones, which takes a starting process as long as all else together.
    if (name === 'UTC') return true;
    return typeof name === 'string' && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
