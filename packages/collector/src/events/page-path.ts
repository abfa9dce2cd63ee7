import { MAX_URL_CHARS } from '@liveinsight/schema';
import { MAX_KEY_CHARS } from '../budgets.js';
import { memoize } from '../cache/bounded-memo.js';
import { boundKey } from './bound-key.js';

/** URLs to be remembered, some 5 MB where all are as long as they may be: a site's events are on few, and to parse one takes longer than to count it. */
const MAX_CACHED_URLS = 1_000;

/**
 * The page of a URL: its path, cut to the length of a key, with the hash where that is a route; never the query, which may tell secrets.
 * What is stored has no other hash.
 */
export const toPage = (url: string | undefined): string => (url ? parsedPage(url) : '');

const parsedPage = memoize(MAX_CACHED_URLS, parsePage, MAX_URL_CHARS);

function parsePage(url: string): string {
  const parsed = parse(url);
  if (!parsed) return '';
  const route = /^#([/!]|[^?&=#]+(\?|$))/.test(parsed.hash) ? (parsed.hash.split('?')[0] ?? '') : '';
  const path = canonicalPath(parsed.pathname.slice(0, MAX_SPELLED_CHARS));
  return boundKey(path + (route && `#${canonicalPath(route.slice(1, MAX_SPELLED_CHARS))}`));
}

/** A page that somebody names, as a filter does: by any spelling of it. What is no path, as `(other)`, stays as it is. */
export const namedPage = (page: string): string => (page.startsWith('/') ? toPage(page) : boundKey(page));

/** What is looked at of a path: even if each nine characters become one, it is more than a key may have. */
const MAX_SPELLED_CHARS = 9 * MAX_KEY_CHARS + 16;

/** A percent-encoded ASCII character, a percent sign of no byte, or a character that some senders encode and others do not. */
const ENCODED_INCONSISTENTLY = /%[0-7][0-9a-f]|%(?![0-9a-f]{2})|[^\w%!$&'()*+,./:;=@~-]/gi;
/** A byte of another letter whose hex digits are not upper case: looked for alone, as most of a non-Latin path needs no change. */
const LOWER_CASE_BYTE = /%(?:[a-f][0-9a-fA-F]|[89A-F][a-f])/g;
/** Of printable ASCII, what would mean something else in a path, or is encoded by every browser. */
const STAYS_ENCODED = /[^\w!$&'()*+,.:;=@~-]/;

/** Letters that are not ASCII, with one before them that may carry an accent of theirs. */
const ENCODED_LETTERS = /[a-z]?(?:%[89A-F][0-9A-F])+/gi;

/** One spelling for a path: servers send it decoded, browsers encoded, hex digits come in either case, and accents apart or composed. */
function canonicalPath(path: string): string {
  return (
    path
      .replace(LOWER_CASE_BYTE, (byte) => byte.toUpperCase())
      .replace(ENCODED_INCONSISTENTLY, (part) => {
        if (part === '%') return '%25';
        if (!part.startsWith('%')) return encodeURIComponent(part);
        const character = String.fromCharCode(Number.parseInt(part.slice(1), 16));
        return STAYS_ENCODED.test(character) ? part.toUpperCase() : character;
      })
      // Last: the letter below an accent may have been encoded, too.
      .replace(ENCODED_LETTERS, composeLetters)
  );
}

/** Names of files on Macs have `é` as two characters: a page is one whichever way its address has them. */
function composeLetters(encoded: string): string {
  try {
    const text = decodeURIComponent(encoded);
    const composed = text.normalize('NFC');
    return composed === text ? encoded : encodeURIComponent(composed);
  } catch {
    // Bytes of no character.
    return encoded;
  }
}

/** Scheme, perhaps a user, and the host of a URL. A whole parse of it would cost ten times as much. */
const HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^\s/?#:@]+)/i;

/** The host of a URL in lower case and without `www.`, or undefined. */
export function getHost(url: string | undefined): string | undefined {
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
