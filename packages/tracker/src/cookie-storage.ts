/** localStorage, but for the session and the visitor's choice, which live in cookies so that subdomains share them. */
import { ofDocument } from './document.js';
import type { StorageArea } from './storage.js';

const MAX_COOKIE_CHARS = 3500;
const DAYS_400 = 34_560_000;

/**
 * A site that changes its cookie domain, or gives it up, leaves cookies of one name behind, which a browser lists in an order of its own.
 * https://httpwg.org/specs/rfc6265.html#cookie
 *
 * @param domain none: the session stays in localStorage, and of cookies the choice alone is read
 */
export const cookieStorage = (domain: string | undefined, session: string, choice: string): StorageArea => {
  const local = localStorage as unknown as StorageArea;
  const inCookie = (key: string) => key === choice || (domain && key === session);
  return new Proxy(local, {
    get: (_, key: string) => {
      if (key === choice) return latestChoice([...readCookies(key), local[key]]);
      return inCookie(key) ? latest(readCookies(key)) : local[key];
    },
    set(_, key: string, value: string) {
      if (inCookie(key)) {
        expire(key);
        if (domain) writeCookie(key, fit(value), DAYS_400, domain);
      }
      // Also where the browser takes no cookie of this domain.
      if (readCookies(key)[0] === undefined) local[key] = value;
      else delete local[key];
      return true;
    },
    deleteProperty(_, key: string) {
      if (inCookie(key)) expire(key);
      return delete local[key];
    },
  });
};

/** The choice made last, which sorts first; where no time is known, the strictest: nobody knows which was said last. */
const latestChoice = (choices: (string | undefined)[]) => {
  const sorted = choices.sort();
  return sorted.find((choice) => /^"(\d|(?!anonymous"|granted"))/.test(`${choice}`)) ?? sorted[0];
};

/** Of several sessions, the one that goes on. */
const latest = (sessions: string[]) => sessions.sort((one, other) => readLast(other) - readLast(one))[0];

const readLast = (json: string): number => {
  try {
    return JSON.parse(json).l || 0;
  } catch {
    return 0;
  }
};

const readCookies = (key: string): string[] =>
  `${ofDocument('cookie')}`.split('; ').flatMap((cookie) => {
    const [name, value = ''] = cookie.split('=');
    try {
      return name === encodeURIComponent(key) && value ? [decodeURIComponent(value)] : [];
    } catch {
      return [];
    }
  });

const writeCookie = (key: string, value: string, maxAge: number, domain: string) => {
  const text = `${encodeURIComponent(key)}=${value};${domain && `domain=${domain};`}path=/;max-age=${maxAge};SameSite=Lax`;
  // The Cookie Store API is missing in browsers, and asynchronous.
  Reflect.set(Document.prototype, 'cookie', text, document);
};

/** Removes the cookie, of whatever domain it is that this page can see. */
const expire = (key: string) => {
  if (!readCookies(key)[0]) return;
  const labels = location.hostname.split('.');
  for (const index of labels.keys()) writeCookie(key, '', 0, labels.slice(index).join('.'));
  writeCookie(key, '', 0, '');
};

/** What a cookie can't hold are the names of the oldest pages; that they were views still counts. */
const fit = (json: string): string => {
  const { p: pages = [], ...others } = JSON.parse(json);
  let value = encodeURIComponent(json);
  for (let oldest = pages.length - 1; oldest > 0 && value.length > MAX_COOKIE_CHARS; oldest--) {
    pages[oldest] = 0;
    value = encodeURIComponent(JSON.stringify({ ...others, p: pages }));
  }
  return value;
};
