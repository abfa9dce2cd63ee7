/** Aggregates days that are over again, each from its full log, and compares them with their hours. */

import { MAX_DAY_EVENTS } from '../budgets.js';
import { addCounters, counterDifferences } from '../events/counters.js';
import { DIMENSIONS } from '../events/dimensions.js';
import type { DayMarkCause, RollupState } from '../storage/rollup-store.js';
import type { Calendar } from '../time/calendar.js';
import { DAY_MS, utcDays } from '../time/ms.js';
import { createTimeSlice } from '../time-slice.js';
import { emptyRollup, type Rollup } from './aggregate.js';
import { aggregateUpTo, type LogAggregate, startAggregate } from './aggregate-log.js';
import { isLogWhole } from './backfill-columns.js';
import { discardUnnamed, markMissing, startColumns, writeDayColumns } from './day-columns.js';
import { markFailed } from './failed-parts.js';
import { encodeSplit, mergeEncoded } from './rollup-codec.js';
import type { RollupContext, RollupSite } from './rollup-context.js';
import { countersAt } from './row-set.js';

/** A day as the log has it, as far as it is known before it is closed. */
export interface DayAggregate extends LogAggregate {
  start: number;
}

/** @param version of the state that it is to become */
export const startDay = (
  context: RollupContext,
  site: RollupSite,
  { shard, start }: { shard: number; start: number },
  version = 1,
): DayAggregate => {
  const key = { site: site.id, shard, kind: 'day', start } as const;
  return { start, ...startAggregate(start, startColumns(context, site, key, version)) };
};

/**
 * Closes the shard's days that end no later than `until` (ms), oldest first. Their hours must have been advanced before.
 * @param known one of these days: what of its log is aggregated already is not read again
 */
export async function finalizeDays(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  until: number,
  known?: DayAggregate,
): Promise<void> {
  const { calendar } = site;
  let start = await firstOpenDay(context, site, shard);
  while (start !== undefined && calendar.next(start, 'day') <= until) {
    if (context.isOverdue?.()) return;
    const aggregate = known?.start === start ? known : startDay(context, site, { shard, start });
    try {
      await finalizeDay(context, site, shard, start, undefined, aggregate);
    } catch (error) {
      // Until it is tried again, its hours are read in its place.
      await markFailed(context, site, { kind: 'day', shard, start }, error);
    }
    start = calendar.next(start, 'day');
  }
}

/** Days are closed in order: the day after the newest closed one, else the day of the first hour. */
async function firstOpenDay(
  { rollups }: RollupContext,
  { id, calendar, retentionDays }: RollupSite,
  shard: number,
): Promise<number | undefined> {
  const now = rollups.now();
  const oldest = calendar.floor(now - (retentionDays + 1) * DAY_MS, 'day');
  const newest = await rollups.newest({ site: id, shard, kind: 'day' }, now);
  const from = Math.max(oldest, newest ? calendar.next(newest.start, 'day') : oldest);
  const hours = await rollups.rollups(
    { site: id, shard, kind: 'hour', from, to: now },
    { limit: 1, consistent: true },
  );
  const first = hours.states[0];
  return first && calendar.floor(first.start, 'day');
}

/** Aggregates one day from its full log and writes it in place of `before`; false if another process was faster. */
export async function finalizeDay(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  start: number,
  before: RollupState | undefined,
  aggregate = startDay(context, site, { shard, start }, (before?.version ?? 0) + 1),
): Promise<boolean> {
  try {
    return await writeDay(context, site, shard, start, before, aggregate);
  } finally {
    // Pieces of its columns that were not given to a state.
    await aggregate.columns?.discard();
  }
}

