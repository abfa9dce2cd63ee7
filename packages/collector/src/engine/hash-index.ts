/**
 * Numbers 64-bit hashes from 0 on, in the order in which they are first seen: 12 bytes a slot, by open addressing. A chunk
 * has its visitors in the order of their hashes, so slots are by the highest bits: neighbours are looked up in neighbours.
 */

const FIRST_SLOTS_LOG = 10;
const SLOT_WORDS = 3;
const MAX_LOAD = 0.7;
/** Below it a table grows fourfold: it is soon full again. */
const SMALL_SLOTS_LOG = 17;

export class HashIndex {
  /** Three words a slot: the two halves, and the number + 1; 0 where it is free. */
  #slots = new Uint32Array(SLOT_WORDS << FIRST_SLOTS_LOG);
  #slotsLog = FIRST_SLOTS_LOG;
  /** Hashes above which the table grows. */
  #maxSize = MAX_LOAD * 2 ** FIRST_SLOTS_LOG;
  size = 0;

  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** The number of a hash, a new one where it was not seen before. */
  add(high: number, low: number): number {
    if (this.size >= this.#maxSize) this.#resize(this.#slotsLog + (this.#slotsLog < SMALL_SLOTS_LOG ? 2 : 1));
    const slot = this.#findSlot(high, low);
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
    return (this.#slots[this.#findSlot(high, low) + 2] ?? 0) - 1;
  }

  /** The two halves of each hash, by number. */
  list(): Uint32Array {
    const hashes = new Uint32Array(2 * this.size);
    for (let slot = 0; slot < this.#slots.length; slot += SLOT_WORDS) {
      const number = this.#slots[slot + 2] ?? 0;
      if (number > 0) hashes.set(this.#slots.subarray(slot, slot + 2), 2 * (number - 1));
    }
    return hashes;
  }

  /** Forgets hashes and numbers the others again. Returns by number before: the number now + 1; 0 for one that is forgotten. */
  keep(isKept: (high: number, low: number) => boolean): Uint32Array {
    const numbers = new Uint32Array(this.size);
    const before = this.#slots;
    this.#setSlots(FIRST_SLOTS_LOG);
    this.size = 0;
    for (let slot = 0; slot < before.length; slot += SLOT_WORDS) {
      const [high = 0, low = 0, number = 0] = [before[slot], before[slot + 1], before[slot + 2]];
      if (number > 0 && isKept(high, low)) numbers[number - 1] = this.add(high, low) + 1;
    }
    return numbers;
  }

  #setSlots(slotsLog: number): void {
    this.#slots = new Uint32Array(SLOT_WORDS * 2 ** slotsLog);
    this.#slotsLog = slotsLog;
    this.#maxSize = MAX_LOAD * 2 ** slotsLog;
  }

  #resize(slotsLog: number): void {
    const before = this.#slots;
    this.#setSlots(slotsLog);
    for (let slot = 0; slot < before.length; slot += SLOT_WORDS) {
      const [high = 0, low = 0, number = 0] = [before[slot], before[slot + 1], before[slot + 2]];
      if (number === 0) continue;
      const free = this.#findSlot(high, low);
      this.#slots[free] = high;
      this.#slots[free + 1] = low;
      this.#slots[free + 2] = number;
    }
  }

  /** Where the hash is, or would be. Hashes are keyed: their bits are as good as random. */
  #findSlot(high: number, low: number): number {
    const slots = this.#slots;
    const words = slots.length;
    let slot = SLOT_WORDS * (high >>> (32 - this.#slotsLog));
    while (slots[slot + 2] !== 0 && (slots[slot] !== high || slots[slot + 1] !== low)) {
      slot += SLOT_WORDS;
      if (slot === words) slot = 0;
    }
    return slot;
  }
}
