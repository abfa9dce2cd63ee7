/** Moves the hours of one shard forward: state and offset change together or not at all. */
import type { RollupState } from '../store/rollup-store.js';
import { HOUR_VALUES, type RollupContext, type RollupSite } from './context.js';
import { decodeRollup, encodeRollup } from './encode.js';
import { firstArrival, readLog } from './read-log.js';
import { cutRows, emptyRollup, foldBatch, type Rollup } from './rollup.js';

const DAY_MS = 86_400_000;

/** An hour as far as it is folded; `version` 0 where it was never put. */
export interface OpenHour {
  start: number;
  end: number;
  through: number;
  version: number;
  rollup: Rollup;
  previous: number | undefined;
}

/**
 * Folds what arrived before `settled` (ms) into the shard's hours; stops where less than a long tail is left.
 * Any number may run at once: who loses a put starts over from what the winner put.
 */
export async function advanceHours(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  settled: number,
): Promise<void> {
  for (;;) {
    const hour = await openHour(context, site, shard, settled);
    if (!hour) return;
    const folded = await foldOn(context, site, shard, hour, Math.min(hour.end, settled));
    const isOver = hour.through === hour.end;
    if (!isOver && folded < context.steps.longTailBatches) return;
    await context.rollups.putRollup(hourState(site, shard, hour));
  }
}

/** The hour to go on with: the newest while it is not whole, else the next in which something arrived. */
async function openHour(
  { events, rollups }: RollupContext,
  { id, calendar, retentionDays }: RollupSite,
  shard: number,
  settled: number,
): Promise<OpenHour | undefined> {
  const newest = await rollups.newestHour(id, shard, settled);
  if (newest) {
    const hour = decodeHour(newest, calendar.next(newest.start, 'hour'));
    if (hour.through < hour.end) return hour;
  }
  const from = newest ? calendar.next(newest.start, 'hour') : settled - retentionDays * DAY_MS;
  const arrival = await firstArrival(events, { site: id, shard, from, to: settled });
  if (arrival === undefined) return undefined;
  const start = calendar.floor(arrival, 'hour');
  const end = calendar.next(start, 'hour');
  return { start, end, through: start, version: 0, rollup: emptyRollup(), previous: newest?.start };
}

/** Folds the log into `hour` from its `through` towards `to`, at most a step; returns the batches folded. */
async function foldOn(
  { events, hash, countBots, steps }: RollupContext,
  site: RollupSite,
  shard: number,
  hour: OpenHour,
  to: number,
): Promise<number> {
  // A clock that went back must not take the offset with it.
  if (to <= hour.through) return 0;
  let folded = 0;
  let last = hour.through;
  for await (const batch of readLog(events, { site: site.id, shard, from: hour.through, to })) {
    // A step ends between two arrivals, never among those of one millisecond: `through` must part them cleanly.
    if (folded >= steps.stepBatches && batch.received_at > last) {
      hour.through = batch.received_at;
      return folded;
    }
    foldBatch(hour.rollup, batch, { hash, countBots });
    last = batch.received_at;
    folded += 1;
  }
  hour.through = to;
  return folded;
}

export function decodeHour(state: RollupState, end: number): OpenHour {
  const { start, through, version, previous } = state;
  return { start, end, through, version, rollup: decodeRollup(state), previous };
}

export function hourState(site: RollupSite, shard: number, hour: OpenHour): RollupState {
  cutRows(hour.rollup, HOUR_VALUES);
  return {
    site: site.id,
    shard,
    kind: 'hour',
    start: hour.start,
    through: hour.through,
    version: hour.version + 1,
    body: encodeRollup(hour.rollup),
    ...(hour.previous === undefined ? {} : { previous: hour.previous }),
  };
}
