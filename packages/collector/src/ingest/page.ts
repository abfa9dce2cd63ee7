import { boundKey } from './bound-key.js';
import { cached } from './cached.js';

/** URLs to be remembered, some 4 MB where all are as long as can be: a site's events are on few, and to parse one takes longer than to count it. */
const MOST_REMEMBERED = 1_000;

/** The page of a URL: its path, cut to the length of a key, with the hash where that is a route; never the query, which may tell secrets. */
export const pageOf = (url: string | undefined): string => (url ? parsedPage(url) : '');

const parsedPage = cached(MOST_REMEMBERED, (url) => {
  const parsed = parse(url);
  if (!parsed) return '';
  const route = /^#[/!]/.test(parsed.hash) ? (parsed.hash.split('?')[0] ?? '') : '';
  return boundKey(parsed.pathname + route);
});

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
