/** localStorage while it is wanted and can be had, else an object that lives as long as the page: both work by property. */
export type Box = Record<string, string | undefined>;

export interface Shelf {
  /** The JSON value under `key`; undefined where there is none, or none that can be read. */
  _read<Value>(key: string): Value | undefined;
  /** Returns the value's JSON, kept or not. */
  _write(key: string, value: unknown): string;
  _remove(key: string): void;
  /** Keys that begin with `prefix`, in order. */
  _list(prefix: string): string[];
  /** Moves to localStorage or away from it. Returns whether what is written now outlives the page. */
  _open(wanted: boolean): boolean | undefined;
}

/** @param storage to use in place of localStorage */
export const createShelf = (storage?: Box): Shelf => {
  let box: Box = {};
  return {
    _read(key) {
      try {
        // Nothing is no JSON, and an exception on every first page would be dear.
        return box[key] && JSON.parse(box[key]);
      } catch {}
    },
    _write(key, value) {
      const json = JSON.stringify(value);
      try {
        box[key] = json;
      } catch {
        // Full. What was there before is out of date.
        delete box[key];
      }
      return json;
    },
    _remove: (key) => delete box[key],
    _list: (prefix) =>
      Object.keys(box)
        .filter((key) => key.startsWith(prefix))
        .sort(),
    _open(wanted) {
      box = {};
      try {
        // Reading the property throws where storage is blocked.
        if (wanted) box = storage || localStorage;
        return wanted;
      } catch {}
    },
  };
};
