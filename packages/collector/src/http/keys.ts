/** Who may read and who may change: keys compared in constant time, refused by default. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { RequestFailure } from '../errors.js';
import type { CollectorOptions } from '../options.js';
import type { CollectorRequest } from './request.js';

/** Sites that a caller may read. */
export type Readable = 'all' | ReadonlySet<string>;

export interface Keys {
  /** What the caller may read; throws where that is nothing. */
  reader(request: CollectorRequest): Readable;
  /** Throws unless the caller may change things. */
  admin(request: CollectorRequest): void;
  /** Whether the caller may change things. */
  isAdmin(request: CollectorRequest): boolean;
}

type KeyOptions = Pick<CollectorOptions, 'readKeys' | 'adminKeys'>;

export function createKeys({ readKeys = [], adminKeys = [] }: KeyOptions): Keys {
  const readers = readKeys.map((entry) =>
    typeof entry === 'string'
      ? { digest: digest(entry), sites: 'all' as const }
      : { digest: digest(entry.key), sites: new Set(entry.sites) },
  );
  const admins = adminKeys.map((key) => ({ digest: digest(key), sites: 'all' as const }));

  const isAdmin: Keys['isAdmin'] = (request) => match(admins, request) !== undefined;

  return {
    isAdmin,
    reader(request) {
      const found = match([...admins, ...readers], request);
      if (found) return found.sites;
      throw unauthorized(request, readers.length + admins.length, 'read key', 'LIVEINSIGHT_READ_KEYS');
    },
    admin(request) {
      if (!isAdmin(request)) {
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
  const bearer = /^bearer +(\S.*)$/i.exec(request.header('authorization') ?? '')?.[1];
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
