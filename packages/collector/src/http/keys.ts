/** Who may read and who may change: keys compared in constant time, refused by default. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { RequestFailure } from '../errors.js';
import type { CollectorOptions } from '../options.js';
import type { CollectorRequest, Connection } from './request.js';

/** Sites that a caller may read. */
export type Readable = 'all' | ReadonlySet<string>;

export interface Keys {
  /** What the caller may read; throws where that is nothing. */
  reader(request: CollectorRequest, connection: Connection): Readable;
  /** Throws unless the caller may change things. */
  admin(request: CollectorRequest, connection: Connection): void;
  /** Whether the caller may change things. */
  isAdmin(request: CollectorRequest, connection: Connection): boolean;
}

type KeyOptions = Pick<CollectorOptions, 'readKeys' | 'adminKeys' | 'openReadsOnLoopback'>;

export function createKeys({ readKeys = [], adminKeys = [], openReadsOnLoopback }: KeyOptions): Keys {
  const readers = readKeys.map((entry) =>
    typeof entry === 'string'
      ? { digest: digest(entry), sites: 'all' as const }
      : { digest: digest(entry.key), sites: new Set(entry.sites) },
  );
  const admins = adminKeys.map((key) => ({ digest: digest(key), sites: 'all' as const }));

  const isAdmin: Keys['isAdmin'] = (request, connection) =>
    match(admins, request) !== undefined || (openReadsOnLoopback === true && isLocal(request, connection));

  return {
    isAdmin,
    reader(request, connection) {
      const found = match([...admins, ...readers], request);
      if (found) return found.sites;
      if (openReadsOnLoopback && isLocal(request, connection)) return 'all';
      throw unauthorized(request, readers.length + admins.length, 'read key', 'LIVEINSIGHT_READ_KEYS');
    },
    admin(request, connection) {
      if (!isAdmin(request, connection)) {
        throw unauthorized(request, admins.length, 'admin key', 'LIVEINSIGHT_ADMIN_KEYS');
      }
    },
  };
}

/** Looks at every key whatever the first says: time tells nothing about which one nearly fits. */
function match<Entry extends { digest: Buffer }>(entries: Entry[], request: CollectorRequest) {
  const given = keyOf(request);
  if (given === undefined) return undefined;
  const wanted = digest(given);
  return entries.filter((entry) => timingSafeEqual(entry.digest, wanted))[0];
}

function keyOf(request: CollectorRequest): string | undefined {
  const bearer = /^bearer +(.+)$/i.exec(request.header('authorization') ?? '')?.[1];
  return bearer?.trim() ?? request.header('x-api-key');
}

const digest = (key: string) => createHash('sha256').update(key).digest();

function unauthorized(request: CollectorRequest, configured: number, what: string, variable: string) {
  const message =
    configured === 0
      ? `this needs a ${what}, and none is configured: set ${variable}`
      : `this needs a valid ${what}: send Authorization: Bearer <key>${keyOf(request) ? '' : ' or X-API-Key'}`;
  return new RequestFailure('unauthorized', message, [], { 'www-authenticate': 'Bearer' });
}

/**
 * Whether it comes from a program on this machine. A proxy in front, a page of another origin in a local browser, and
 * a foreign name that was made to resolve to this machine (DNS rebinding) all reach loopback too, and are not.
 */
function isLocal(request: CollectorRequest, { ip = '' }: Connection): boolean {
  if (!isLoopback(ip)) return false;
  if (request.header('x-forwarded-for') !== undefined || request.header('forwarded') !== undefined)
    return false;
  const host = request.header('host') ?? '';
  const origin = request.header('origin');
  return isLoopbackName(host) && (origin === undefined || isLoopbackName(origin.replace(/^https?:\/\//, '')));
}

function isLoopback(ip: string): boolean {
  const plain = ip.replace(/^::ffff:/i, '');
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}

const isLoopbackName = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host);
