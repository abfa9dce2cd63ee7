/**
 * Counts the distinct 64-bit hashes of each of many rows: visitors of a page, sessions with an event. Exact within a budget
 * in bytes. Above it, only hashes that end with a zero bit are remembered, then with two, and so on, and counts are
 * multiplied: the same part of all visitors in every row, so that rows can still be compared. Pure.
 *
 * With a part of 1/2^k, a row of n has a standard error of √(n (2^k − 1)).
 *
 * Pairs of a row and a hash are written one after the other as they come, and told apart all together: looking each one up
 * in a table of all pairs takes ten times as long.
 */
import { HashIndex } from './hash-index.js';

const FIRST_PAIRS = 4_096;
const PAIR_BYTES = 8;

export class RowDistinct {
  /** Numbers of the hashes. */
  readonly #index = new HashIndex();
  #rows = new Uint32Array(FIRST_PAIRS);
  #numbers = new Uint32Array(FIRST_PAIRS);
  #pairs = 0;
  /** Distinct pairs by row, while no pair was added since they were counted. */
  #counts: Uint32Array | undefined;
  #maxRow = -1;
  #zeros = 0;
  /** The bits that are zero of the hashes that are remembered. */
  #mask = 0;
  /** The hash that was added last, and its number: one comes for several rows. */
  #last = { high: -1, low: -1, number: -1 };

  /** @param maxBytes of pairs and hashes */
  constructor(readonly maxBytes: number) {}

  /** One of so many hashes is remembered: 1 while counts are exact. */
  get share(): number {
    return 2 ** this.#zeros;
  }

  count(row: number): number {
    this.#counts ??= this.#tellApart();
    return (this.#counts[row] ?? 0) * this.share;
  }

  /** Of several rows together. */
  countAll(rows: ReadonlySet<number>): number {
    this.#counts ??= this.#tellApart();
    const seen = new Uint8Array(this.#index.size);
    let count = 0;
    for (let pair = 0; pair < this.#pairs; pair += 1) {
      const number = this.#numbers[pair] ?? 0;
      if (seen[number] === 1 || !rows.has(this.#rows[pair] ?? 0)) continue;
      seen[number] = 1;
      count += 1;
    }
    return count * this.share;
  }

  add(row: number, high: number, low: number): void {
    if (!this.#isRemembered(high)) return;
    const last = this.#last;
    if (last.high !== high || last.low !== low) {
      last.number = this.#index.add(high, low);
      last.high = high;
      last.low = low;
    }
    if (row > this.#maxRow) this.#maxRow = row;
    this.#rows[this.#pairs] = row;
    this.#numbers[this.#pairs] = last.number;
    this.#pairs += 1;
    this.#counts = undefined;
    if (this.#pairs === this.#rows.length || 2 * this.#index.bytes > this.maxBytes) this.#makeRoom();
  }

  /** Those that are remembered: one of `share`. */
  *pairs(): Generator<{ row: number; number: number; high: number; low: number }> {
    this.#counts ??= this.#tellApart();
    const hashes = this.#index.list();
    for (let pair = 0; pair < this.#pairs; pair += 1) {
      const number = this.#numbers[pair] ?? 0;
      const [high = 0, low = 0] = [hashes[2 * number], hashes[2 * number + 1]];
      yield { row: this.#rows[pair] ?? 0, number, high, low };
    }
  }

  #isRemembered(high: number): boolean {
    return (high & this.#mask) === 0;
  }

  #makeRoom(): void {
    this.#tellApart();
    while (2 * this.#index.bytes > this.maxBytes || this.#isFull()) {
      if (2 * this.#index.bytes <= this.maxBytes && this.#mayGrow()) {
        this.#grow();
        return;
      }
      this.#rememberLess();
    }
  }

  /** Telling pairs apart is worth its time where as many can be added again. */
  #isFull(): boolean {
    return 2 * this.#pairs > this.#rows.length;
  }

  #mayGrow(): boolean {
    return 2 * (2 * this.#rows.length * PAIR_BYTES) <= this.maxBytes;
  }

  #grow(): void {
    const [rows, numbers] = [this.#rows, this.#numbers];
    this.#rows = new Uint32Array(2 * rows.length);
    this.#rows.set(rows);
    this.#numbers = new Uint32Array(2 * numbers.length);
    this.#numbers.set(numbers);
  }

  #rememberLess(): void {
    this.#zeros += 1;
    this.#mask = 2 ** this.#zeros - 1;
    const changed = this.#index.keep((high) => this.#isRemembered(high));
    let pairs = 0;
    for (let pair = 0; pair < this.#pairs; pair += 1) {
      const number = changed[this.#numbers[pair] ?? 0] ?? 0;
      if (number === 0) continue;
      this.#rows[pairs] = this.#rows[pair] ?? 0;
      this.#numbers[pairs] = number - 1;
      pairs += 1;
    }
    this.#pairs = pairs;
    this.#last = { high: -1, low: -1, number: -1 };
  }

  /** Leaves each pair once, by row. Returns how many each row has. */
  #tellApart(): Uint32Array {
    const starts = new Uint32Array(this.#maxRow + 2);
    for (let pair = 0; pair < this.#pairs; pair += 1) {
      const row = this.#rows[pair] ?? 0;
      starts[row + 1] = (starts[row + 1] ?? 0) + 1;
    }
    for (let row = 0; row <= this.#maxRow; row += 1)
      starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
    const sorted = new Uint32Array(this.#pairs);
    const next = starts.slice();
    for (let pair = 0; pair < this.#pairs; pair += 1) {
      const row = this.#rows[pair] ?? 0;
      const place = next[row] ?? 0;
      sorted[place] = this.#numbers[pair] ?? 0;
      next[row] = place + 1;
    }
    const counts = new Uint32Array(this.#maxRow + 1);
    /** By number: the row + 1 that it was seen in last. */
    const seen = new Uint32Array(this.#index.size);
    let pairs = 0;
    for (let row = 0; row <= this.#maxRow; row += 1) {
      const first = pairs;
      for (let place = starts[row] ?? 0; place < (starts[row + 1] ?? 0); place += 1) {
        const number = sorted[place] ?? 0;
        if (seen[number] === row + 1) continue;
        seen[number] = row + 1;
        this.#rows[pairs] = row;
        this.#numbers[pairs] = number;
        pairs += 1;
      }
      counts[row] = pairs - first;
    }
    this.#pairs = pairs;
    return counts;
  }
}
