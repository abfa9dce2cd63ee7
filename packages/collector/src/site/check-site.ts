/** What is wrong with a site's options, each problem with the field and what would be right. */
import { INSTANT_FORM, MAX_SITE_CHARS } from '@liveinsight/schema';
import type { ShardStep, Site } from '../options.js';
import { isOriginPattern } from './origins.js';
import { toMs } from './shards.js';

const LEAST_RETENTION_DAYS = 3;
/** Ten years: a typo beyond it would keep personal data for ever. */
const MOST_RETENTION_DAYS = 3_650;
const MOST_SHARDS = 256;
const SITE_ID = new RegExp(`^[a-z0-9._-]{1,${MAX_SITE_CHARS}}$`);

export function siteProblems(site: Site, at: string): string[] {
  if (typeof site !== 'object' || site === null) return [`${at} must be an object with an id`];
  const {
    id,
    origins = [],
    timezone = 'UTC',
    retention_days: days = LEAST_RETENTION_DAYS,
    shards = 1,
  } = site;
  const problems: string[] = [];
  if (typeof id !== 'string' || !SITE_ID.test(id)) {
    problems.push(`${at}.id must be 1 to ${MAX_SITE_CHARS} of the characters a-z 0-9 . _ -, got ${show(id)}`);
  }
  if (!Array.isArray(origins)) problems.push(`${at}.origins must be a list`);
  else
    problems.push(...origins.flatMap((origin, index) => originProblems(origin, `${at}.origins[${index}]`)));
  if (!isTimeZone(timezone)) {
    problems.push(`${at}.timezone must be an IANA name as Europe/Berlin, got ${show(timezone)}`);
  }
  if (!isWholeWithin(days, LEAST_RETENTION_DAYS, MOST_RETENTION_DAYS)) {
    problems.push(
      `${at}.retention_days must be a whole number of ${LEAST_RETENTION_DAYS} to ${MOST_RETENTION_DAYS}, got ${show(days)}`,
    );
  }
  return [...problems, ...shardProblems(shards, `${at}.shards`)];
}

function originProblems(origin: unknown, at: string): string[] {
  if (typeof origin === 'string' && isOriginPattern(origin)) return [];
  return [
    `${at} must be an origin as https://shop.example or https://*.shop.example, in lower case and without a path, got ${show(origin)}`,
  ];
}

function shardProblems(shards: number | ShardStep[], at: string): string[] {
  const whole = `a whole number of 1 to ${MOST_SHARDS}`;
  if (typeof shards === 'number') {
    return isWholeWithin(shards, 1, MOST_SHARDS) ? [] : [`${at} must be ${whole}, got ${shards}`];
  }
  if (!Array.isArray(shards)) return [`${at} must be ${whole}, or a list of steps {from, count}`];
  return shards.flatMap((step, index) => {
    const problems: string[] = [];
    const before = shards[index - 1];
    const from = toMs(step?.from);
    if (!Number.isFinite(from))
      problems.push(`${at}[${index}].from must be ms since 1970 or ${INSTANT_FORM}`);
    else if (before && from <= toMs(before.from))
      problems.push(`${at}[${index}].from must be later than the step before`);
    if (!isWholeWithin(step?.count, 1, MOST_SHARDS)) problems.push(`${at}[${index}].count must be ${whole}`);
    return problems;
  });
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

export const isWholeWithin = (value: unknown, least: number, most: number) =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

export const show = (value: unknown) => JSON.stringify(value)?.slice(0, 80) ?? 'nothing';
