/** Rows by value, up to a number of them: further values count as `(other)`. Pure. */
import { OTHER } from '../events/over-budget.js';

export class BoundedRows<Row> implements Iterable<[value: string, row: Row]> {
  readonly #rows = new Map<string, Row>();
  #over = 0;

  /** @param create a row by its number */
  constructor(
    readonly max: number,
    readonly create: (number: number) => Row,
  ) {}

  /** How many times a value was counted as `(other)`. */
  get over(): number {
    return this.#over;
  }

  /** The row of a value: the values that come first have rows of their own. */
  find(value: string): Row {
    const found = this.#rows.get(value);
    if (found !== undefined) return found;
    if (this.#rows.size >= this.max && value !== OTHER) {
      this.#over += 1;
      return this.find(OTHER);
    }
    const row = this.create(this.#rows.size);
    this.#rows.set(value, row);
    return row;
  }

  [Symbol.iterator](): IterableIterator<[string, Row]> {
    return this.#rows.entries();
  }
}
