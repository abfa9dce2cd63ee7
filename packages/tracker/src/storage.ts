/**
 * localStorage, or where it is denied, full or not wanted a plain object that lives as long as the page: both are
 * read, written and listed by property.
 */
export interface Shelf {
  /** The JSON value under `key`; undefined where there is none, or none that can be read. */
  _read<Value>(key: string): Value | undefined;
  /** Returns the value's JSON, kept or not. */
  _write(key: string, value: unknown): string;
  _remove(key: string): void;
  /** Keys of this shelf, in order. */
  _keys(): string[];
  /** Whether what is written outlives the page. */
  _durable: boolean;
  /** Moves to localStorage, or away from it, deleting all of ours there. */
  _open(durable: boolean): void;
}

export const createShelf = (prefix: string): Shelf => {
  let box: Record<string, string | undefined> = {};
  const shelf: Shelf = {
    _durable: false,
    _read(key) {
      try {
        return JSON.parse(box[prefix + key] || '');
      } catch {
        return undefined;
      }
    },
    _write(key, value) {
      const json = JSON.stringify(value);
      try {
        box[prefix + key] = json;
      } catch {
        // Full. What was there before is out of date.
        delete box[prefix + key];
      }
      return json;
    },
    _remove(key) {
      delete box[prefix + key];
    },
    _keys: () =>
      Object.keys(box)
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length))
        .sort(),
    _open(durable) {
      shelf._durable = false;
      try {
        // Reading the property throws where storage is blocked, writing to it where it is full.
        box = localStorage;
        if (durable) {
          box[prefix] = '';
          shelf._durable = true;
        } else shelf._keys().forEach(shelf._remove);
      } catch {}
      if (!shelf._durable) box = {};
    },
  };
  return shelf;
};
