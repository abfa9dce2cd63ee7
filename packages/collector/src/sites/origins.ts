/** Which web pages may send for a site. */

/** A pattern as `https://shop.example`, `http://localhost:3000` or `https://*.shop.example` (any subdomain). */
const PATTERN = /^https?:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/;

/** Browsers leave out the port that a scheme has anyway. */
const withoutDefaultPort = (origin: string) =>
  (origin.startsWith('https:') && origin.endsWith(':443')) ||
  (origin.startsWith('http:') && origin.endsWith(':80'))
    ? origin.slice(0, origin.lastIndexOf(':'))
    : origin;

export const isOriginPattern = (pattern: string) =>
  PATTERN.test(pattern) && isAsBrowsersWriteIt(pattern.replace('*.', 'any.'));

/** Browsers write `https://127.0.0.1` for `https://127.1`: a pattern of another spelling would never be met. */
function isAsBrowsersWriteIt(origin: string): boolean {
  try {
    return new URL(origin).origin === withoutDefaultPort(origin);
  } catch {
    return false;
  }
}

export type OriginCheck = (origin: string | undefined) => boolean;

/** Without patterns any origin will do; a request without an Origin comes from no page, and is taken. */
export function originCheck(patterns: string[] | undefined): OriginCheck {
  if (!patterns || patterns.length === 0) return () => true;
  const plain = patterns.map(withoutDefaultPort);
  const exact = new Set(plain.filter((pattern) => !pattern.includes('*')));
  const wild = plain
    .filter((pattern) => pattern.includes('*'))
    .map((pattern) => {
      const [scheme = '', host = ''] = pattern.split('*');
      return { scheme, host };
    });
  return (given) => {
    if (given === undefined) return true;
    const origin = withoutDefaultPort(given);
    return (
      exact.has(origin) ||
      wild.some(
        ({ scheme, host }) =>
          origin.startsWith(scheme) &&
          origin.endsWith(host) &&
          // What `*` stands for is a name before the dot, not a port, path or user that hides another host.
          /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(origin.slice(scheme.length, -host.length)),
      )
    );
  };
}
