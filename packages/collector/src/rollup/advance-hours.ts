/** Moves the hours of one shard forward: state and offset change together or not at all. */

import { firstArrival, readLog } from '../event-log/scan-forward.js';
import type { UndecodableBatch } from '../storage/event-store.js';
import type { RollupState } from '../storage/rollup-store.js';
import { createTimeSlice } from '../time-slice.js';
import { countOver, emptyRollup, foldBatch, type Rollup } from './aggregate.js';
import { foldOnce } from './aggregate-log.js';
import { noteUndecodable, passFailed } from './failed-parts.js';
import { type DayFold, finalizeDays } from './finalize-days.js';
import { discardIfIncomplete, type InlineDayFold, inlineDayFold } from './inline-day.js';
import { decodeRollup, encodeRollup } from './rollup-codec.js';
import { HOUR_VALUES, type RollupContext, type RollupSite } from './rollup-context.js';
import { cutRows } from './row-set.js';

const DAY_MS = 86_400_000;

/** An hour as far as it is folded; `version` 0 where it was never put. */
export interface FoldedHour {
  start: number;
  end: number;
  through: number;
  version: number;
  rollup: Rollup;
  previous: number | undefined;
}

interface OpenHour extends FoldedHour {
  /** Arrival (ms) up to which the log is folded into hours; from there to `through` it holds nothing. */
  foldedTo: number;
  /** What of its log could not be read, and is not noted yet. */
  undecodable: UndecodableBatch[];
}

/**
 * Folds what arrived before `settled` (ms) into the shard's hours; stops where less than a long tail is left. Days that
 * are long over are closed on the way. Any number may run at once: who loses a put starts over from what the winner put.
 * An hour that fails though it is over is marked and passed: those after it name it as the one before.
 */
export async function advanceHours(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  settled: number,
): Promise<void> {
  let put: OpenHour | undefined;
  let day: InlineDayFold | undefined;
  while (!context.isOverdue?.()) {
    const hour = await openHour(context, site, shard, settled, put);
    if (day && (!hour || hour.start >= day.end)) {
      await finalizeDays(context, site, shard, day.end, day.fold);
      day = undefined;
    }
    if (!hour) return;
    day ??= inlineDayFold(site, hour.start, settled);
    if (day) discardIfIncomplete(day, hour.foldedTo);
    try {
      const folded = await foldOn(context, site, shard, hour, Math.min(hour.end, settled), day?.fold);
      const isOver = hour.through === hour.end;
      if (!isOver && folded < context.steps.longTailBatches) return;
      await noteUndecodable(context, site, { shard, start: hour.start }, hour.undecodable.splice(0));
      const isPut = await context.rollups.putRollup(hourState(site, shard, hour));
      hour.version += 1;
      put = isPut ? hour : undefined;
      if (isPut && isOver) reportOver(context, site, shard, hour);
    } catch (error) {
      if (hour.end > settled) throw error;
      await passFailed(context, site, { kind: 'hour', shard, start: hour.start }, error);
      // The day is folded once more when it is closed.
      day = undefined;
      put = { ...hour, through: hour.end, foldedTo: hour.end };
    }
  }
}

/**
 * The hour to go on with: the newest while it is not whole, else the next in which something arrived.
 * @param put the newest, where it was put just now
 */
async function openHour(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  settled: number,
  put: OpenHour | undefined,
): Promise<OpenHour | undefined> {
  const newest = put ?? (await newestHour(context, site, shard, settled));
  if (newest && newest.through < newest.end) return newest;
  const from = newest?.end ?? settled - site.retentionDays * DAY_MS;
  const arrival = await firstArrival(context.events, { site: site.id, shard, from, to: settled });
  if (arrival === undefined) return undefined;
  const start = site.calendar.floor(arrival, 'hour');
  const end = site.calendar.next(start, 'hour');
  const previous = newest?.start;
  return {
    start,
    end,
    through: start,
    foldedTo: from,
    version: 0,
    rollup: emptyRollup(),
    previous,
    undecodable: [],
  };
}

async function newestHour(
  { rollups }: RollupContext,
  { id, calendar }: RollupSite,
  shard: number,
  before: number,
): Promise<OpenHour | undefined> {
  const newest = await rollups.newest({ site: id, shard, kind: 'hour' }, before);
  return newest && decodeHour(newest, calendar.next(newest.start, 'hour'));
}

/** Folds the log into `hour`, and into its day, from its `through` towards `to`, at most a step; returns the batches folded. */
async function foldOn(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  hour: OpenHour,
  to: number,
  day: DayFold | undefined,
): Promise<number> {
  // A clock that went back must not take the offset with it.
  if (to <= hour.through) return 0;
  let folded = 0;
  let last = hour.through;
  let through = to;
  const onUndecodable = (batches: UndecodableBatch[]) => {
    countOver(hour.rollup, 'dropped.undecodable', batches.length);
    hour.undecodable.push(...batches);
  };
  const stretch = { site: site.id, shard, from: last, to, onUndecodable };
  const slice = createTimeSlice();
  reading: for await (const { batches } of readLog(context.events, stretch)) {
    for (const batch of batches) {
      // A step ends between two arrivals, never among those of one millisecond: `through` must part them cleanly.
      if (folded >= context.steps.stepBatches && batch.received_at > last) {
        through = batch.received_at;
        break reading;
      }
      foldBatch(hour.rollup, batch, context);
      if (day) foldOnce(context, day, batch);
      last = batch.received_at;
      folded += 1;
      await slice();
    }
  }
  hour.through = through;
  hour.foldedTo = through;
  // A lost put may have it given anew what it has: it has no less then.
  if (day) day.through = Math.max(day.through, through);
  return folded;
}

function reportOver({ onOverBudget }: RollupContext, site: RollupSite, shard: number, hour: OpenHour): void {
  for (const [reason, times] of hour.rollup.over) {
    onOverBudget?.({ site: site.id, shard, hour: hour.start, reason, times });
  }
}

/** An hour whose numbers cannot be read, as those of a newer version, is folded from its beginning and put in their place. */
function decodeHour(state: RollupState, end: number): OpenHour {
  const { start, through, version, previous } = state;
  const hour = { start, end, version, previous, undecodable: [] };
  try {
    return { ...hour, through, foldedTo: through, rollup: decodeRollup(state) };
  } catch {
    return { ...hour, through: start, foldedTo: start, rollup: emptyRollup() };
  }
}

export function hourState(site: RollupSite, shard: number, hour: FoldedHour): RollupState {
  cutRows(hour.rollup.rows, HOUR_VALUES);
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
