/** The page of a URL: its path, with the hash where that is a route; never the query, which may tell secrets. */
export function pageOf(url: string | undefined): string {
  const parsed = url ? parse(url) : undefined;
  if (!parsed) return '';
  const route = /^#[/!]/.test(parsed.hash) ? (parsed.hash.split('?')[0] ?? '') : '';
  return parsed.pathname + route;
}

/** Scheme, perhaps a user, and the host of a URL. A whole parse of it would cost ten times as much. */
const HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^\s/?#:@]+)/i;

/** The host of a URL in lower case and without `www.`, or undefined. */
export function hostOf(url: string | undefined): string | undefined {
  return url
    ? HOST.exec(url)?.[1]
        ?.toLowerCase()
        .replace(/^www\./, '')
    : undefined;
}

/** Relative ones too: senders of their own write `/checkout`. */
function parse(url: string): URL | undefined {
  try {
    return new URL(url, 'http://page.invalid');
  } catch {
    return undefined;
  }
}
