import { evictOldest } from './evict-oldest.js';

/** Remembers what a costly function said of a text, for so many texts. */
export function memoize<Value>(capacity: number, compute: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    // What was found to be nothing is remembered, too.
    if (found !== undefined || known.has(text)) return found as Value;
    const value = compute(text);
    evictOldest(known, capacity);
    known.set(text, value);
    return value;
  };
}
