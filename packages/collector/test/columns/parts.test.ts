/** However many bytes a group has, its parts can be stored and put together again. */
import { randomFillSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cutParts, joinParts } from '../../src/columns/codec/cut-parts.js';
import { HEADER_BYTES } from '../../src/columns/codec/part.js';

const LIMITS = { bytes: 3_000, rawBytes: 20_000 };

/** Some of it deflates well, some does not. */
const mixed = (length: number, every: number): Uint8Array =>
  randomFillSync(new Uint8Array(length)).map((byte, index) =>
    index % every === 0 ? byte : Math.floor(index / 1_000),
  );

describe('parts', () => {
  it.each([
    ['nothing', 0, 0],
    ['one byte', 1, 0],
    ['a little that does not deflate', 0, 100],
    ['much that does not deflate', 0, 50_000],
    ['much of both', 50_000, 50_000],
    ['as much as fits one part', 0, 3_000 - HEADER_BYTES],
    ['a byte more than fits', 0, 3_001 - HEADER_BYTES],
  ])('hold %s', async (_, deflated, raw) => {
    for (const every of [1, 2, 7, 1_000]) {
      const bytes = { deflated: mixed(deflated, every), raw: mixed(raw, 1) };
      const pieces = await cutParts(bytes, LIMITS);
      for (const piece of pieces) {
        expect(HEADER_BYTES + piece.deflated.length + piece.raw.length).toBeLessThanOrEqual(LIMITS.bytes);
        expect(piece.inflated + piece.raw.length).toBeLessThanOrEqual(LIMITS.rawBytes);
      }
      const joined = joinParts(pieces);
      expect(Buffer.from(joined.deflated).equals(bytes.deflated)).toBe(true);
      expect(Buffer.from(joined.raw).equals(bytes.raw)).toBe(true);
    }
  });

  it('are few: what deflates well is not cut because of its length alone', async () => {
    const pieces = await cutParts({ deflated: mixed(19_000, 1_000), raw: new Uint8Array(0) }, LIMITS);
    expect(pieces).toHaveLength(1);
  });
});