async function writeDay(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  start: number,
  before: RollupState | undefined,
  aggregate: DayAggregate,
): Promise<boolean> {
  const end = site.calendar.next(start, 'day');
  const day = await aggregateDay(context, site, shard, { start, end, aggregate });
  if (!day) return true;
  const { rollup, note } = day;
  const key = { site: site.id, shard, kind: 'day', start } as const;
  const version = (before?.version ?? 0) + 1;
  const encoded = encodeSplit(withHourlyTotals(rollup, site.calendar));
  // An import into days of long ago: their numbers are merged from hours, their columns have to be read.
  const isHistory =
    before !== undefined &&
    aggregate.columns !== undefined &&
    aggregate.through < end &&
    !note?.endsWith('events');
  if (isHistory && (await isLogWhole(context, site, start, end)))
    await aggregateUpTo(context, site, shard, aggregate, end);
  const isRead = aggregate.through >= end;
  const written = isRead
    ? await writeDayColumns(context, site, key, { columns: aggregate.columns, end })
    : undefined;
  // Asked right before the put. What the log does not hold any more stays as it was.
  const isWhole = isRead && (await isLogWhole(context, site, start, end));
  const columns = isWhole ? written : before?.columns;
  const isPut = await context.rollups.putRollup({
    ...key,
    through: end,
    version,
    ...encoded,
    ...(note === undefined ? {} : { note }),
    ...(columns === undefined ? {} : { columns }),
  });
  // One that is too large to be aggregated has its columns built by a later round.
  if (isPut && !columns && aggregate.columns && note?.endsWith('too_many_events'))
    await markMissing(context.rollups, site.id, start);
  if (written && !(isPut && isWhole)) await discardUnnamed(context.rollups, key, version, written.segments);
  return isPut;
}

async function aggregateDay(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  { start, end, aggregate }: { start: number; end: number; aggregate: LogAggregate },
): Promise<{ rollup: Rollup; note?: string } | undefined> {
  const hours = await mergedHours(context, site, shard, start, end);
  if (!hours) return undefined;
  const { merged, isPartial } = hours;
  const rawExpires = start + site.retentionDays * DAY_MS;
  if (rawExpires <= context.rollups.now()) return { rollup: merged, note: 'merged_from_hours: raw_expired' };
  if (merged.totals.events + merged.bot_events > MAX_DAY_EVENTS)
    return { rollup: merged, note: 'merged_from_hours: too_many_events' };
  await aggregateUpTo(context, site, shard, aggregate, end);
  // What was counted of a person stays, though their events are gone. An import may have hours aggregated again, without who
  // was erased: the day is what its hours are then as well. Asked once the log was read: the mark comes before the events
  // go, so none can go unmarked meanwhile.
  if (await isDirty(context, site, 'erase', start, end))
    return { rollup: merged, note: 'merged_from_hours: erased' };
  const { rollup } = aggregate;
  const counters = aggregate.hasUnnumbered ? {} : counterDifferences(rollup.totals, merged.totals);
  // An hour that cannot be read, or waits to be tried again, is in the log alone.
  if (isPartial || (await isDirty(context, site, 'failed', start, end))) return { rollup };
  if (Object.keys(counters).length > 0 && !(await isDirty(context, site, 'import', start, end))) {
    context.onDifference({ site: site.id, shard, day: start, counters });
  }
  return { rollup };
}

async function mergedHours(
  { rollups }: RollupContext,
  site: RollupSite,
  shard: number,
  from: number,
  to: number,
): Promise<{ merged: Rollup; isPartial: boolean } | undefined> {
  const { states } = await rollups.rollups(
    { site: site.id, shard, kind: 'hour', from, to },
    { consistent: true },
  );
  if (states.length === 0) return undefined;
  const merged = emptyRollup();
  let isPartial = false;
  const slice = createTimeSlice();
  for (const state of states) {
    try {
      mergeEncoded(merged, state, { dimensions: DIMENSIONS, fiveMinuteTotals: true });
      await slice();
    } catch {
      isPartial = true;
    }
  }
  return { merged, isPartial };
}

/** Whether the log changed, or is changing, behind the hours' back: by an erasure, or by an import that is not aggregated yet. */
async function isDirty(
  { rollups }: RollupContext,
  site: RollupSite,
  cause: DayMarkCause,
  from: number,
  to: number,
): Promise<boolean> {
  const days = new Set(utcDays(from, to));
  const dirtyDays = await rollups.markedDays(site.id, cause);
  return dirtyDays.some((dirtyDay) => days.has(dirtyDay.day));
}

/** Strips finer than an hour are read from the hours. */
function withHourlyTotals(rollup: Rollup, calendar: Calendar): Rollup {
  const hourlyTotals: Rollup['fiveMinuteTotals'] = new Map();
  for (const [start, counters] of rollup.fiveMinuteTotals) {
    addCounters(countersAt(hourlyTotals, calendar.floor(start, 'hour')), counters);
  }
  return { ...rollup, fiveMinuteTotals: hourlyTotals };
}
