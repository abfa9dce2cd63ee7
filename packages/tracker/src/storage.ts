/** localStorage while it can be had, else an object that lives as long as the page: both work by property. */
import { toJson } from './text.js';

export type Box = Record<string, string | undefined>;

export type Shelf = [
  /** The JSON value under `key`; undefined where there is none, false where it can't be read. */
  read: <Value>(key: string) => Value | false | undefined,
  /** Returns the value's JSON, kept or not. */
  write: (key: string, value: unknown, isKept?: boolean) => string,
  remove: (key: string) => void,
  /** Keys that begin with `prefix`, in order. */
  list: (prefix: string) => string[],
  /** Whether what is kept outlives the page. */
  lasts: boolean,
];

/**
 * @param storage to use in place of localStorage
 * @param mayKeep whether anything may be written that the visitor has not just asked for
 */
export const createShelf = (storage: () => Box | undefined, mayKeep: () => boolean): Shelf => {
  let box: Box = {};
  let lasts = false;
  try {
    // Reading the property throws where storage is blocked, and gives null where it is switched off: of that, this does.
    box = (storage() || localStorage).valueOf() as Box;
    lasts = true;
  } catch {}
  return [
    (key) => {
      try {
        // Nothing is no JSON, and an exception on every first page would be dear.
        return box[key] && JSON.parse(box[key]);
      } catch {
        return false;
      }
    },
    (key, value, isKept = mayKeep()) => {
      const json = toJson(value);
      try {
        if (isKept) box[key] = json;
      } catch {
        // Full. What was there before is out of date.
        delete box[key];
      }
      return json;
    },
    (key) => {
      delete box[key];
    },
    (prefix) =>
      Object.keys(box)
        .filter((key) => key.startsWith(prefix))
        .sort(),
    lasts,
  ];
};
