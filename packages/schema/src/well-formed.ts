/** Half a surrogate pair arrives as an escape (or raw, in text that was no UTF-8): other text needs no second look. */
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;
/** No valid batch nests deeper; deeper values are not stored. */
const MAX_DEPTH = 8;

/** `value`, parsed from `text`, with each half surrogate pair replaced by U+FFFD: stores reject or change them. */
export function toWellFormed(text: string, value: unknown): unknown {
  return SURROGATE_ESCAPE.test(text) || !text.isWellFormed() ? sanitize(value, 0) : value;
}

function sanitize(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => sanitize(item, depth + 1));
  // fromEntries defines own properties: a key named __proto__ stays data.
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key.toWellFormed(), sanitize(child, depth + 1)]),
  );
}
