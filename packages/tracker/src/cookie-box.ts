/** localStorage, but for one key that lives in a cookie, so that subdomains share it. */
import type { Box } from './storage.js';

const MAX_COOKIE_CHARS = 3500;
const DAYS_400 = 34_560_000;

/** @param key of the session; batches stay in localStorage */
export const cookieBox = (domain: string, key: string): Box => {
  const name = encodeURIComponent(key);
  const set = (value: string, maxAge: number) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari, and asynchronous.
    document.cookie = `${name}=${value};domain=${domain};path=/;max-age=${maxAge};SameSite=Lax`;
  };
  return new Proxy(localStorage as unknown as Box, {
    get: (target, property: string) =>
      property === key
        ? decodeURIComponent(document.cookie.split(`${name}=`)[1]?.split(';')[0] || '')
        : target[property],
    set(target, property: string, value: string) {
      if (property !== key) target[property] = value;
      else {
        const session = JSON.parse(value);
        // What a cookie can't hold is the oldest of the pages seen.
        while (encodeURIComponent(JSON.stringify(session)).length > MAX_COOKIE_CHARS && session.p?.length)
          session.p.pop();
        set(encodeURIComponent(JSON.stringify(session)), DAYS_400);
      }
      return true;
    },
    deleteProperty(target, property: string) {
      if (property === key) set('', 0);
      return delete target[property];
    },
  });
};
