/** localStorage while it can be had, else an object that lives as long as the page: both work by property. */
import { toJson } from './text.js';

export type StorageArea = Record<string, string | undefined>;

export interface TrackerStorage {
  /** The JSON value under `key`; undefined where there is none, 0 where it can't be read. */
  _read: <Value>(key: string) => Value | 0 | undefined;
  /** Returns the value's JSON, kept or not. */
  _write: (key: string, value: unknown, isKept?: boolean) => string;
  _remove: (key: string) => void;
  /** Keys that begin with `prefix`, in order. */
  _list: (prefix: string) => string[];
  /** Whether what is kept outlives the page. */
  _isDurable: unknown;
}

/**
 * @param storage to use in place of localStorage
 * @param mayKeep whether anything may be written that the visitor has not just asked for
 */
export const createStorage = (
  storage: () => StorageArea | undefined,
  mayKeep: () => boolean,
): TrackerStorage => {
  let items: StorageArea = {};
  let area: unknown;
  try {
    // Throws where storage is blocked, and is null where it is switched off.
    area = storage() || localStorage;
    items = (area as StorageArea) || items;
  } catch {}
  return {
    _read: (key) => {
      try {
        // Nothing is no JSON, and an exception on every first page would be dear.
        return items[key] && JSON.parse(items[key]);
      } catch {
        return 0;
      }
    },
    _write: (key, value, isKept = mayKeep()) => {
      const json = toJson(value);
      try {
        if (isKept) items[key] = json;
      } catch {
        // Full. What was there before is out of date.
        delete items[key];
      }
      return json;
    },
    _remove: (key) => {
      delete items[key];
    },
    _list: (prefix) =>
      Object.keys(items)
        .filter((key) => key.startsWith(prefix))
        .sort(),
    _isDurable: area,
  };
};
