/** The bytes of one group while they are written: what deflates, and what does not and is left as it is. */
import { constants, deflateRawSync } from 'node:zlib';

const FIRST_BYTES = 1_024;
/** As much of a plane is looked at to see whether it deflates. */
const SAMPLE_BYTES = 8_192;
const MIN_SAMPLE_BYTES = 64;
/** A plane that keeps more than this of its size would be read slower for nothing. */
const MAX_RATIO = 0.9;
const MAX_PLANES = 8;

export class GroupWriter {
  readonly #deflated = new GrowingBytes();
  readonly #raw = new GrowingBytes();

  get deflated(): Uint8Array {
    return this.#deflated.bytes;
  }

  get raw(): Uint8Array {
    return this.#raw.bytes;
  }

  /** A whole number from 0 to 2^53 − 1: seven bits a byte, lowest first. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#deflated.push((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.#deflated.push(rest);
  }

  bytes(bytes: Uint8Array): void {
    this.#deflated.append(bytes);
  }

  /**
   * Byte planes of one column: all lowest bytes, then all second bytes and so on.
   *
   * @param deflates planes that deflate though their bytes are evenly spread, as sorted ones do
   */
  planes(planes: readonly Uint8Array[], deflates = 0): void {
    if (planes.length > MAX_PLANES) throw new RangeError(`a column has at most ${MAX_PLANES} planes`);
    const left = planes.map((plane, index) => index >= deflates && !isDeflatable(plane));
    this.varint(left.reduce((bits, isRaw, index) => (isRaw ? bits | (1 << index) : bits), 0));
    for (const [index, plane] of planes.entries()) (left[index] ? this.#raw : this.#deflated).append(plane);
  }
}

/** By its letters alone, which takes a tenth of the time. */
function isDeflatable(plane: Uint8Array): boolean {
  if (plane.length < MIN_SAMPLE_BYTES) return true;
  const sample = plane.subarray(0, SAMPLE_BYTES);
  return deflateRawSync(sample, { strategy: constants.Z_HUFFMAN_ONLY }).length < MAX_RATIO * sample.length;
}

class GrowingBytes {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  push(byte: number): void {
    this.#fit(1);
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  append(bytes: Uint8Array): void {
    this.#fit(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #fit(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#length + bytes, Math.ceil(this.#bytes.length * 1.5)));
    grown.set(this.bytes);
    this.#bytes = grown;
  }
}
