/** Reads the bytes of one group from the beginning to the end. What is not there is an error, whatever the bytes say. */
import { unreadable } from './unreadable-segment-error.js';

export class GroupReader {
  readonly #deflated: Uint8Array;
  readonly #raw: Uint8Array;
  #deflatedAt = 0;
  #rawAt = 0;

  constructor(deflated: Uint8Array, raw: Uint8Array) {
    this.#deflated = deflated;
    this.#raw = raw;
  }

  /** Bytes that were inflated; the others are those of the parts. */
  get inflated(): number {
    return this.#deflated.length;
  }

  varint(max = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
      const byte = this.#deflated[this.#deflatedAt];
      if (byte === undefined) throw unreadable('a group ends early');
      this.#deflatedAt += 1;
      value += (byte & 127) * factor;
      if (byte < 128) {
        if (value > max) throw unreadable(`${value} is more than ${max}`);
        return value;
      }
    }
    throw unreadable('a number has too many bytes');
  }

  bytes(length: number): Uint8Array {
    const end = this.#deflatedAt + length;
    if (end > this.#deflated.length) throw unreadable('a group ends early');
    const bytes = this.#deflated.subarray(this.#deflatedAt, end);
    this.#deflatedAt = end;
    return bytes;
  }

  /** As many planes as the column is wide, each of so many rows. */
  planes(width: number, rows: number): Uint8Array[] {
    const left = this.varint(2 ** width - 1);
    return Array.from({ length: width }, (_, index) =>
      left & (1 << index) ? this.rawBytes(rows) : this.bytes(rows),
    );
  }

  rawBytes(length: number): Uint8Array {
    const end = this.#rawAt + length;
    if (end > this.#raw.length) throw unreadable('a group ends early');
    const bytes = this.#raw.subarray(this.#rawAt, end);
    this.#rawAt = end;
    return bytes;
  }

  get isAtEnd(): boolean {
    return this.#deflatedAt === this.#deflated.length && this.#rawAt === this.#raw.length;
  }

  /** To be called at the end: a group that has more was not written by this layout. */
  finish(): void {
    if (!this.isAtEnd) throw unreadable('a group goes on behind its end');
  }
}
