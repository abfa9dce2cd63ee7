/** Chunks from the raw log, as far as it is stored, bounded in cost. */
import { type ChunkBuilder, createChunkBuilder } from '../columns/chunk-builder.js';
import type { ChunkSource } from '../columns/chunk-source.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { StoredBatch } from '../storage/event-store.js';
import { createTimeSlice } from '../time-slice.js';
import { readRaw } from './raw-range.js';

/** One chunk with all that is read: its groups are there whether they are asked for or not. */
export const logChunks =
  ({ events, rollups, hash, countBots }: RollupContext): ChunkSource =>
  async (site, range, _groups) => {
    const now = rollups.now();
    const { batches, begins, notes } = await readRaw(events, site, { ...range, now });
    const builder = createChunkBuilder({ hash, countBots, ...range });
    await addAll(builder, batches);
    const chunk = builder.build();
    return {
      async *chunks() {
        yield chunk;
      },
      asOf: now,
      notes,
      ...(begins > range.from ? { knownFrom: begins } : {}),
    };
  };

async function addAll(builder: ChunkBuilder, batches: StoredBatch[]): Promise<void> {
  const slice = createTimeSlice();
  for (const batch of batches) {
    builder.add(batch);
    await slice();
  }
}
