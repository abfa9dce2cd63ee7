/** Counts, sums and percentiles of numbers by row. Percentiles are exact up to a number of values, then of a sample. Pure. */
import { MAX_EXACT_NUMBERS } from '../budgets.js';

const PERCENTILES = [50, 75, 90, 95, 99] as const;

export interface NumberStats {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** In the order of `PERCENTILES`, interpolated between the two nearest values; none where the sample has no value of the row. */
  percentiles: number[];
}

export class NumbersByRow {
  #values = new Float64Array(1_024);
  #rows = new Uint32Array(1_024);
  #held = 0;
  #seen = 0;
  readonly #sums: Omit<NumberStats, 'percentiles'>[] = [];

  constructor(readonly maxValues = MAX_EXACT_NUMBERS) {}

  /** Values of which percentiles are made, where these are a sample. */
  get sampled(): number | undefined {
    return this.#seen > this.#held ? this.#held : undefined;
  }

  add(row: number, value: number): void {
    let sums = this.#sums[row];
    if (!sums) {
      sums = { count: 0, sum: 0, min: value, max: value };
      this.#sums[row] = sums;
    }
    sums.count += 1;
    sums.sum += value;
    if (value < sums.min) sums.min = value;
    if (value > sums.max) sums.max = value;
    this.#hold(row, value);
  }

  /** Of each row that has numbers. */
  finish(): Map<number, NumberStats> {
    const { values, starts } = this.#sortByRow();
    const stats = new Map<number, NumberStats>();
    for (const [row, sums] of this.#sums.entries()) {
      const sorted = values.subarray(starts[row], starts[row + 1]).sort();
      const percentiles =
        sorted.length === 0 ? [] : PERCENTILES.map((share) => quantile(sorted, share / 100));
      if (sums) stats.set(row, { ...sums, percentiles });
    }
    return stats;
  }

  /** Values of one row after those of another. */
  #sortByRow(): { values: Float64Array; starts: Uint32Array } {
    const starts = new Uint32Array(this.#sums.length + 1);
    for (let index = 0; index < this.#held; index += 1) {
      const row = this.#rows[index] ?? 0;
      starts[row + 1] = (starts[row + 1] ?? 0) + 1;
    }
    for (let row = 0; row < this.#sums.length; row += 1)
      starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0);
    const next = starts.slice();
    const values = new Float64Array(this.#held);
    for (let index = 0; index < this.#held; index += 1) {
      const row = this.#rows[index] ?? 0;
      values[next[row] ?? 0] = this.#values[index] ?? 0;
      next[row] = (next[row] ?? 0) + 1;
    }
    return { values, starts };
  }

  /** Algorithm R of Vitter (1985): each value is as likely to be in the sample as any other. */
  #hold(row: number, value: number): void {
    this.#seen += 1;
    if (this.#held < this.maxValues) {
      if (this.#held === this.#values.length) this.#grow();
      this.#set(this.#held, row, value);
      this.#held += 1;
      return;
    }
    const place = Math.floor(this.#random() * this.#seen);
    if (place < this.#held) this.#set(place, row, value);
  }

  #set(index: number, row: number, value: number): void {
    this.#values[index] = value;
    this.#rows[index] = row;
  }

  #grow(): void {
    const [values, rows] = [this.#values, this.#rows];
    this.#values = new Float64Array(2 * values.length);
    this.#values.set(values);
    this.#rows = new Uint32Array(2 * rows.length);
    this.#rows.set(rows);
  }

  #state = 1;

  /** Mulberry32, so that the same question has the same answer. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }
}

function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  const [below = Number.NaN, above = below] = [sorted[low], sorted[low + 1]];
  return below + (place - low) * (above - below);
}
