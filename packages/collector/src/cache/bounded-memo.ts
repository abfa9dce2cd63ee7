import { evictOldest } from './evict-oldest.js';

/** Of a text that is remembered, where nothing else is said. */
const MAX_CHARS = 512;

/** Remembers what a costly function said of a text, for so many texts of at most so many characters. */
export function memoize<Value>(
  capacity: number,
  compute: (text: string) => Value,
  maxChars = MAX_CHARS,
): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    // What was found to be nothing is remembered, too.
    if (found !== undefined || known.has(text)) return found as Value;
    const value = compute(text);
    if (text.length > maxChars) return value;
    evictOldest(known, capacity);
    known.set(text, value);
    return value;
  };
}
