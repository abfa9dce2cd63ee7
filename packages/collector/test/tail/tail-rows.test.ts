/** The newest events by column: what is held, what is left to the log, and what a budget leaves. */
import { describe, expect, it } from 'vitest';
import type { Chunk } from '../../src/columns/chunk.js';
import { textAt } from '../../src/columns/chunk.js';
import { createChunkBuilder } from '../../src/columns/chunk-builder.js';
import type { StoredBatch } from '../../src/storage/event-store.js';
import { TailRows } from '../../src/tail/tail-rows.js';
import { hash } from '../columns/histories.js';

const MB = 1_048_576;

/** Batch number n arrived at n ms, with some text, so that many of them are more than one chunk. */
const batchAt = (at: number, chars = 0): StoredBatch => ({
  ...{ site: 'shop', session_id: `s${at % 50}`, visitor_id: `v${at % 20}`, batch: `b${at}`, expires_at: 0 },
  received_at: at,
  events: [
    {
      ...{ event_id: `e${at}`, event_type: 'page_view', timestamp: at, page_url: `https://a.example/${at}` },
      page_title: 'x'.repeat(chars),
    } as StoredBatch['events'][number],
  ],
});

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

const idsOf = (chunks: Chunk[]): number[] =>
  chunks
    .flatMap((chunk) =>
      range(0, chunk.events).map((row) => Number(textAt(chunk.event().page, row)?.slice(1))),
    )
    .sort((a, b) => a - b);

function chunkOf(from: number, to: number): Chunk {
  const builder = createChunkBuilder({ hash, from, to });
  for (const at of range(from, to)) builder.add(batchAt(at));
  return builder.build();
}

describe('The newest events by column', () => {
  it('are those that were added from an arrival on, each once', () => {
    const rows = new TailRows(100, { hash }, 16 * MB);
    for (const at of [...range(0, 10), ...range(100, 3_000)]) rows.add(batchAt(at, 300));
    const { from, chunks } = rows.snapshot(0);
    expect(from).toBe(100);
    expect(idsOf(chunks())).toEqual(range(100, 3_000));
    // A query goes through few chunks, however many there were.
    expect(chunks().length).toBeLessThan(8);
  });

  it('are as they were at the moment of a cut', () => {
    const rows = new TailRows(0, { hash }, 16 * MB);
    for (const at of range(0, 20)) rows.add(batchAt(at));
    const { chunks } = rows.snapshot(0);
    for (const at of range(20, 2_000)) rows.add(batchAt(at, 300));
    rows.dropBefore(10);
    expect(idsOf(chunks())).toEqual(range(0, 20));
    expect(idsOf(rows.snapshot(0).chunks())).toEqual(range(10, 2_000));
  });

  it('take in what the log has of before, once and only where nothing of it is still to be added', () => {
    const rows = new TailRows(100, { hash }, 16 * MB);
    rows.add(batchAt(100));
    rows.snapshot(99).prepend(chunkOf(50, 100));
    expect(rows.snapshot(99).from).toBe(100);
    const [one, other] = [rows.snapshot(100), rows.snapshot(100)];
    one.prepend(chunkOf(50, 100));
    other.prepend(chunkOf(50, 100));
    expect(rows.snapshot(100).from).toBe(50);
    expect(idsOf(rows.snapshot(100).chunks())).toEqual(range(50, 101));
  });

  it('are the newest within a budget in bytes, and say from when on', () => {
    const rows = new TailRows(0, { hash }, MB / 2);
    let most = 0;
    for (const at of range(0, 6_000)) {
      rows.add(batchAt(at, 300));
      most = Math.max(most, rows.bytes);
    }
    expect(most).toBeLessThan(MB);
    const { from, chunks, prepend } = rows.snapshot(6_000);
    expect(from).toBeGreaterThan(0);
    expect(from).toBeLessThan(6_000);
    expect(idsOf(chunks())).toEqual(range(from, 6_000));
    prepend(chunkOf(from - 5_000, from));
    expect(rows.snapshot(0).from).toBe(from);
  });
});
