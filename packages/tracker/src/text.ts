/** Characters of a path: with its origin, within what the wire takes of a URL. */
export const MAX_PATH_CHARS = 1000;

/** The current page's path; empty where there is none, as in frames of `srcdoc`, or none that others may know, as of a saved file. */
export const readPath = (): string =>
  /^http/.test(location.href) ? location.pathname.slice(0, MAX_PATH_CHARS) : '';

/** At most `chars` characters of `text`; undefined where there is none. */
export const cut = (text: string | null | undefined, chars: number): string | undefined =>
  text?.slice(0, chars);

/**
 * JSON in which lists, texts and numbers are what they are, though an old library gives them a `toJSON` that returns text, as
 * Prototype.js 1.6 does.
 */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, function (this: Record<string, unknown>, name, given) {
    const own = this[name] as { pop?: unknown };
    return Object(own) !== own || own.pop ? own : given;
  });
