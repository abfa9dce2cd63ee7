/** The path of a request as the client has sent it, however the platform hands it over. */
import type { LambdaParts } from './to-request.js';

export type PathParts = Pick<LambdaParts, 'url' | 'pathForm'>;

/** What cannot stand in a path that is still encoded (RFC 3986 §3.3). */
const NEVER_IN_ENCODED = /[^\x21-\x7e]|[?#"<>\\^`{|}]|%(?![0-9a-f]{2})/i;

/** A path that the platform has decoded. */
export function fromDecoded(path: string, query: string): PathParts {
  try {
    return { url: withQuery(path.split('/').map(encodeURIComponent).join('/'), query), pathForm: 'decoded' };
  } catch {
    // Half of a surrogate pair: no client has sent that.
    return { url: withQuery('/', query), pathForm: 'ambiguous' };
  }
}

export const fromEncoded = (path: string, query: string): PathParts => ({ url: withQuery(path, query) });

/**
 * A path of a platform that is not known. What could be either is taken as encoded where its reading as a name leaves no
 * doubt: never where something is to be deleted, for it might be somebody else's.
 */
export function fromUnknown(method: string, path: string, query: string): PathParts {
  // Without a percent sign it says the same, decoded or not.
  if (!path.includes('%') || NEVER_IN_ENCODED.test(path)) return fromDecoded(path, query);
  const parts = fromEncoded(path, query);
  const decoded = decodeURIComponentOrNot(path);
  const isPlain = decoded !== undefined && !decoded.includes('%') && isAsEncodersWrite(path);
  return isPlain && method !== 'DELETE' ? parts : { ...parts, pathForm: 'ambiguous' };
}

const withQuery = (path: string, query: string) => path + (query ? `?${query}` : '');

function decodeURIComponentOrNot(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** No encoder writes a letter, a digit, `-`, `.`, `_` or `~` as `%xx`. */
const isAsEncodersWrite = (path: string) => !/%(2d|2e|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/i.test(path);
