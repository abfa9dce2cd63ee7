/** Reads from the log what no segment holds, within a budget. */
import { scanForward } from '../event-log/scan-forward.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { StoredBatch } from '../storage/event-store.js';
import type { Gap } from './segment-plan.js';

/** JSON text that may still be read. */
export interface ByteBudget {
  left: number;
}

export interface GapBatches {
  batches: StoredBatch[];
  /** Arrivals before this time (ms) are in: the gap's end, where it fitted. */
  to: number;
}

export async function readGap(
  { events }: Pick<RollupContext, 'events'>,
  site: string,
  { shard, from, to }: Gap,
  budget: ByteBudget,
): Promise<GapBatches> {
  const batches: StoredBatch[] = [];
  for await (const page of scanForward(events, { site, shard, from, to })) {
    budget.left -= page.bytes;
    if (budget.left < 0) {
      // What arrived at the very time that is cut off may be in part.
      const end = page.batches[0]?.received_at ?? page.lastArrival ?? from;
      return { batches: batches.filter(({ received_at }) => received_at < end), to: end };
    }
    batches.push(...page.batches);
  }
  return { batches, to };
}
