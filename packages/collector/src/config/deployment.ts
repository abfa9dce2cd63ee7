/** What the options of a deployment on AWS must be: the construct's, and those in `liveinsight.config.json`. */
import * as v from 'valibot';
import { sitesProblems } from '../validate-options.js';
import {
  arrayOf,
  filledText,
  flag,
  integerWithin,
  isObject,
  oneOf,
  problemsIn,
  strictObject,
  that,
} from '../validation/closed.js';
import { entryPointProblems } from './function-url-regions.js';

/** What CloudWatch takes. */
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 180, 365];
/** A Lambda function's variables hold 4 KB in all. */
const MAX_SITES_BYTES = 3_000;
const MAX_UNITS = 1_000_000;
/** What an account can have after a request; its functions without a reservation share what is left of it. */
const MAX_CONCURRENCY = 100_000;

/** Checked with the collector's own schema, in its words. */
const elsewhere = v.any();
const construct = that<object>(isObject, 'must be a construct of aws-cdk-lib');
const units = integerWithin(1, MAX_UNITS);
const concurrency = v.optional(integerWithin(1, MAX_CONCURRENCY));

/** What JSON can say, too. */
const PLAIN = {
  sites: elsewhere,
  defaultSite: v.optional(elsewhere),
  keepData: v.optional(flag),
  domain: v.optional(
    strictObject(
      {
        names: v.pipe(arrayOf(filledText, 'names'), v.minLength(1, 'must have at least one')),
        certificate: construct,
      },
      'domain',
    ),
  ),
  entryPoint: v.optional(oneOf(['function-url', 'http-api'])),
  ingest: v.optional(oneOf(['direct', 'buffered'])),
  cap: v.optional(strictObject({ writeUnitsPerSecond: units, readUnitsPerSecond: units }, 'cap')),
  reservedConcurrency: v.optional(
    strictObject(
      { ingest: concurrency, read: concurrency, admin: concurrency, drain: concurrency },
      'reservedConcurrency',
    ),
  ),
  monitoring: v.optional(oneOf(['full', 'lean'])),
  firewall: v.optional(
    // What AWS WAF takes.
    strictObject({ requestsPerFiveMinutes: v.optional(integerWithin(10, 2_000_000_000)) }, 'firewall'),
  ),
  tracing: v.optional(flag),
  logDays: v.optional(
    that<number>((value) => LOG_DAYS.some((days) => days === value), `must be one of ${LOG_DAYS.join(', ')}`),
  ),
  rollout: v.optional(oneOf(['canary', 'all-at-once'])),
  originRotation: v.optional(integerWithin(1, MAX_UNITS)),
  assets: v.optional(
    strictObject(
      {
        tracker: v.optional(v.any()),
        dashboard: v.optional(that<object>(isObject, 'must be files by path')),
      },
      'assets',
    ),
  ),
};

/** Former names: rejected with the new one. */
const RENAMED = {
  frontDoor: v.optional(that<never>(() => false, 'was renamed to entryPoint')),
};

const PROPS = {
  ...PLAIN,
  environment: v.optional(
    that<string>(
      (name) => typeof name === 'string' && /^[a-z0-9-]{1,16}$/.test(name),
      'must be 1 to 16 of a-z, 0-9 and -',
    ),
  ),
  alarmTopic: v.optional(construct),
  encryptionKey: v.optional(construct),
  rollupEvery: v.optional(that<object>(isObject, 'must be a Duration of aws-cdk-lib')),
};

const PropsSchema = strictObject({ ...PROPS, ...RENAMED }, 'the props of LiveInsight', Object.keys(PROPS));

const FILE = {
  ...PLAIN,
  region: v.optional(
    that<string>(
      (value) => typeof value === 'string' && /^[a-z0-9-]{1,63}$/.test(value),
      'must be a region as us-east-1',
    ),
  ),
  alarmTopicArn: v.optional(
    that<string>(
      (value) => typeof value === 'string' && value.startsWith('arn:'),
      'must be the ARN of an SNS topic',
    ),
  ),
};

const FileSchema = (name: string) => strictObject({ ...FILE, ...RENAMED }, name, Object.keys(FILE));

/** Every problem of the construct's props. */
export const deploymentProblems = (props: unknown): string[] => [
  ...problemsIn(PropsSchema, props),
  ...problemsOfSites(props, 'options'),
];

/** Every problem of what is in a configuration file. @param name of the file */
export const configFileProblems = (config: unknown, name: string): string[] => [
  ...problemsIn(FileSchema(name), config),
  ...(isObject(config) ? entryPointProblems(config.region, config.entryPoint) : []),
  ...problemsOfSites(config, 'json'),
];

function problemsOfSites(options: unknown, form: 'options' | 'json'): string[] {
  if (!isObject(options) || options.sites === undefined) return [];
  const { sites, defaultSite } = options;
  return [
    ...sitesProblems(sites, defaultSite, form),
    ...(Buffer.byteLength(JSON.stringify(sites)) <= MAX_SITES_BYTES
      ? []
      : [`sites must have at most ${MAX_SITES_BYTES} bytes as JSON: split them over deployments`]),
  ];
}
