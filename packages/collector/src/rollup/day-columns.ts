/** The columns of a day that is closed: built of the same batches as its numbers, and never in their way. */
import type { Chunk } from '../columns/chunk.js';
import { type ChunkBuilder, createChunkBuilder } from '../columns/chunk-builder.js';
import { withoutEvents } from '../columns/derive-chunk.js';
import { decodeOwner, matchOwners } from '../segments/erased-owners.js';
import { deleteSegments, type SegmentExpiry, toColumns, writeSlices } from '../segments/write-segment.js';
import type { ColumnsRetention } from '../sites/site-registry.js';
import type { RollupKey, RollupState, RollupStore } from '../storage/rollup-store.js';
import type { SegmentRef, StoredColumns } from '../storage/segment-store.js';
import { DAY_MS, utcDay, utcDays } from '../time/ms.js';
import type { LogAggregate } from './aggregate-log.js';
import type { ColumnsContext, RollupContext, RollupSite } from './rollup-context.js';

/** Undefined where no columns are wanted. */
export function startColumns(
  { columns, hash, countBots }: RollupContext,
  site: RollupSite,
  from: number,
  to: number,
): ChunkBuilder | undefined {
  return columns && site.columns && createChunkBuilder({ hash, countBots, from, to });
}

/**
 * Writes what was aggregated of a day, for the version of its state that is to name it. Undefined where that is not wanted,
 * or failed: then it is reported, and the day is marked for a later round.
 */
export async function writeDayColumns(
  context: RollupContext,
  site: RollupSite,
  key: RollupKey,
  { aggregate, version, end }: { aggregate: LogAggregate; version: number; end: number },
): Promise<StoredColumns | undefined> {
  const { columns } = context;
  if (!columns || !site.columns) return undefined;
  const expiry = toExpiry(site.columns, end);
  // Too many to be built in memory: the state says that it holds none, so that nobody tries again.
  if (!aggregate.columns) return toColumns([], { events: 0, through: key.start, expiry });
  try {
    const chunk = await withoutErased(context.rollups, site.id, aggregate.columns.build(), key.start, end);
    return await writeColumns(context.rollups, columns, key, { version, chunk, through: end, expiry });
  } catch (error) {
    await reportMissing(context, site, key, error);
    return undefined;
  }
}

/** What a state that says how the chunk is stored should say. */
export async function writeColumns(
  store: RollupStore,
  columns: ColumnsContext,
  key: RollupKey,
  {
    version,
    chunk,
    through,
    expiry,
  }: { version: number; chunk: Chunk; through: number; expiry: SegmentExpiry },
): Promise<StoredColumns> {
  const { events } = chunk;
  const refs = events === 0 ? [] : await writeSlices({ ...columns, store }, key, version, chunk, expiry);
  return toColumns(refs, { events, through, expiry });
}

/**
 * Deletes the segments that a put was to name that was refused, unless it was that very put that is stored: what the state
 * does not name now, none names later.
 */
export async function discardUnnamed(
  store: RollupStore,
  key: RollupKey,
  version: number,
  segments: readonly SegmentRef[],
): Promise<void> {
  if (segments.length === 0) return;
  const state = await readState(store, key);
  if (!state || state.version < version) return;
  const named = new Set(state.columns?.segments.map(({ id }) => id));
  await deleteSegments(
    store,
    key,
    segments.filter(({ id }) => !named.has(id)),
  );
}

/** One state, strongly consistent. */
export async function readState(
  store: RollupStore,
  { site, shard, kind, start }: RollupKey,
): Promise<RollupState | undefined> {
  const range = { site, shard, kind, from: start, to: start + 1 };
  return (await store.rollups(range, { consistent: true })).states[0];
}

/** @param end of the hour or day (ms) */
export const toExpiry = ({ days, detailDays }: ColumnsRetention, end: number): SegmentExpiry => ({
  columns: Math.ceil((end + days * DAY_MS) / 1_000),
  details: Math.ceil((end + Math.min(days, detailDays) * DAY_MS) / 1_000),
});

/** Marks a day whose columns are missing, and reports why; neither keeps the round from going on. */
export async function reportMissing(
  { rollups, onFailure }: RollupContext,
  site: Pick<RollupSite, 'id'>,
  { shard, start }: RollupKey,
  error: unknown,
): Promise<void> {
  const part = `columns ${shard} ${new Date(start).toISOString()}`;
  onFailure?.({ site: site.id, part, error });
  await markMissing(rollups, site.id, start).catch((failed: unknown) =>
    onFailure?.({ site: site.id, part, error: failed }),
  );
}

export const markMissing = (rollups: RollupStore, site: string, start: number): Promise<void> =>
  rollups.markDay(site, { day: utcDay(start), cause: 'columns', marked_at: rollups.now() });

/** Erasures that are known when it is written; those under way are taken out once they are over. */
async function withoutErased(
  rollups: RollupStore,
  site: string,
  chunk: Chunk,
  from: number,
  to: number,
): Promise<Chunk> {
  const days = new Set(utcDays(from, to));
  const marks = await rollups.markedDays(site, 'erased', { fromDay: utcDay(from) });
  const owners = marks.flatMap(({ day, owner }) =>
    days.has(day) && owner !== undefined ? [decodeOwner(owner)] : [],
  );
  return owners.length === 0 ? chunk : withoutEvents(chunk, matchOwners(chunk, owners));
}
