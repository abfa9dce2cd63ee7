/**
 * Counts distinct 64-bit hashes: exactly up to 500, beyond that by HyperLogLog with 4,096 registers, whose standard
 * error is 1.04 / √4096 = 1.6 % (Flajolet et al. 2007). The estimate is Ertl's (arXiv:1702.01284, algorithm 6), which
 * needs no correction for any range. Merging is that of sets: in any order, any number of times.
 */

/** Hashes that are kept one by one. */
export const MAX_EXACT = 500;
const INDEX_BITS = 12;
const REGISTERS = 2 ** INDEX_BITS;
const RANK_BITS = 64 - INDEX_BITS;
/** First byte of the serialised form. */
const EXACT = 0;
const REGISTERED = 1;

export class DistinctCounter {
  #hashes: Set<bigint> | undefined = new Set();
  #registers: Uint8Array = new Uint8Array(0);
  /** What each hash counts for: more than 1 in a sample, which is never stored. */
  weight = 1;

  /** Counts a hash, once however often it is added. */
  add(hash: bigint): void {
    if (this.#hashes) {
      this.#hashes.add(hash);
      if (this.#hashes.size > MAX_EXACT) this.#spill();
    } else this.#register(hash);
  }

  /** The same by the two halves of a hash, which columns hold. */
  addHalves(high: number, low: number): void {
    if (this.#hashes) {
      this.add((BigInt(high) << 32n) | BigInt(low));
      return;
    }
    const index = high >>> (32 - INDEX_BITS);
    const top = (high << INDEX_BITS) >>> 0;
    const rank = top !== 0 ? Math.clz32(top) + 1 : 32 - INDEX_BITS + Math.clz32(low) + 1;
    if (rank > (this.#registers[index] ?? 0)) this.#registers[index] = rank;
  }

  /** Counts what `other` has counted. */
  merge(other: DistinctCounter): void {
    this.weight = Math.max(this.weight, other.weight);
    if (other.#hashes) {
      for (const hash of other.#hashes) this.add(hash);
      return;
    }
    this.#spill();
    for (let index = 0; index < REGISTERS; index += 1) {
      const rank = other.#registers[index] ?? 0;
      if (rank > (this.#registers[index] ?? 0)) this.#registers[index] = rank;
    }
  }

  /** How many there are: a whole number, exact up to 500. */
  count(): number {
    return Math.round(
      this.weight * (this.#hashes ? this.#hashes.size : Math.round(estimate(this.#registers))),
    );
  }

  get isExact(): boolean {
    return this.#hashes !== undefined;
  }

  /** A first byte that tells the form, then sorted hashes of 8 bytes, or registers of 6 bits. */
  toBytes(): Uint8Array {
    if (!this.#hashes) return packRegisters(this.#registers);
    const bytes = Buffer.alloc(1 + this.#hashes.size * 8, EXACT);
    const sorted = [...this.#hashes].sort((a, b) => (a < b ? -1 : 1));
    sorted.forEach((hash, index) => {
      bytes.writeBigUInt64BE(hash, 1 + index * 8);
    });
    return bytes;
  }

  static fromBytes(bytes: Uint8Array): DistinctCounter {
    const distinct = new DistinctCounter();
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (buffer[0] === REGISTERED) {
      distinct.#hashes = undefined;
      distinct.#registers = unpackRegisters(buffer);
    } else {
      const hashes = new Set<bigint>();
      for (let at = 1; at < buffer.length; at += 8) hashes.add(buffer.readBigUInt64BE(at));
      distinct.#hashes = hashes;
    }
    return distinct;
  }

  /** Goes over from single hashes to registers. */
  #spill(): void {
    if (!this.#hashes) return;
    const hashes = this.#hashes;
    this.#hashes = undefined;
    this.#registers = new Uint8Array(REGISTERS);
    for (const hash of hashes) this.#register(hash);
  }

  #register(hash: bigint): void {
    const index = Number(hash >> BigInt(RANK_BITS));
    const rank = getRank(hash & ((1n << BigInt(RANK_BITS)) - 1n));
    if (rank > (this.#registers[index] ?? 0)) this.#registers[index] = rank;
  }
}

/** Position of the first 1 among the hash's last 52 bits, counted from 1; 53 where there is none. */
function getRank(bits: bigint): number {
  const high = Number(bits >> 20n);
  if (high !== 0) return Math.clz32(high) + 1;
  return 32 + Math.clz32(Number(bits & 0xfffffn)) - 12 + 1;
}

function estimate(registers: Uint8Array): number {
  const counts = new Array<number>(RANK_BITS + 2).fill(0);
  for (const rank of registers) counts[rank] = (counts[rank] ?? 0) + 1;
  const at = (rank: number): number => counts[rank] ?? 0;
  let z = REGISTERS * tau(1 - at(RANK_BITS + 1) / REGISTERS);
  for (let rank = RANK_BITS; rank >= 1; rank -= 1) z = 0.5 * (z + at(rank));
  z += REGISTERS * sigma(at(0) / REGISTERS);
  return REGISTERS ** 2 / (2 * Math.LN2 * z);
}

function sigma(x: number): number {
  if (x === 1) return Number.POSITIVE_INFINITY;
  let [power, y, z] = [x, 1, x];
  for (let before = -1; before !== z; ) {
    power *= power;
    before = z;
    z += power * y;
    y += y;
  }
  return z;
}

function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let [root, y, z] = [x, 1, 1 - x];
  for (let before = -1; before !== z; ) {
    root = Math.sqrt(root);
    before = z;
    y *= 0.5;
    z -= (1 - root) ** 2 * y;
  }
  return z / 3;
}

/** Four registers in three bytes. */
function packRegisters(registers: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + (REGISTERS * 6) / 8);
  bytes[0] = REGISTERED;
  const at = (index: number): number => registers[index] ?? 0;
  for (let from = 0, to = 1; from < REGISTERS; from += 4, to += 3) {
    bytes[to] = (at(from) << 2) | (at(from + 1) >> 4);
    bytes[to + 1] = (at(from + 1) << 4) | (at(from + 2) >> 2);
    bytes[to + 2] = (at(from + 2) << 6) | at(from + 3);
  }
  return bytes;
}

function unpackRegisters(bytes: Uint8Array): Uint8Array {
  const registers = new Uint8Array(REGISTERS);
  const at = (index: number): number => bytes[index] ?? 0;
  for (let from = 1, to = 0; to < REGISTERS; from += 3, to += 4) {
    registers[to] = at(from) >> 2;
    registers[to + 1] = ((at(from) & 3) << 4) | (at(from + 1) >> 4);
    registers[to + 2] = ((at(from + 1) & 15) << 2) | (at(from + 2) >> 6);
    registers[to + 3] = at(from + 2) & 63;
  }
  return registers;
}
