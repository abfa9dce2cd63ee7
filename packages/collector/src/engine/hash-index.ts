/** Numbers 64-bit hashes from 0 on, in the order in which they are first seen: 12 bytes a slot, by open addressing. */

const FIRST_SLOTS = 1_024;
const MAX_LOAD = 0.7;

export class HashIndex {
  /** Three words a slot: the two halves, and the number + 1; 0 where it is free. */
  #slots = new Uint32Array(3 * FIRST_SLOTS);
  size = 0;

  /** The number of a hash, a new one where it was not seen before. */
  add(high: number, low: number): number {
    if (this.size >= (MAX_LOAD * this.#slots.length) / 3) this.#grow();
    const slot = findSlot(this.#slots, high, low);
    const number = this.#slots[slot + 2] ?? 0;
    if (number > 0) return number - 1;
    this.size += 1;
    this.#slots[slot] = high;
    this.#slots[slot + 1] = low;
    this.#slots[slot + 2] = this.size;
    return this.size - 1;
  }

  /** The number of a hash; -1 where it was not seen. */
  find(high: number, low: number): number {
    return (this.#slots[findSlot(this.#slots, high, low) + 2] ?? 0) - 1;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(2 * before.length);
    for (let slot = 0; slot < before.length; slot += 3) {
      if (before[slot + 2] === 0) continue;
      const [high = 0, low = 0, number = 0] = [before[slot], before[slot + 1], before[slot + 2]];
      const free = findSlot(this.#slots, high, low);
      this.#slots[free] = high;
      this.#slots[free + 1] = low;
      this.#slots[free + 2] = number;
    }
  }
}

/** Where the hash is, or would be. Hashes are keyed: their low bits are as good as random. */
function findSlot(slots: Uint32Array, high: number, low: number): number {
  const mask = slots.length / 3 - 1;
  let slot = low & mask;
  while (slots[3 * slot + 2] !== 0 && (slots[3 * slot] !== high || slots[3 * slot + 1] !== low))
    slot = (slot + 1) & mask;
  return 3 * slot;
}
