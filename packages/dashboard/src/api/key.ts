/** The key that the reader typed: kept as long as the tab, never in a URL or a file. */

const NAME = 'liveinsight-key';
let typed: string | undefined;

export function readKey(): string | undefined {
  try {
    return sessionStorage.getItem(NAME) ?? typed;
  } catch {
    // Storage is denied: then it is kept as long as the page.
    return typed;
  }
}

/** @param key undefined: forgets it */
export function keepKey(key: string | undefined): void {
  typed = key;
  try {
    if (key === undefined) sessionStorage.removeItem(NAME);
    else sessionStorage.setItem(NAME, key);
  } catch {
    // As above.
  }
}
