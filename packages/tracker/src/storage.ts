/** localStorage while it can be had, else an object that lives as long as the page: both work by property. */
import { toJson } from './text.js';

export type Box = Record<string, string | undefined>;

export interface Shelf {
  /** The JSON value under `key`; undefined where there is none, false where it can't be read. */
  _read: <Value>(key: string) => Value | false | undefined;
  /** Returns the value's JSON, kept or not. */
  _write: (key: string, value: unknown, isKept?: boolean) => string;
  _remove: (key: string) => void;
  /** Keys that begin with `prefix`, in order. */
  _list: (prefix: string) => string[];
  /** Whether what is kept outlives the page. */
  _lasts: boolean;
}

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
  return {
    _read: (key) => {
      try {
        // Nothing is no JSON, and an exception on every first page would be dear.
        return box[key] && JSON.parse(box[key]);
      } catch {
        return false;
      }
    },
    _write: (key, value, isKept = mayKeep()) => {
      const json = toJson(value);
      try {
        if (isKept) box[key] = json;
      } catch {
        // Full. What was there before is out of date.
        delete box[key];
      }
      return json;
    },
    _remove: (key) => {
      delete box[key];
    },
    _list: (prefix) =>
      Object.keys(box)
        .filter((key) => key.startsWith(prefix))
        .sort(),
    _lasts: lasts,
  };
};
