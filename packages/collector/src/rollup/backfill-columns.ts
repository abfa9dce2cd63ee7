/** Gives columns to days that have none: of an older version, or whose writing failed. One day a round, newest first. */
import { MAX_COLUMN_DAYS_TRIED } from '../budgets.js';
import { deleteSegments } from '../segments/write-segment.js';
import type { RollupState } from '../storage/rollup-store.js';
import { DAY_MS, HOUR_MS, utcDays } from '../time/ms.js';
import { aggregateUpTo, startAggregate } from './aggregate-log.js';
import type { DayChunks } from './day-chunks.js';
import { discardUnnamed, markMissing, readState, startColumns, writeDayColumns } from './day-columns.js';
import type { RollupContext, RollupSite } from './rollup-context.js';

/** A request that was signed longer ago is refused. */
const PUT_WITHIN_MS = HOUR_MS;

/** Marks the days without columns whose log is still there, once in the life of a process. */
export async function surveyColumns(context: RollupContext, site: RollupSite): Promise<void> {
  const { columns, rollups } = context;
  if (!columns || !site.columns || columns.surveyed.has(site.id)) return;
  const now = rollups.now();
  const missing = new Map<number, number>();
  for (let shard = 0; shard < site.shards; shard += 1) {
    const from = now - site.retentionDays * DAY_MS;
    const { states } = await rollups.rollups({ site: site.id, shard, kind: 'day', from, to: now });
    for (const { start, columns: stored } of states) if (!stored) missing.set(start, start);
  }
  for (const start of missing.keys()) await markMissing(rollups, site.id, start);
  columns.surveyed.add(site.id);
}

/** Builds the columns of the newest marked day. */
export async function backfillColumns(context: RollupContext, site: RollupSite): Promise<void> {
  const { rollups } = context;
  if (!context.columns || !site.columns) return;
  const marks = await rollups.markedDays(site.id, 'columns', { consistent: false });
  for (const mark of marks.reverse().slice(0, MAX_COLUMN_DAYS_TRIED)) {
    if (context.isOverdue?.()) return;
    const outcomes: Outcome[] = [];
    for (let shard = 0; shard < site.shards; shard += 1) {
      const from = Date.parse(mark.day);
      const range = { site: site.id, shard, kind: 'day', from, to: from + DAY_MS } as const;
      const { states } = await rollups.rollups(range, { consistent: true });
      for (const state of states) if (!state.columns) outcomes.push(await build(context, site, state));
    }
    if (!outcomes.includes('failed')) await rollups.clearMark(site.id, mark);
    if (outcomes.includes('built')) return;
  }
}

type Outcome = 'built' | 'failed' | 'expired';

async function build(context: RollupContext, site: RollupSite, state: RollupState): Promise<Outcome> {
  const { shard, start, through: end, version } = state;
  const key = { site: site.id, shard, kind: 'day', start } as const;
  if (!(await isLogWhole(context, site, start, end))) return 'expired';
  // The state was read before the log: an erasure or import in between changes the version.
  const aggregate = startAggregate(start, startColumns(context, site, key, version + 1));
  try {
    await aggregateUpTo(context, site, shard, aggregate, end);
    return await putBuilt(context, site, state, aggregate.columns);
  } finally {
    await aggregate.columns?.discard();
  }
}

async function putBuilt(
  context: RollupContext,
  site: RollupSite,
  { shard, start, through: end, version }: RollupState,
  built: DayChunks | undefined,
): Promise<Outcome> {
  const key = { site: site.id, shard, kind: 'day', start } as const;
  const columns = await writeDayColumns(context, site, key, { columns: built, end });
  if (!columns) return 'failed';
  // Some of it may have expired meanwhile.
  if (!(await isLogWhole(context, site, start, end))) {
    await deleteSegments(context.rollups, key, columns.segments);
    return 'expired';
  }
  if (await context.rollups.putColumns(key, version, columns)) return 'built';
  await discardUnnamed(context.rollups, key, version + 1, columns.segments);
  const now = await readState(context.rollups, key);
  return now?.columns ? 'built' : 'failed';
}

/**
 * Whether the log has all that arrived in that time, or was imported into it, and still has it when a put is answered. To be
 * asked right before columns are put: an erasure marks only what the log has, and the mark takes it out of what is put.
 */
export async function isLogWhole(
  { rollups }: RollupContext,
  { id, retentionDays }: RollupSite,
  from: number,
  to: number,
): Promise<boolean> {
  const isKept = (since: number) => since + retentionDays * DAY_MS > rollups.now() + PUT_WITHIN_MS;
  if (isKept(from)) return true;
  const histories = await rollups.markedDays(id, 'history');
  return utcDays(from, to).every((day) =>
    histories.some((mark) => mark.day === day && isKept(mark.marked_at)),
  );
}
