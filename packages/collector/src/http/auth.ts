/** Who may read and who may change: keys compared in constant time, refused by default. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../errors.js';
import type { CollectorOptions, ReadKey } from '../options.js';
import { clientIp } from './client-ip.js';
import { rareLog } from './rare-log.js';
import { createRateLimit } from './rate-limit.js';
import type { CollectorRequest, Connection } from './request.js';

/** Sites that a caller may read, or change. */
export type Readable = 'all' | ReadonlySet<string>;

/** What stands in a request that asks for something. */
type Asking = { request: CollectorRequest; connection: Connection };

export interface Keys {
  /** What the caller may read; throws where that is nothing. */
  reader(asking: Asking): Readable;
  /** What the caller may change; throws where that is nothing. */
  admin(asking: Asking): Readable;
  /** Whether the caller may change things of the site. */
  isAdmin(asking: Asking, site: string): boolean;
}

/**
 * Wrong keys that one address may give in a minute before it is told to wait. Whoever gives a right one never waits:
 * many may be behind one address. Keys are too long to be guessed; this tells a program that its key is wrong.
 */
const MAX_WRONG_KEYS_PER_MINUTE = 30;

type KeyOptions = Pick<CollectorOptions, 'readKeys' | 'adminKeys' | 'trustedProxies' | 'onWrongKey'>;

export function createKeys({
  readKeys = [],
  adminKeys = [],
  trustedProxies = 0,
  onWrongKey = wrongKeyLog(),
}: KeyOptions): Keys {
  const [readers, admins] = [readKeys.map(toEntry), adminKeys.map(toEntry)];
  const wrong = createRateLimit(MAX_WRONG_KEYS_PER_MINUTE);

  /** Throws for what may not go on: 401, and 429 to an address that has given too many wrong keys. */
  function reject(asking: Asking, configured: number, what: string, variable: string): never {
    const given = keyOf(asking.request);
    if (given !== undefined && sitesOf([...admins, ...readers], given) === undefined) {
      onWrongKey();
      const taken = wrong.take(
        networkOf(clientIp(asking.request, asking.connection, trustedProxies)),
        1,
        Date.now(),
      );
      if (!taken.ok) throw tooMany(taken.retryAfterS);
    }
    throw unauthorized(given, configured, what, variable);
  }

  return {
    reader(asking) {
      const found = sitesOf([...admins, ...readers], keyOf(asking.request));
      return found ?? reject(asking, readers.length + admins.length, 'read key', 'LIVEINSIGHT_READ_KEYS');
    },
    admin(asking) {
      const found = sitesOf(admins, keyOf(asking.request));
      return found ?? reject(asking, admins.length, 'admin key', 'LIVEINSIGHT_ADMIN_KEYS');
    },
    isAdmin({ request }, site) {
      const found = sitesOf(admins, keyOf(request));
      return found === 'all' || found?.has(site) === true;
    },
  };
}

const wrongKeyLog = () => rareLog<void>((_, times) => `requests with a wrong key: ${times}`);

interface Entry {
  digest: Buffer;
  sites: Readable;
}

const toEntry = (entry: ReadKey): Entry =>
  typeof entry === 'string'
    ? { digest: digest(entry), sites: 'all' }
    : { digest: digest(entry.key), sites: new Set(entry.sites) };

/**
 * All that the key opens, which may be listed several times. Looks at every entry whatever the first says: time tells
 * nothing about which one nearly fits.
 */
function sitesOf(entries: Entry[], given: string | undefined): Readable | undefined {
  if (given === undefined) return undefined;
  const wanted = digest(given);
  const found = entries.filter((entry) => timingSafeEqual(entry.digest, wanted)).map(({ sites }) => sites);
  if (found.length === 0) return undefined;
  return found.includes('all') ? 'all' : new Set(found.flatMap((sites) => [...sites]));
}

/** The key that a request brings, whichever header it is in. */
export function keyOf(request: CollectorRequest): string | undefined {
  const bearer = /^bearer +(\S.*)$/i.exec(request.header('authorization') ?? '')?.[1];
  return bearer?.trim() ?? request.header('x-api-key');
}

const digest = (key: string) => createHash('sha256').update(key).digest();

/** Of an IPv6 address the part that a provider gives out: whoever has one address there has all. */
function networkOf(address: string): string {
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
