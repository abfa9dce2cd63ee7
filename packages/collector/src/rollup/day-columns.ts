/** The columns of a day that is closed: built of the same batches as its numbers, and never in their way. */
import { PIECE_SLICE_EVENTS, SLICE_EVENTS } from '../budgets.js';
import type { Chunk } from '../columns/chunk.js';
import { withoutEvents } from '../columns/derive-chunk.js';
import { decodeOwner, matchOwners } from '../segments/erased-owners.js';
import { deleteSegments, type SegmentExpiry, toColumns, writeSlices } from '../segments/write-segment.js';
import type { ColumnsRetention } from '../sites/site-registry.js';
import type { RollupKey, RollupState, RollupStore } from '../storage/rollup-store.js';
import type { SegmentRef, StoredColumns } from '../storage/segment-store.js';
import { DAY_MS, utcDay, utcDays } from '../time/ms.js';
import { DayChunks } from './day-chunks.js';
import type { RollupContext, RollupSite } from './rollup-context.js';

/** @param version of the state that is to name them. Undefined where no columns are wanted */
export function startColumns(
  context: RollupContext,
  site: RollupSite,
  key: RollupKey,
  version: number,
): DayChunks | undefined {
  const { columns, rollups, hash } = context;
  if (!columns || !site.columns) return undefined;
  const end = site.calendar.next(key.start, 'day');
  const expiry = toExpiry(site.columns, end);
  return new DayChunks({
    ...{ hash, from: key.start, to: end, pieceEvents: columns.pieceEvents },
    async write(built, { bots, isPiece }) {
      const chunk = await withoutErased(rollups, site.id, built, key.start, end);
      const { events } = chunk;
      if (events === 0) return { segments: [], events };
      const sliceEvents = columns.sliceEvents ?? (isPiece ? PIECE_SLICE_EVENTS : SLICE_EVENTS);
      const writer = { ...columns, store: rollups, sliceEvents };
      const segments = await writeSlices(writer, key, version, chunk, expiry);
      return { segments: bots ? segments.map((ref) => ({ ...ref, bots })) : segments, events };
    },
    discard: (segments) => deleteSegments(rollups, key, segments),
  });
}

/**
 * Writes what is left of a day that was aggregated. Undefined where that is not wanted, or failed: then it is reported, and
 * the day is marked for a later round.
 */
export async function writeDayColumns(
  context: RollupContext,
  site: RollupSite,
  key: RollupKey,
  { columns, end }: { columns: DayChunks | undefined; end: number },
): Promise<StoredColumns | undefined> {
  if (!columns || !site.columns) return undefined;
  try {
    const { segments, events } = await columns.finish();
    return toColumns(segments, { events, through: end, expiry: toExpiry(site.columns, end) });
  } catch (error) {
    await reportMissing(context, site, key, error);
    return undefined;
  }
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
const toExpiry = ({ days, detailDays }: ColumnsRetention, end: number): SegmentExpiry => ({
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
