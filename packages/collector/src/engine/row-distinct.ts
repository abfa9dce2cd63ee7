/**
 * Counts the distinct 64-bit hashes of each of many rows: visitors of a page, sessions with an event. Exact within a budget
 * in bytes. Above it, only hashes that end with a zero bit are remembered, then with two, and so on, and counts are
 * multiplied: the same part of all visitors in every row, so that rows can still be compared. Pure.
 *
 * With a part of 1/2^k, a row of n has a standard error of √(n (2^k − 1)).
 */

const FIRST_SLOTS = 1_024;
const MAX_LOAD = 0.7;
const SLOT_WORDS = 3;

export class RowDistinct {
  /** The hash's two halves, and the row + 1; 0 where it is free. */
  #slots = new Uint32Array(SLOT_WORDS * FIRST_SLOTS);
  #counts = new Uint32Array(64);
  #size = 0;
  #zeros = 0;

  /** @param maxBytes of the table */
  constructor(readonly maxBytes: number) {}

  /** One of so many hashes is remembered: 1 while counts are exact. */
  get share(): number {
    return 2 ** this.#zeros;
  }

  count(row: number): number {
    return (this.#counts[row] ?? 0) * this.share;
  }

  add(row: number, high: number, low: number): void {
    if (!this.#isRemembered(high)) return;
    const slot = findSlot(this.#slots, row + 1, high, low);
    if (this.#slots[slot + 2] !== 0) return;
    this.#slots[slot] = high;
    this.#slots[slot + 1] = low;
    this.#slots[slot + 2] = row + 1;
    this.#size += 1;
    this.#countOne(row);
    if (this.#size > (MAX_LOAD * this.#slots.length) / SLOT_WORDS) this.#makeRoom();
  }

  #isRemembered(high: number): boolean {
    return (high & (this.share - 1)) === 0;
  }

  #countOne(row: number): void {
    if (row >= this.#counts.length) {
      const before = this.#counts;
      this.#counts = new Uint32Array(2 * row + 2);
      this.#counts.set(before);
    }
    this.#counts[row] = (this.#counts[row] ?? 0) + 1;
  }

  #makeRoom(): void {
    const before = this.#slots;
    const mayGrow = 2 * before.byteLength <= this.maxBytes;
    if (!mayGrow) {
      this.#zeros += 1;
      this.#counts.fill(0);
      this.#size = 0;
    }
    this.#slots = new Uint32Array(mayGrow ? 2 * before.length : before.length);
    for (let from = 0; from < before.length; from += SLOT_WORDS) {
      const [high = 0, low = 0, row = 0] = [before[from], before[from + 1], before[from + 2]];
      if (row === 0 || !this.#isRemembered(high)) continue;
      const slot = findSlot(this.#slots, row, high, low);
      this.#slots[slot] = high;
      this.#slots[slot + 1] = low;
      this.#slots[slot + 2] = row;
      if (mayGrow) continue;
      this.#countOne(row - 1);
      this.#size += 1;
    }
  }
}

/** Where the pair is, or would be. Hashes are keyed; rows are spread by an odd number (Knuth's). */
function findSlot(slots: Uint32Array, row: number, high: number, low: number): number {
  const mask = slots.length / SLOT_WORDS - 1;
  let slot = (low ^ Math.imul(row, 0x9e3779b1)) & mask;
  for (;;) {
    const at = SLOT_WORDS * slot;
    const isHere = slots[at + 2] === row && slots[at] === high && slots[at + 1] === low;
    if (isHere || slots[at + 2] === 0) return at;
    slot = (slot + 1) & mask;
  }
}
