/** localStorage, but for some keys that live in cookies, so that subdomains share them. */
import type { Box } from './storage.js';

const MAX_COOKIE_CHARS = 3500;
const DAYS_400 = 34_560_000;

/** @param shared keys of the session and of what the visitor has chosen; batches stay in localStorage */
export const cookieBox = (domain: string, shared: string[]): Box => {
  const set = (key: string, value: string, maxAge: number) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari, and asynchronous.
    document.cookie = `${encodeURIComponent(key)}=${value};domain=${domain};path=/;max-age=${maxAge};SameSite=Lax`;
  };
  return new Proxy(localStorage as unknown as Box, {
    get: (target, key: string) =>
      shared.includes(key)
        ? decodeURIComponent(document.cookie.split(`${encodeURIComponent(key)}=`)[1]?.split(';')[0] || '')
        : target[key],
    set(target, key: string, value: string) {
      if (shared.includes(key)) set(key, fit(value), DAYS_400);
      else target[key] = value;
      return true;
    },
    deleteProperty(target, key: string) {
      if (shared.includes(key)) set(key, '', 0);
      return delete target[key];
    },
  });
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
