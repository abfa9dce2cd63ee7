/** Folds hours and days anew whose log an import has added to. */
import type { DayMark } from '../storage/rollup-store.js';
import { type FoldedHour, hourState } from './advance-hours.js';
import { foldStretch } from './aggregate-log.js';
import { type Part, partOf } from './failed-parts.js';
import { foldDay } from './finalize-days.js';
import { foldMonth } from './finalize-months.js';
import { DAY_CLOSES_AFTER_MS, type RollupContext, type RollupSite } from './rollup-context.js';

const DAY_MS = 86_400_000;

/** The days that an import has added to, once its writes have settled. */
export async function settledMarks(
  context: RollupContext,
  site: RollupSite,
  settled: number,
): Promise<DayMark[]> {
  const marks = await context.rollups.markedDays(site.id, 'import');
  return marks.filter(({ marked_at }) => marked_at <= settled);
}

/**
 * Folds the hours of marked days anew. All shards must have been advanced to the same `settled` (ms) before: then no
 * hour is put here while one before it is still to be gone on with.
 */
export async function rebuildDirtyHours(
  context: RollupContext,
  site: RollupSite,
  marks: DayMark[],
  settled: number,
): Promise<void> {
  const histories = marks.length > 0 ? await context.rollups.markedDays(site.id, 'history') : [];
  for (const { day } of marks) {
    const from = Date.parse(day);
    const history = histories.find((mark) => mark.day === day);
    for (let shard = 0; shard < site.shards; shard += 1) {
      const stretch = { from, to: from + DAY_MS, settled, keptFrom: history?.marked_at };
      await refoldHours(context, site, shard, stretch);
    }
  }
}

/**
 * Folds marked days anew and takes their marks away. Days that end no later than `until` (ms) must have been closed
 * before: who closes them goes on after the newest.
 */
export async function rebuildDirtyDays(
  context: RollupContext,
  site: RollupSite,
  marks: DayMark[],
  until: number,
): Promise<void> {
  for (const mark of marks) {
    const from = Date.parse(mark.day);
    for (let shard = 0; shard < site.shards; shard += 1) {
      await refoldDays(context, site, shard, { from, to: from + DAY_MS, until });
    }
    await context.rollups.clearMark(site.id, mark);
  }
}

/** Tries again what failed in an earlier round; what fails once more stays marked. */
export async function retryFailed(
  context: RollupContext,
  site: RollupSite,
  { settled, failedBefore }: { settled: number; failedBefore: number },
): Promise<void> {
  const until = context.rollups.now() - DAY_CLOSES_AFTER_MS;
  for (const mark of await context.rollups.markedDays(site.id, 'failed')) {
    const part = partOf(mark);
    if (!part || mark.marked_at > failedBefore) continue;
    try {
      await refoldPart(context, site, part, settled, until);
      await context.rollups.clearMark(site.id, mark);
    } catch (error) {
      if (!context.onFailure) throw error;
      context.onFailure({ site: site.id, part: mark.part ?? mark.day, error });
    }
  }
}

async function refoldPart(
  context: RollupContext,
  site: RollupSite,
  { kind, shard, start }: Part,
  settled: number,
  until: number,
): Promise<void> {
  const to = start + 1;
  if (kind === 'hour')
    await refoldHours(context, site, shard, { from: start, to, settled, keptFrom: undefined });
  if (kind === 'month') await foldMonth(context, site, shard, start, until);
  else await refoldDays(context, site, shard, { from: start, to, until });
}

interface Refolding {
  settled: number;
  /** When the first of the raw data was stored (ms), where that was not on arrival: of a day that imports alone have filled. */
  keptFrom: number | undefined;
}

async function refoldHours(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  { from, to, settled, keptFrom }: Refolding & { from: number; to: number },
) {
  const { calendar } = site;
  for (let start = calendar.floor(from, 'hour'); start < Math.min(to, settled); ) {
    const end = calendar.next(start, 'hour');
    while (!(await refoldHour(context, site, shard, { start, end, settled, keptFrom })));
    start = end;
  }
}

/**
 * Replaces one hour's numbers by a fold of its log, up to `settled` where it was not folded further; false if it moved
 * meanwhile. An hour that is not whole may come to stand behind a newer one, where a later round found it empty and went
 * past it: nobody goes on with it then. What is in it came from an import after that round had looked. The import's mark
 * is later than the end of the hour, and only a round that has settled past the mark takes it away: after having made
 * the hour whole, here.
 */
async function refoldHour(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  { start, end, settled, keptFrom = start }: Refolding & { start: number; end: number },
): Promise<boolean> {
  const range = { site: site.id, shard, kind: 'hour', from: start, to: start + 1 } as const;
  const [before] = (await context.rollups.rollups(range, { consistent: true })).states;
  // What was folded from raw data that is gone stays as it is: the log would give less.
  const isExpired = keptFrom + site.retentionDays * DAY_MS <= context.rollups.now();
  if (before && isExpired) return true;
  const through = Math.max(before?.through ?? 0, Math.min(end, settled));
  const rollup = await foldStretch(context, site, shard, start, through);
  if (!before && rollup.totals.events + rollup.bot_events === 0) return true;
  const previous = before
    ? before.previous
    : (await context.rollups.newest({ site: site.id, shard, kind: 'hour' }, start))?.start;
  const hour: FoldedHour = { start, end, through, version: before?.version ?? 0, rollup, previous };
  return context.rollups.putRollup(hourState(site, shard, hour));
}

/** Folds the days anew that end no later than `until`; one that does not is closed in its turn. */
async function refoldDays(
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
      done = await foldDay(context, site, shard, start, before);
    }
    await foldMonth(context, site, shard, calendar.floor(start, 'month'), until);
  }
}
