/** The key that the reader typed or opened the page with: kept as long as the tab, and in no URL that lasts. */

const NAME = 'liveinsight-key';
const PREFIX = '#key=';
let typed: string | undefined;

export function readKey(): string | undefined {
  try {
    return sessionStorage.getItem(NAME) ?? typed;
  } catch {
    // Storage is denied: the key is lost when the page closes.
    return typed;
  }
}

/** @param key undefined: forgets it */
export function saveKey(key: string | undefined): void {
  typed = key;
  try {
    if (key === undefined) sessionStorage.removeItem(NAME);
    else sessionStorage.setItem(NAME, key);
  } catch {
    // As above.
  }
}

/**
 * Takes the key from an address that ends in `#key=…`, as `liveinsight dev` prints it, and removes it from there: what
 * is copied from the address bar must not contain it.
 * @returns whether there was one
 */
export function takeKeyFromUrl(): boolean {
  if (!location.hash.startsWith(PREFIX)) return false;
  const key = decode(location.hash.slice(PREFIX.length));
  history.replaceState(history.state, '', location.pathname + location.search);
  if (key !== '') saveKey(key);
  return key !== '';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
