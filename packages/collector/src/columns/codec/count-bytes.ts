/** What columns take in memory. Pure. */

/** Of a text besides its characters, and of a place in a list or a map. */
const ENTRY_BYTES = 24;

/** In bytes: exactly of rows, and nearly of dictionaries; what is not decoded yet takes none. */
export function countBytes(columns: unknown): number {
  if (typeof columns === 'string') return ENTRY_BYTES + 2 * columns.length;
  if (ArrayBuffer.isView(columns)) return columns.byteLength;
  if (typeof columns !== 'object' || columns === null) return 0;
  if (columns instanceof Map) return countAll(columns.values());
  // Dictionaries, which have thousands of values and none that is yet to be decoded.
  if (Array.isArray(columns)) return countAll(columns);
  // A field that is yet to be decoded must not be by being weighed.
  return countAll(Object.values(Object.getOwnPropertyDescriptors(columns)).map(({ value }) => value));
}

function countAll(values: Iterable<unknown>): number {
  let bytes = 0;
  for (const value of values) bytes += ENTRY_BYTES + countBytes(value);
  return bytes;
}
