/**
 * A set of ids that takes 8 to 16 bytes for each, where a `Set` of texts takes over a hundred: a day may have millions
 * of batches. It holds 64 bits of each id, with a seed that no sender knows: two of five million ids are taken for the
 * same with a probability below one in a million.
 */
import { randomInt } from 'node:crypto';

const FIRST_SLOTS = 1_024;
const MAX_LOAD = 0.75;

export class IdSet {
  readonly #seed = randomInt(2 ** 32);
  /** Two words a slot, the first 0 where it is free. */
  #slots: Uint32Array;
  size = 0;

  /** @param slots that there are at first: a power of two */
  constructor(slots = FIRST_SLOTS) {
    this.#slots = new Uint32Array(2 * slots);
  }

  has(id: string): boolean {
    const [high, low] = this.#hash(id);
    const index = findSlot(this.#slots, high, low);
    return this.#slots[index] === high && this.#slots[index + 1] === low;
  }

  /** Whether it was not there yet. */
  add(id: string): boolean {
    if (this.size >= MAX_LOAD * (this.#slots.length / 2)) this.#grow();
    const [high, low] = this.#hash(id);
    const index = findSlot(this.#slots, high, low);
    if (this.#slots[index] === high && this.#slots[index + 1] === low) return false;
    this.#slots[index] = high;
    this.#slots[index + 1] = low;
    this.size += 1;
    return true;
  }

  /** Two mixed halves as in MurmurHash3, over the id's characters; the first is never 0. */
  #hash(id: string): [number, number] {
    let [high, low] = [this.#seed, ~this.#seed];
    for (let index = 0; index < id.length; index += 1) {
      const code = id.charCodeAt(index);
      high = Math.imul(high ^ code, 0xcc9e2d51);
      high ^= high >>> 15;
      low = Math.imul(low ^ code, 0x1b873593);
      low ^= low >>> 13;
    }
    return [mix(high ^ id.length) || 1, mix(low)];
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(2 * before.length);
    for (let index = 0; index < before.length; index += 2) {
      const [high = 0, low = 0] = [before[index], before[index + 1]];
      if (high === 0) continue;
      const free = findSlot(this.#slots, high, low);
      this.#slots[free] = high;
      this.#slots[free + 1] = low;
    }
  }
}

/** Where the two words are, or would be. */
function findSlot(slots: Uint32Array, high: number, low: number): number {
  const mask = slots.length - 1;
  let index = (low * 2) & mask;
  while (slots[index] !== 0 && (slots[index] !== high || slots[index + 1] !== low))
    index = (index + 2) & mask;
  return index;
}

/** MurmurHash3's last step, as an unsigned number. */
function mix(bits: number): number {
  let hash = bits;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
