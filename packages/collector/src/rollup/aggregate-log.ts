/** A stretch of time folded from the log alone, each batch once; as far as one likes, and on from there. */

import { readLog } from '../event-log/scan-forward.js';
import type { StoredBatch } from '../storage/event-store.js';
import { createTimeSlice } from '../time-slice.js';
import { countOver, emptyRollup, foldBatch, type Rollup } from './aggregate.js';
import { IdSet } from './id-set.js';
import type { RollupContext, RollupSite } from './rollup-context.js';

export interface Fold {
  rollup: Rollup;
  /** Batches folded in. */
  seen: IdSet;
  /** Arrival (ms) up to which the log is folded in. */
  through: number;
  /** Whether a session in it was too long to be numbered: its hours may have numbered it while it was shorter. */
  hasUnnumbered: boolean;
}

export const startFold = (from: number): Fold => ({
  rollup: emptyRollup(),
  seen: new IdSet(),
  through: from,
  hasUnnumbered: false,
});

/** The numbers of a stretch from the log alone. */
export async function foldStretch(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  from: number,
  to: number,
): Promise<Rollup> {
  const fold = startFold(from);
  await foldUpTo(context, site, shard, fold, to);
  return fold.rollup;
}

/** Reads on to `to` (ms) what a fold has not been given yet. */
export async function foldUpTo(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  fold: Fold,
  to: number,
): Promise<void> {
  if (to <= fold.through) return;
  const onUndecodable = ({ length }: { length: number }) =>
    countOver(fold.rollup, 'dropped.undecodable', length);
  const stretch = { site: site.id, shard, from: fold.through, to, onUndecodable };
  const slice = createTimeSlice();
  for await (const { batches } of readLog(context.events, stretch)) {
    for (const batch of batches) {
      foldOnce(context, fold, batch);
      await slice();
    }
  }
  fold.through = to;
}

/**
 * Folds a batch in unless it has been already. An event is one event of one stored batch: an id that a sender uses again, in
 * another session or under another batch's name, is another event here as in the hours, which remember no ids.
 */
export function foldOnce({ hash, countBots }: RollupContext, fold: Fold, batch: StoredBatch) {
  const { rollup, seen } = fold;
  if (!seen.add(`${batch.session_id}\n${batch.batch}`)) return;
  fold.hasUnnumbered ||= batch.unnumbered ?? false;
  foldBatch(rollup, batch, { hash, countBots });
}
