/** Who may read and who may change: keys compared in constant time, refused by default. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../errors.js';
import type { CommonOptions, ReadKey } from '../options.js';
import { clientIp } from './client-ip.js';
import { rareLog } from './rare-log.js';
import { createRateLimit } from './rate-limit.js';
import type { CollectorRequest, Connection } from './request.js';

/** Sites that a caller may read, or change. */
export type SiteScope = 'all' | ReadonlySet<string>;

/** What stands in a request that asks for something. */
type AuthRequest = { request: CollectorRequest; connection: Connection };

export interface Auth {
  /** What the caller may read; throws where that is nothing. */
  requireRead(context: AuthRequest): SiteScope;
  /** What the caller may change; throws where that is nothing. */
  requireAdmin(context: AuthRequest): SiteScope;
  /** Whether the caller may change things of the site. */
  isAdmin(context: AuthRequest, site: string): boolean;
}

/**
 * Wrong keys that one address may give in a minute before it is told to wait. Whoever gives a right one never waits:
 * many may be behind one address. Keys are too long to be guessed; this tells a program that its key is wrong.
 */
const MAX_WRONG_KEYS_PER_MINUTE = 30;

type AuthOptions = Pick<CommonOptions, 'readKeys' | 'adminKeys' | 'trustedProxies' | 'onWrongKey'>;

export function createAuth({
  readKeys = [],
  adminKeys = [],
  trustedProxies = 0,
  onWrongKey = wrongKeyLog(),
}: AuthOptions): Auth {
  const [readers, admins] = [readKeys.map(toEntry), adminKeys.map(toEntry)];
  const wrong = createRateLimit(MAX_WRONG_KEYS_PER_MINUTE);

  /** Throws for what may not go on: 401, and 429 to an address that has given too many wrong keys. */
  function reject(context: AuthRequest, configured: number, what: string, variable: string): never {
    const given = getKey(context.request);
    if (given !== undefined && findScope([...admins, ...readers], given) === undefined) {
      onWrongKey();
      const limit = wrong.take(
        toNetwork(clientIp(context.request, context.connection, trustedProxies)),
        1,
        Date.now(),
      );
      if (!limit.ok) throw tooMany(limit.retryAfterS);
    }
    throw unauthorized(given, configured, what, variable);
  }

  return {
    requireRead(context) {
      const found = findScope([...admins, ...readers], getKey(context.request));
      return found ?? reject(context, readers.length + admins.length, 'read key', 'LIVEINSIGHT_READ_KEYS');
    },
    requireAdmin(context) {
      const found = findScope(admins, getKey(context.request));
      return found ?? reject(context, admins.length, 'admin key', 'LIVEINSIGHT_ADMIN_KEYS');
    },
    isAdmin({ request }, site) {
      const found = findScope(admins, getKey(request));
      return found === 'all' || found?.has(site) === true;
    },
  };
}

const wrongKeyLog = () => rareLog<void>((_, times) => `requests with a wrong key: ${times}`);

interface Entry {
  digest: Buffer;
  sites: SiteScope;
}

const toEntry = (entry: ReadKey): Entry =>
  typeof entry === 'string'
    ? { digest: digest(entry), sites: 'all' }
    : { digest: digest(entry.key), sites: new Set(entry.sites) };

/**
 * All that the key opens, which may be listed several times. Looks at every entry whatever the first says: time tells
 * nothing about which one nearly fits.
 */
function findScope(entries: Entry[], given: string | undefined): SiteScope | undefined {
  if (given === undefined) return undefined;
  const givenDigest = digest(given);
  const found = entries
    .filter((entry) => timingSafeEqual(entry.digest, givenDigest))
    .map(({ sites }) => sites);
  if (found.length === 0) return undefined;
  return found.includes('all') ? 'all' : new Set(found.flatMap((sites) => [...sites]));
}

/** The key that a request brings, whichever header it is in. */
export function getKey(request: CollectorRequest): string | undefined {
  const bearer = /^bearer +(\S.*)$/i.exec(request.header('authorization') ?? '')?.[1];
  return bearer?.trim() ?? request.header('x-api-key');
}

const digest = (key: string) => createHash('sha256').update(key).digest();

/** Of an IPv6 address the part that a provider gives out: whoever has one address there has all. */
function toNetwork(address: string): string {
  // IPv4, also as it is written within IPv6.
  if (!address.includes(':') || address.includes('.')) return address;
  const [before = '', after] = address.split('::');
  const [head, tail] = [before, after ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const groups = [...(head ?? [])];
  // `::` stands for as many zeros as are missing.
  if (after !== undefined) while (groups.length + (tail?.length ?? 0) < 8) groups.push('0');
  groups.push(...(tail ?? []));
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}

function unauthorized(given: string | undefined, configured: number, what: string, variable: string) {
  const message =
    configured === 0
      ? `no ${what} is configured, and this needs one: set ${variable}`
      : `this needs a valid ${what}: send Authorization: Bearer <key>${given ? '' : ' or X-API-Key'}`;
  return new ApiError('unauthorized', message, [], { 'www-authenticate': 'Bearer' });
}

function tooMany(retryAfterS: number): ApiError {
  const message = `too many requests with a wrong key from this address: try again in ${retryAfterS} s`;
  return new ApiError('rate_limited', message, [], { 'retry-after': String(retryAfterS) });
}
