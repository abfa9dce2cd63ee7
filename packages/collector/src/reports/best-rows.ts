/** The first rows of an order, of as many as there are: no more than these are held, or compared with each other. Pure. */
export class BestRows<Row> {
  readonly #rows: Row[] = [];
  /** How many rows were added. */
  added = 0;

  /** @param compare below 0 where the first comes before the second */
  constructor(
    readonly max: number,
    readonly compare: (a: Row, b: Row) => number,
  ) {}

  get rows(): readonly Row[] {
    return this.#rows;
  }

  add(row: Row): void {
    this.added += 1;
    const last = this.#rows.at(-1);
    if (this.#rows.length >= this.max && last !== undefined && this.compare(row, last) >= 0) return;
    this.#rows.splice(this.#findPlace(row), 0, row);
    if (this.#rows.length > this.max) this.#rows.pop();
  }

  /** By bisection: after all that do not come behind it. */
  #findPlace(row: Row): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#rows[middle];
      if (other !== undefined && this.compare(other, row) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
