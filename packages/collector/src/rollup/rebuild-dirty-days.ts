/** Aggregates hours and days again whose log an import has added to. */

import type { DayMark } from '../storage/rollup-store.js';
import { DAY_MS } from '../time/ms.js';
import { type AggregatedHour, hourState } from './advance-hours.js';
import { aggregateRange } from './aggregate-log.js';
import { type Part, parsePart } from './failed-parts.js';
import { finalizeDay } from './finalize-days.js';
import { rebuildMonth } from './finalize-months.js';
import { DAY_CLOSES_AFTER_MS, type RollupContext, type RollupSite } from './rollup-context.js';

/** The days that an import has added to, once its writes have settled. */
export async function loadDirtyDays(
  context: RollupContext,
  site: RollupSite,
  horizon: number,
): Promise<DayMark[]> {
  const dirtyDays = await context.rollups.markedDays(site.id, 'import');
  return dirtyDays.filter(({ marked_at }) => marked_at <= horizon);
}

/**
 * Aggregates the hours of dirty days again. All shards must have been advanced to the same `horizon` (ms) before: then no
 * hour is put here while one before it is still to be gone on with.
 */
export async function rebuildDirtyHours(
  context: RollupContext,
  site: RollupSite,
  dirtyDays: DayMark[],
  horizon: number,
): Promise<void> {
  const histories = dirtyDays.length > 0 ? await context.rollups.markedDays(site.id, 'history') : [];
  for (const { day } of dirtyDays) {
    const from = Date.parse(day);
    const history = histories.find((dirtyDay) => dirtyDay.day === day);
    for (let shard = 0; shard < site.shards; shard += 1) {
      const range = { from, to: from + DAY_MS, horizon, retainedFrom: history?.marked_at };
      await rebuildHours(context, site, shard, range);
    }
  }
}

/**
 * Aggregates dirty days again and removes their marks. Days that end no later than `until` (ms) must have been closed
 * before: who closes them goes on after the newest.
 */
export async function rebuildDirtyDays(
  context: RollupContext,
  site: RollupSite,
  dirtyDays: DayMark[],
  until: number,
): Promise<void> {
  for (const dirtyDay of dirtyDays) {
    const from = Date.parse(dirtyDay.day);
    for (let shard = 0; shard < site.shards; shard += 1) {
      await rebuildDays(context, site, shard, { from, to: from + DAY_MS, until });
    }
    await context.rollups.clearMark(site.id, dirtyDay);
  }
}

/** Tries again what failed in an earlier round; what fails once more stays marked. */
export async function retryFailed(
  context: RollupContext,
  site: RollupSite,
  { horizon, failedBefore }: { horizon: number; failedBefore: number },
): Promise<void> {
  const until = context.rollups.now() - DAY_CLOSES_AFTER_MS;
  for (const dirtyDay of await context.rollups.markedDays(site.id, 'failed')) {
    const part = parsePart(dirtyDay);
    if (!part || dirtyDay.marked_at > failedBefore) continue;
    try {
      await rebuildPart(context, site, part, horizon, until);
      await context.rollups.clearMark(site.id, dirtyDay);
    } catch (error) {
      if (!context.onFailure) throw error;
      context.onFailure({ site: site.id, part: dirtyDay.part ?? dirtyDay.day, error });
    }
  }
}

async function rebuildPart(
  context: RollupContext,
  site: RollupSite,
  { kind, shard, start }: Part,
  horizon: number,
  until: number,
): Promise<void> {
  const to = start + 1;
  if (kind === 'hour')
    await rebuildHours(context, site, shard, { from: start, to, horizon, retainedFrom: undefined });
  if (kind === 'month') await rebuildMonth(context, site, shard, start, until);
  else await rebuildDays(context, site, shard, { from: start, to, until });
}

interface RebuildOptions {
  horizon: number;
  /** When the first of the raw data was stored (ms), where that was not on arrival: of a day that imports alone have filled. */
  retainedFrom: number | undefined;
}

async function rebuildHours(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  { from, to, horizon, retainedFrom }: RebuildOptions & { from: number; to: number },
) {
  const { calendar } = site;
  for (let start = calendar.floor(from, 'hour'); start < Math.min(to, horizon); ) {
    const end = calendar.next(start, 'hour');
    while (!(await rebuildHour(context, site, shard, { start, end, horizon, retainedFrom })));
    start = end;
  }
}

/**
 * Replaces one hour's numbers by those of its log, up to `settled` where it was not aggregated further; false if it moved
 * meanwhile. An hour that is not whole may come to stand behind a newer one, where a later round found it empty and went
 * past it: nobody goes on with it then. What is in it came from an import after that round had looked. The import's mark
 * is later than the end of the hour, and only a round that has settled past the mark takes it away: after having made
 * the hour whole, here.
 */
async function rebuildHour(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  { start, end, horizon, retainedFrom = start }: RebuildOptions & { start: number; end: number },
): Promise<boolean> {
  const range = { site: site.id, shard, kind: 'hour', from: start, to: start + 1 } as const;
  const [before] = (await context.rollups.rollups(range, { consistent: true })).states;
  // What was aggregated from raw data that is gone stays as it is: the log would give less.
  const isExpired = retainedFrom + site.retentionDays * DAY_MS <= context.rollups.now();
  if (before && isExpired) return true;
  const through = Math.max(before?.through ?? 0, Math.min(end, horizon));
  const rollup = await aggregateRange(context, site, shard, start, through);
  if (!before && rollup.totals.events + rollup.bot_events === 0) return true;
  const previous = before
    ? before.previous
    : (await context.rollups.newest({ site: site.id, shard, kind: 'hour' }, start))?.start;
  const hour: AggregatedHour = { start, end, through, version: before?.version ?? 0, rollup, previous };
  return context.rollups.putRollup(hourState(site, shard, hour));
}

/** Aggregates the days again that end no later than `until`; one that does not is closed in its turn. */
async function rebuildDays(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  { from, to, until }: { from: number; to: number; until: number },
) {
  const { calendar } = site;
  for (let start = calendar.floor(from, 'day'); start < to; start = calendar.next(start, 'day')) {
    const isOver = calendar.next(start, 'day') <= until;
    for (let done = !isOver; !done; ) {
      const range = { site: site.id, shard, kind: 'day', from: start, to: start + 1 } as const;
      const [before] = (await context.rollups.rollups(range, { consistent: true })).states;
      done = await finalizeDay(context, site, shard, start, before);
    }
    await rebuildMonth(context, site, shard, calendar.floor(start, 'month'), until);
  }
}
