/** Folds hours and days anew whose log an import has added to. */
import { hourState, type OpenHour } from './advance.js';
import { foldDay, foldStretch } from './close-day.js';
import { foldMonth } from './close-month.js';
import { DAY_CLOSES_AFTER_MS, type RollupContext, type RollupSite } from './context.js';

const DAY_MS = 86_400_000;

/**
 * Refolds the site's marked days once their writes have settled. The hours of all shards must have been advanced
 * to the same `settled` (ms) before: then no hour is put here while one before it is still open.
 */
export async function refoldMarked(context: RollupContext, site: RollupSite, settled: number): Promise<void> {
  for (const mark of await context.rollups.markedDays(site.id, 'import')) {
    if (mark.marked_at > settled) continue;
    const from = Date.parse(mark.day);
    for (let shard = 0; shard < site.shards; shard += 1) {
      await refoldHours(context, site, shard, { from, to: from + DAY_MS, settled });
      await refoldDays(context, site, shard, from, from + DAY_MS);
    }
    await context.rollups.clearMark(site.id, mark);
  }
}

async function refoldHours(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  { from, to, settled }: { from: number; to: number; settled: number },
) {
  const { calendar } = site;
  for (let start = calendar.floor(from, 'hour'); start < Math.min(to, settled); ) {
    const end = calendar.next(start, 'hour');
    while (!(await refoldHour(context, site, shard, { start, end, settled })));
    start = end;
  }
}

/** Replaces one hour's numbers by a fold of its log up to the same offset; false if it moved meanwhile. */
async function refoldHour(
  context: RollupContext,
  site: RollupSite,
  shard: number,
  { start, end, settled }: { start: number; end: number; settled: number },
): Promise<boolean> {
  const range = { site: site.id, shard, kind: 'hour', from: start, to: start + 1 } as const;
  const [before] = (await context.rollups.rollups(range, { consistent: true })).states;
  const through = before?.through ?? Math.min(end, settled);
  const rollup = await foldStretch(context, site, shard, start, through);
  if (!before && rollup.totals.events + rollup.bot_events === 0) return true;
  const hour: OpenHour = { start, end, through, version: before?.version ?? 0, rollup };
  return context.rollups.putRollup(hourState(site, shard, hour));
}

/** Folds the days anew that are over; one that is not is closed in its turn. */
async function refoldDays(context: RollupContext, site: RollupSite, shard: number, from: number, to: number) {
  const { calendar } = site;
  for (let start = calendar.floor(from, 'day'); start < to; start = calendar.next(start, 'day')) {
    const isOver = calendar.next(start, 'day') + DAY_CLOSES_AFTER_MS <= context.rollups.now();
    for (let done = !isOver; !done; ) {
      const range = { site: site.id, shard, kind: 'day', from: start, to: start + 1 } as const;
      const [before] = (await context.rollups.rollups(range, { consistent: true })).states;
      done = await foldDay(context, site, shard, start, before);
    }
    await foldMonth(context, site, shard, calendar.floor(start, 'month'));
  }
}
