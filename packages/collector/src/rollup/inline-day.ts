/** A day that was over before its hours are aggregated: aggregated along with them, so that its log is read once. */

import { MAX_DAY_EVENTS, MAX_INLINE_COLUMN_EVENTS } from '../budgets.js';
import { type DayAggregate, startDay } from './finalize-days.js';
import { DAY_CLOSES_AFTER_MS, type RollupContext, type RollupSite } from './rollup-context.js';

export interface InlineDay {
  end: number;
  /** Undefined once it is given up: then the day is read when it is closed. */
  aggregate: DayAggregate | undefined;
}

/** The day of an hour that starts at `hourStart`; undefined where it may still change. */
export function startInlineDay(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  hourStart: number,
  horizon: number,
): InlineDay | undefined {
  const { calendar } = site;
  const start = calendar.floor(hourStart, 'day');
  const end = calendar.next(start, 'day');
  return end + DAY_CLOSES_AFTER_MS <= horizon
    ? { end, aggregate: startDay(context, site, { shard, start }) }
    : undefined;
}

/**
 * Gives up a day of whose log something was aggregated without it, before `processedTo` (ms), or that is too large to be kept
 * whole. What it has been given already it may be given again, where a put was lost: it counts each batch once.
 */
export function discardIfIncomplete(day: InlineDay, processedTo: number): void {
  const { aggregate } = day;
  if (!aggregate) return;
  const { seen, columns, through } = aggregate;
  // Its columns are written in pieces where it is read in one go, when it is closed.
  const isTooLarge = seen.size > MAX_DAY_EVENTS || (columns?.events ?? 0) > MAX_INLINE_COLUMN_EVENTS;
  if (processedTo > through || isTooLarge) day.aggregate = undefined;
}
