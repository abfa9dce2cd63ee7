/** Characters of a path: with its origin, within what the wire takes of a URL. */
export const MAX_PATH_CHARS = 1000;

/** At most `chars` characters of `text`; undefined where there is none. */
export const cut = (text: string | null | undefined, chars: number): string | undefined =>
  text?.slice(0, chars);
