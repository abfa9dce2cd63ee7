/** Chunks of what no segment holds, made of the log within a budget. */
import type { Traffic } from '@liveinsight/schema';
import type { Chunk } from '../columns/chunk.js';
import { createChunkBuilder } from '../columns/chunk-builder.js';
import { scanForward } from '../event-log/scan-forward.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { StoredBatch } from '../storage/event-store.js';
import { createTimeSlice } from '../time-slice.js';
import type { Gap } from './segment-plan.js';

/** What chunks are read with. */
export interface ChunksContext extends RollupContext {
  /** Whose events are wanted. */
  traffic: Traffic;
}

/** JSON text that may still be read. */
export interface ByteBudget {
  left: number;
}

export interface GapChunk {
  chunk: Chunk;
  /** Arrivals before this time (ms) are in: the gap's end, where it fitted. */
  to: number;
}

/** Batch by batch, so that none is held beside its columns. */
export async function readGap(
  context: ChunksContext,
  site: string,
  { shard, from, to }: Gap,
  budget: ByteBudget,
): Promise<GapChunk> {
  const { events, hash, traffic } = context;
  const builder = createChunkBuilder({ hash, traffic, from, to });
  const slice = createTimeSlice();
  /** Batches of the newest arrival, of which the next page may have more. */
  const newest: StoredBatch[] = [];
  const add = (batches: readonly StoredBatch[]) => {
    for (const batch of batches) builder.add(batch);
  };
  for await (const page of scanForward(events, { site, shard, from, to })) {
    budget.left -= page.bytes;
    if (budget.left < 0) {
      // What arrived at the very time that is cut off may be in part.
      const end = page.batches[0]?.received_at ?? page.lastArrival ?? from;
      add(newest.filter(({ received_at }) => received_at < end));
      return { chunk: await builder.buildInSteps(end), to: end };
    }
    for (const batch of page.batches) {
      if (batch.received_at !== newest[0]?.received_at) add(newest.splice(0));
      newest.push(batch);
      await slice();
    }
  }
  add(newest);
  return { chunk: await builder.buildInSteps(), to };
}
