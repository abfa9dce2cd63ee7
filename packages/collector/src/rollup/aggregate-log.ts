/** Aggregates a time range from the log alone, each batch once, in as many steps as needed. */

import { scanForward } from '../event-log/scan-forward.js';
import { type SessionValues, sessionValues } from '../events/dimensions.js';
import type { StoredBatch } from '../storage/event-store.js';
import { createTimeSlice } from '../time-slice.js';
import { addBatch, countOver, emptyRollup, type Rollup } from './aggregate.js';
import type { DayChunks } from './day-chunks.js';
import { IdSet } from './id-set.js';
import type { RollupContext, RollupSite } from './rollup-context.js';

export interface LogAggregate {
  rollup: Rollup;
  /** Batches that are aggregated. */
  seen: IdSet;
  /** Arrival (ms) up to which the log is aggregated. */
  through: number;
  /** Whether a session in it was too long to be numbered: its hours may have numbered it while it was shorter. */
  hasUnnumbered: boolean;
  /** The same batches by column, where these are wanted. */
  columns: DayChunks | undefined;
}

export const startAggregate = (from: number, columns?: DayChunks): LogAggregate => ({
  rollup: emptyRollup(),
  seen: new IdSet(),
  through: from,
  hasUnnumbered: false,
  columns,
});

/** The numbers of a stretch from the log alone. */
export async function aggregateRange(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  from: number,
  to: number,
): Promise<Rollup> {
  const aggregate = startAggregate(from);
  await aggregateUpTo(context, site, shard, aggregate, to);
  return aggregate.rollup;
}

/** Reads up to `to` (ms) what the aggregate does not have yet. */
export async function aggregateUpTo(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  aggregate: LogAggregate,
  to: number,
): Promise<void> {
  if (to <= aggregate.through) return;
  const onUndecodable = ({ length }: { length: number }) =>
    countOver(aggregate.rollup, 'dropped.undecodable', length);
  const range = { site: site.id, shard, from: aggregate.through, to, onUndecodable };
  const slice = createTimeSlice();
  for await (const { batches } of scanForward(context.events, range)) {
    for (const batch of batches) {
      aggregateOnce(context, aggregate, batch);
      await slice();
    }
    await aggregate.columns?.makeRoom();
  }
  aggregate.through = to;
}

/**
 * Adds a batch unless it has been added already. An event is one event of one stored batch: an id that a sender uses again, in
 * another session or under another batch's name, is another event here as in the hours, which remember no ids.
 */
export function aggregateOnce(
  { hash, countBots }: RollupContext,
  aggregate: LogAggregate,
  batch: StoredBatch,
  values: SessionValues = sessionValues(batch),
) {
  const { rollup, seen } = aggregate;
  if (!seen.add(`${batch.session_id}\n${batch.batch}`)) return;
  aggregate.hasUnnumbered ||= batch.unnumbered ?? false;
  addBatch(rollup, batch, { hash, countBots }, values);
  aggregate.columns?.add(batch, values);
}
