/** What is stored of a chunk is the chunk, bit by bit; what is not it is an error that says so. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chunk, GROUPS, type Group, GroupNotReadError, withNeeds } from '../../src/columns/chunk.js';
import { createChunkBuilder } from '../../src/columns/chunk-builder.js';
import { encodeSegment } from '../../src/columns/codec/encode-segment.js';
import { openSegment } from '../../src/columns/codec/open-segment.js';
import type { Part } from '../../src/columns/codec/part.js';
import type { StoredBatch } from '../../src/storage/event-store.js';
import { batches, FROM, hash, TO } from './histories.js';
import { ordinaryBatches } from './ordinary.js';
import { toColumns, toDigest } from './to-rows.js';

/** With hashes, ordinals and times in ms. Of the history of the benchmark it is less. */
const MAX_BYTES_PER_EVENT = 9;

function build(sent: Iterable<StoredBatch>): Chunk {
  const builder = createChunkBuilder({ hash, from: FROM, to: TO });
  for (const batch of sent) builder.add(batch);
  return builder.build();
}

describe('a stored chunk', () => {
  it('is the chunk it was, for odd histories', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (sent) => {
        const chunk = build(sent);
        const parts = await encodeSegment(chunk);
        expect(parts.map(({ group }) => group)).toEqual(['all', 'property', 'detail']);
        expect(toColumns(openSegment(parts))).toEqual(toColumns(chunk));
      }),
      { numRuns: 80 },
    );
  });

  it('is the chunk it was, for ordinary ones of many sessions', async () => {
    const chunk = build(ordinaryBatches({ sessions: 1_600, seed: 1 }));
    const parts = await encodeSegment(chunk);
    expect(new Set(parts.map(({ group }) => group))).toEqual(new Set(GROUPS));
    expect(toDigest(toColumns(openSegment(parts.toReversed())))).toEqual(toDigest(toColumns(chunk)));
    const bytes = parts.reduce((sum, part) => sum + part.bytes.length, 0);
    expect(bytes / chunk.events).toBeLessThan(MAX_BYTES_PER_EVENT);
    // Stored again it is the same to the last byte, as a copy of it must be.
    const hex = ({ bytes }: Part) => Buffer.from(bytes).toString('hex');
    expect((await encodeSegment(openSegment(parts))).map(hex)).toEqual(parts.map(hex));
  });

  it('is the chunk it was, wherever its parts are cut', async () => {
    const chunk = build(ordinaryBatches({ sessions: 60, seed: 4 }));
    for (const bytes of [100, 333, 2_000]) {
      const parts = await encodeSegment(chunk, { bytes, rawBytes: 4 * bytes, singlePart: 0 });
      expect(Math.max(...parts.map((part) => part.bytes.length))).toBeLessThanOrEqual(bytes);
      expect(toDigest(toColumns(openSegment(parts)))).toEqual(toDigest(toColumns(chunk)));
    }
  });

  it('is read by those groups that a question needs', async () => {
    const chunk = build(ordinaryBatches({ sessions: 1_600, seed: 2 }));
    const parts = await encodeSegment(chunk);
    for (const group of GROUPS) {
      const needed = withNeeds([group]);
      const opened = openSegment(parts.filter((part) => needed.has(part.group as Group)));
      expect(toDigest(opened[group]())).toEqual(toDigest(chunk[group]()));
      expect(opened).toMatchObject({ from: FROM, to: TO, events: chunk.events, groups: needed });
      expect(opened.over).toEqual(chunk.over);
      for (const other of GROUPS.filter((name) => !needed.has(name)))
        expect(() => opened[other]()).toThrow(GroupNotReadError);
    }
  });

  it('lacks groups that the chunk lacks', async () => {
    const chunk = build(ordinaryBatches({ sessions: 20, seed: 3 }));
    const groups = new Set(GROUPS.filter((group) => group !== 'detail'));
    const opened = openSegment(await encodeSegment({ ...chunk, groups }));
    expect(opened.groups).toEqual(groups);
    expect(opened.property()).toEqual(chunk.property());
    expect(() => opened.detail()).toThrow(GroupNotReadError);
  });
});
