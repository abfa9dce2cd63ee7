/** Moves the hours of one shard forward: state and offset change together or not at all. */

import { firstArrival, scanForward } from '../event-log/scan-forward.js';
import { sessionValues } from '../events/dimensions.js';
import type { UndecodableBatch } from '../storage/event-store.js';
import type { RollupState } from '../storage/rollup-store.js';
import { DAY_MS } from '../time/ms.js';
import { createTimeSlice } from '../time-slice.js';
import { addBatch, countOver, emptyRollup, type Rollup } from './aggregate.js';
import { aggregateOnce } from './aggregate-log.js';
import { markFailed, noteUndecodable } from './failed-parts.js';
import { type DayAggregate, finalizeDays } from './finalize-days.js';
import { discardIfIncomplete, type InlineDay, startInlineDay } from './inline-day.js';
import { decodeRollup, encodeRollup } from './rollup-codec.js';
import { HOUR_VALUES, type RollupContext, type RollupSite } from './rollup-context.js';
import { truncateRows } from './row-set.js';
import { floorToMinute } from './settle-time.js';

/** An hour as far as it is aggregated; `version` 0 where it was never put. */
export interface AggregatedHour {
  start: number;
  end: number;
  through: number;
  version: number;
  rollup: Rollup;
  previous: number | undefined;
}

interface OpenHour extends AggregatedHour {
  /** Arrival (ms) up to which the log is aggregated into hours; from there to `through` it holds nothing. */
  processedTo: number;
  /** What of its log could not be read, and is not noted yet. */
  undecodable: UndecodableBatch[];
}

/**
 * Aggregates what arrived before `horizon` (ms) into the shard's hours; stops where less than a long tail is left. Days that
 * are long over are closed on the way. Any number may run at once: who loses a put starts over from what the winner put.
 * An hour that fails though it is over is marked and passed: those after it name it as the one before.
 */
export async function advanceHours(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  horizon: number,
): Promise<void> {
  let saved: OpenHour | undefined;
  let day: InlineDay | undefined;
  while (!context.isOverdue?.()) {
    const hour = await openHour(context, site, shard, horizon, saved);
    if (day && (!hour || hour.start >= day.end)) {
      await finalizeDays(context, site, shard, day.end, day.aggregate);
      day = undefined;
    }
    if (!hour) return;
    day ??= startInlineDay(context, site, shard, hour.start, horizon);
    if (day) discardIfIncomplete(day, hour.processedTo);
    try {
      const count = await aggregateHour(
        context,
        site,
        shard,
        hour,
        Math.min(hour.end, horizon),
        day?.aggregate,
      );
      const isOver = hour.through === hour.end;
      if (!isOver && count < context.steps.longTailBatches) return;
      await noteUndecodable(context, site, { shard, start: hour.start }, hour.undecodable.splice(0));
      const isPut = await context.rollups.putRollup(hourState(site, shard, hour));
      hour.version += 1;
      saved = isPut ? hour : undefined;
      if (isPut && isOver) reportOver(context, site, shard, hour);
    } catch (error) {
      if (hour.end > horizon) throw error;
      await markFailed(context, site, { kind: 'hour', shard, start: hour.start }, error);
      // The day is aggregated again when it is closed.
      day = undefined;
      saved = { ...hour, through: hour.end, processedTo: hour.end };
    }
  }
}

/**
 * The hour to go on with: the newest while it is not whole, else the next in which something arrived.
 * @param saved the newest, where it was put just now
 */
async function openHour(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  horizon: number,
  saved: OpenHour | undefined,
): Promise<OpenHour | undefined> {
  const newest = saved ?? (await newestHour(context, site, shard, horizon));
  if (newest && newest.through < newest.end) return newest;
  const from = newest?.end ?? horizon - site.retentionDays * DAY_MS;
  const arrival = await firstArrival(context.events, { site: site.id, shard, from, to: horizon });
  if (arrival === undefined) return undefined;
  const start = site.calendar.floor(arrival, 'hour');
  const end = site.calendar.next(start, 'hour');
  const previous = newest?.start;
  return {
    start,
    end,
    through: start,
    processedTo: from,
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

/** Aggregates the log into `hour`, and into its day, from its `through` towards `to`, at most a step; returns the number of batches. */
async function aggregateHour(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  hour: OpenHour,
  to: number,
  day: DayAggregate | undefined,
): Promise<number> {
  // A clock that went back must not take the offset with it.
  if (to <= hour.through) return 0;
  let count = 0;
  let last = hour.through;
  let through = to;
  const onUndecodable = (batches: UndecodableBatch[]) => {
    countOver(hour.rollup, 'dropped.undecodable', batches.length);
    hour.undecodable.push(...batches);
  };
  const range = { site: site.id, shard, from: last, to, onUndecodable };
  const slice = createTimeSlice();
  reading: for await (const { batches } of scanForward(context.events, range)) {
    for (const batch of batches) {
      // A step ends between two minutes, never within one: readers keep what follows `through` by the minute.
      const minute = floorToMinute(batch.received_at);
      if (count >= context.steps.stepBatches && minute > last) {
        through = minute;
        break reading;
      }
      const values = sessionValues(batch);
      addBatch(hour.rollup, batch, context, values);
      if (day) aggregateOnce(context, day, batch, values);
      last = batch.received_at;
      count += 1;
      await slice();
    }
  }
  hour.through = through;
  hour.processedTo = through;
  // A lost put may have it given again what it has: it has no less then.
  if (day) day.through = Math.max(day.through, through);
  return count;
}

function reportOver({ onOverBudget }: RollupContext, site: RollupSite, shard: number, hour: OpenHour): void {
  for (const [reason, times] of hour.rollup.over) {
    onOverBudget?.({ site: site.id, shard, hour: hour.start, reason, times });
  }
}

/** An hour whose numbers cannot be read, as those of a newer version, is aggregated from its beginning and written in their place. */
function decodeHour(state: RollupState, end: number): OpenHour {
  const { start, through, version, previous } = state;
  const hour = { start, end, version, previous, undecodable: [] };
  try {
    return { ...hour, through, processedTo: through, rollup: decodeRollup(state) };
  } catch {
    return { ...hour, through: start, processedTo: start, rollup: emptyRollup() };
  }
}

export function hourState(site: RollupSite, shard: number, hour: AggregatedHour): RollupState {
  truncateRows(hour.rollup.rows, HOUR_VALUES);
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
