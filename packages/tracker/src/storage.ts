/** localStorage while it is wanted and can be had, else an object that lives as long as the page: both work by property. */
export type Box = Record<string, string | undefined>;

export type Shelf = [
  /** The JSON value under `key`; undefined where there is none, or none that can be read. */
  read: <Value>(key: string) => Value | undefined,
  /** Returns the value's JSON, kept or not. */
  write: (key: string, value: unknown) => string,
  remove: (key: string) => void,
  /** Keys that begin with `prefix`, in order. */
  list: (prefix: string) => string[],
  /** Moves to localStorage or away from it. Truthy where what is written now outlives the page. */
  open: (wanted: boolean) => unknown,
];

/** @param storage to use in place of localStorage */
export const createShelf = (storage: () => Box | undefined): Shelf => {
  let box: Box = {};
  return [
    (key) => {
      try {
        // Nothing is no JSON, and an exception on every first page would be dear.
        return box[key] && JSON.parse(box[key]);
      } catch {}
    },
    (key, value) => {
      const json = JSON.stringify(value);
      try {
        box[key] = json;
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
    (wanted) => {
      box = {};
      try {
        // Reading the property throws where storage is blocked, and gives null where it is switched off: of that, this does.
        // biome-ignore lint/suspicious/noAssignInExpressions: compresses to two bytes less.
        return wanted && (box = (storage() || localStorage).valueOf() as Box);
      } catch {}
    },
  ];
};
