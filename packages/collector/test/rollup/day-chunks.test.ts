/** Days of more events than are built in memory at a time. */
import { expect, it } from 'vitest';
import { MAX_COLUMN_DAY_EVENTS } from '../../src/budgets.js';
import { DayChunks } from '../../src/rollup/day-chunks.js';
import type { StoredBatch } from '../../src/storage/event-store.js';
import { FROM, hash, TO } from '../columns/histories.js';

const EVENTS_A_BATCH = 500;

function* batches(count: number): Generator<StoredBatch> {
  for (let number = 0; number < count; number += 1)
    yield {
      ...{
        site: 'shop',
        session_id: `s${number % 997}`,
        visitor_id: `v${number % 499}`,
        batch: `b${number}`,
      },
      ...{ received_at: FROM + number, expires_at: 0 },
      events: Array.from({ length: EVENTS_A_BATCH }, (_, event) => ({
        ...{ event_type: 'custom', name: 'tick', event_id: `${number}.${event}`, timestamp: FROM + number },
      })),
    };
}

function create(failAt?: number) {
  const stored = new Map<string, number>();
  const arePieces: boolean[] = [];
  let writes = 0;
  const chunks = new DayChunks({
    ...{ hash, from: FROM, to: TO },
    async write({ events }, { isPiece }) {
      writes += 1;
      arePieces.push(isPiece);
      if (writes === failAt) throw new Error('the store is away');
      const ref = { id: `1#${writes}`, groups: {} };
      stored.set(ref.id, events);
      return { segments: [ref], events };
    },
    async discard(segments) {
      for (const { id } of segments) stored.delete(id);
    },
  });
  return { chunks, stored, arePieces };
}

const COUNT = Math.ceil((2.5 * MAX_COLUMN_DAY_EVENTS) / EVENTS_A_BATCH);

async function fill(chunks: DayChunks): Promise<number> {
  let most = 0;
  for (const batch of batches(COUNT)) {
    chunks.add(batch);
    most = Math.max(most, chunks.events);
    await chunks.makeRoom();
  }
  return most;
}

it('are said to be a piece where the day has several', async () => {
  const [large, small] = [create(), create()];
  await fill(large.chunks);
  await large.chunks.finish();
  expect(large.arePieces).toEqual([true, true, true]);
  for (const batch of batches(10)) small.chunks.add(batch);
  await small.chunks.finish();
  expect(small.arePieces).toEqual([false]);
});

it('are written in pieces, none of which is more than what is held in memory', async () => {
  const { chunks, stored } = create();
  expect(await fill(chunks)).toBe(MAX_COLUMN_DAY_EVENTS);
  const { segments, events } = await chunks.finish();
  expect(segments.map(({ id }) => id)).toEqual(['1#1', '1#2', '1#3']);
  expect(events).toBe(COUNT * EVENTS_A_BATCH);
  await chunks.discard();
  expect(stored.size).toBe(3);
});

it('leave nothing behind where a piece cannot be written, or no state is put', async () => {
  const failing = create(2);
  await fill(failing.chunks);
  await expect(failing.chunks.finish()).rejects.toThrow('the store is away');
  expect(failing.stored.size).toBe(0);
  const unnamed = create();
  await fill(unnamed.chunks);
  expect(unnamed.stored.size).toBeGreaterThan(0);
  await unnamed.chunks.discard();
  expect(unnamed.stored.size).toBe(0);
});
