/** What the dictionaries of one chunk take together, and what went over a budget while it was built. */
import { MAX_CHUNK_TEXT_BYTES } from '../budgets.js';
import { OTHER, type OverReason } from '../events/over-budget.js';

/**
 * As for rollups; `(other)` counts values that were taken out of a dictionary, and `dropped.property` properties of events
 * that were left out.
 */
export type ColumnsOverReason = OverReason | 'dropped.property';

interface Bounded {
  readonly bytes: number;
  /** Counts the lighter half of the values as `(other)`. Returns how many there were. */
  halve(): number;
}

export class TextBudget {
  readonly over = new Map<string, number>();
  /** How often codes have changed: a code that was looked up before stands for another value since. */
  recoded = 0;
  bytes = 0;
  readonly #dictionaries = new Set<Bounded>();
  readonly #maxBytes: number;

  constructor(maxBytes = MAX_CHUNK_TEXT_BYTES) {
    this.#maxBytes = maxBytes;
  }

  add(dictionary: Bounded): void {
    this.#dictionaries.add(dictionary);
  }

  remove(dictionary: Bounded): void {
    this.#dictionaries.delete(dictionary);
    this.bytes -= dictionary.bytes;
  }

  count(reason: ColumnsOverReason, times = 1): void {
    this.over.set(reason, (this.over.get(reason) ?? 0) + times);
  }

  halve(dictionary: Bounded): void {
    this.count(OTHER, dictionary.halve());
    this.recoded += 1;
  }

  /** To be called after each new value. */
  fit(): void {
    while (this.bytes > this.#maxBytes) {
      let largest: Bounded | undefined;
      for (const one of this.#dictionaries) if (!largest || one.bytes > largest.bytes) largest = one;
      const before = this.bytes;
      if (largest) this.halve(largest);
      // One value a dictionary is left.
      if (this.bytes === before) return;
    }
  }
}
