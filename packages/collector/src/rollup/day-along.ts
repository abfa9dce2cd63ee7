/** A day that was over before its hours are folded: folded along with them, so that its log is read once. */
import type { DayFold } from './close-day.js';
import { DAY_CLOSES_AFTER_MS, MAX_DAY_EVENTS, type RollupContext, type RollupSite } from './context.js';
import { foldFrom, foldUpTo } from './fold-stretch.js';

export interface DayAlong {
  end: number;
  /** Undefined once it is given up: then the day is folded anew when it is closed. */
  fold: DayFold | undefined;
}

/** The day of an hour that starts at `hourStart`; undefined where it may still change. */
export function dayAlong({ calendar }: RollupSite, hourStart: number, settled: number): DayAlong | undefined {
  const start = calendar.floor(hourStart, 'day');
  const end = calendar.next(start, 'day');
  return end + DAY_CLOSES_AFTER_MS <= settled ? { end, fold: { start, ...foldFrom(start) } } : undefined;
}

/**
 * Reads what a day lacks of the log before `through`, where an hour is folded on from: mostly nothing. What it has
 * been given already it may be given again, where a put was lost: it counts each event once. A day that is too large to
 * be kept whole is given up.
 */
export async function reach(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  day: DayAlong,
  through: number,
): Promise<void> {
  const { fold } = day;
  if (!fold) return;
  if (fold.rollup.totals.events > MAX_DAY_EVENTS) day.fold = undefined;
  else await foldUpTo(context, site, shard, fold, through);
}
