/** Takes erased persons out of stored columns: at once where an erasure asks for it, and again when it has settled. */
import type { Chunk } from '../columns/chunk.js';
import { withoutEvents } from '../columns/derive-chunk.js';
import { decodeOwner, type ErasedOwner, hasMatch, matchOwners } from '../segments/erased-owners.js';
import { readSegment } from '../segments/read-segment.js';
import { listParts, writeSegment } from '../segments/write-segment.js';
import type { DayMark, RollupKey, RollupState, RollupStore } from '../storage/rollup-store.js';
import type { SegmentRef, StoredColumns } from '../storage/segment-store.js';
import { DAY_MS, HOUR_MS } from '../time/ms.js';
import { discardUnnamed, markMissing, readState } from './day-columns.js';
import type { ColumnsContext, RollupContext, RollupSite } from './rollup-context.js';

/** How often a state is read again that somebody else has put meanwhile. */
const MAX_ATTEMPTS = 10;
/** A site that erases all day has each of its days written again so often at most. */
const SCRUB_INTERVAL_MS = HOUR_MS;

export interface ColumnsStore {
  rollups: RollupStore;
  columns: ColumnsContext;
}

/**
 * Takes the owners' events out of what a state names; of an hour, all columns, since the log has the others.
 *
 * @param always whether the version goes up even where nothing was found: who read the log before then cannot put it back
 * @returns whether anything was found
 */
export async function eraseFromState(
  context: ColumnsStore,
  key: RollupKey,
  owners: readonly ErasedOwner[],
  always: boolean,
): Promise<boolean> {
  const { rollups } = context;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const state = await readState(rollups, key);
    if (!state) return false;
    const version = state.version + 1;
    const { columns, written, isFound } = await withoutOwners(context, state, owners);
    if (!isFound && !always) return false;
    if (await rollups.putColumns(key, state.version, columns)) {
      await deleteUnnamed(rollups, key, version, columns);
      return isFound;
    }
    await discardUnnamed(rollups, key, version, written);
  }
  throw new Error(`the ${key.kind} of ${new Date(key.start).toISOString()} changed ${MAX_ATTEMPTS} times`);
}

interface Cleaned {
  columns: StoredColumns | undefined;
  /** Segments that were written for it. */
  written: SegmentRef[];
  isFound: boolean;
}

async function withoutOwners(
  context: ColumnsStore,
  state: RollupState,
  owners: readonly ErasedOwner[],
): Promise<Cleaned> {
  const { columns } = state;
  const now = context.rollups.now();
  if (!columns || columns.expires_at * 1_000 <= now) return { columns, written: [], isFound: false };
  if (state.kind === 'hour') {
    const isFound = columns.segments.length > 0;
    return { columns: undefined, written: [], isFound };
  }
  const segments: SegmentRef[] = [];
  const written: SegmentRef[] = [];
  let { events } = columns;
  try {
    for (const ref of columns.segments) {
      const rest = await cleanSegment(context, state, ref, owners, now);
      if (rest === undefined) segments.push(ref);
      else {
        events -= rest.erased;
        if (rest.chunk.events === 0) continue;
        const replaced = await rewrite(context, state, columns, ref, rest.chunk);
        written.push(replaced);
        segments.push(replaced);
      }
    }
    const isFound = events < columns.events;
    return { columns: { ...columns, events, scrubbed: now, segments }, written, isFound };
  } catch (error) {
    await discardUnnamed(context.rollups, state, state.version, written);
    if (isStoreFailure(error)) throw error;
    // What cannot be read may hold anybody's events: it goes, and the day is built again while the log has it.
    await markMissing(context.rollups, state.site, state.start);
    return { columns: undefined, written: [], isFound: true };
  }
}

const isStoreFailure = (error: unknown) => error instanceof Error && error.name === 'StoreUnavailableError';

/** Undefined where the segment has nothing of the owners. */
async function cleanSegment(
  { rollups }: ColumnsStore,
  key: RollupKey,
  ref: SegmentRef,
  owners: readonly ErasedOwner[],
  nowMs: number,
): Promise<{ chunk: Chunk; erased: number } | undefined> {
  const options = { nowMs, consistent: true };
  const { chunk: ids } = await readSegment(rollups, key, ref, { ...options, groups: ['context', 'ids'] });
  const goneBefore = matchOwners(ids, owners);
  if (!hasMatch(ids, goneBefore)) return undefined;
  const { chunk } = await readSegment(rollups, key, ref, options);
  const rest = withoutEvents(chunk, goneBefore);
  const erased = chunk.events - rest.events;
  return erased > 0 ? { chunk: rest, erased } : undefined;
}

function rewrite(
  { rollups, columns }: ColumnsStore,
  state: RollupState,
  stored: StoredColumns,
  ref: SegmentRef,
  chunk: Chunk,
): Promise<SegmentRef> {
  const details = Object.values(ref.groups).map(({ expires_at = stored.expires_at }) => expires_at);
  const expiry = { columns: stored.expires_at, details: Math.min(stored.expires_at, ...details) };
  return writeSegment({ ...columns, store: rollups }, state, state.version + 1, chunk, expiry);
}

/** What no state names, nor can come to name: an attempt for a version that is past is refused. */
async function deleteUnnamed(
  store: RollupStore,
  key: RollupKey,
  version: number,
  columns: StoredColumns | undefined,
): Promise<void> {
  const named = new Set(columns?.segments.flatMap((ref) => listParts(ref)).map(({ segment }) => segment));
  const parts = await store.listSegmentParts(key, version);
  await store.deleteSegmentParts(
    key,
    parts.filter(({ segment }) => !named.has(segment)),
  );
}

export interface ScrubTimes {
  /** Erasures that were marked before then (ms) have settled. */
  horizon: number;
  /** Days that ended before then (ms) are closed. */
  until: number;
}

/** Takes erasures that have settled out of the columns of their days; their marks stay until these days are closed. */
export async function scrubErased(
  context: RollupContext,
  site: RollupSite,
  { horizon, until }: ScrubTimes,
): Promise<void> {
  const { columns } = context;
  if (!columns) return;
  const marks = await context.rollups.markedDays(site.id, 'erased');
  const byDay = new Map<string, DayMark[]>();
  for (const mark of marks) {
    if (mark.marked_at <= horizon) byDay.set(mark.day, [...(byDay.get(mark.day) ?? []), mark]);
  }
  for (const [day, settled] of byDay) {
    if (context.isOverdue?.()) return;
    const owners = settled.flatMap(({ owner }) => (owner === undefined ? [] : [decodeOwner(owner)]));
    if (!(await scrubDay({ ...context, columns }, site, Date.parse(day), owners, until))) continue;
    for (const mark of settled) await context.rollups.clearMark(site.id, mark);
  }
}

/** Whether all days of the site's zone that overlap the UTC day are closed, and done. */
async function scrubDay(
  context: RollupContext & ColumnsStore,
  site: RollupSite,
  from: number,
  owners: readonly ErasedOwner[],
  until: number,
): Promise<boolean> {
  let isDone = true;
  for (let shard = 0; shard < site.shards; shard += 1) {
    const range = { site: site.id, shard, kind: 'day', from: from - 2 * DAY_MS, to: from + DAY_MS } as const;
    const { states } = await context.rollups.rollups(range, { consistent: true });
    const days = states.filter(({ through }) => through > from);
    const scrubbedAt = Math.max(0, ...days.map(({ columns }) => columns?.scrubbed ?? 0));
    if (context.rollups.now() - scrubbedAt < SCRUB_INTERVAL_MS) isDone = false;
    else for (const day of days) await eraseFromState(context, day, owners, true);
    const closed = new Set(days.map(({ start }) => start));
    if (!(await scrubOpenDays(context, site, { shard, from, closed, until }))) isDone = false;
  }
  return isDone;
}

/** Whether none is open. */
async function scrubOpenDays(
  context: ColumnsStore,
  { id, calendar }: RollupSite,
  { shard, from, closed, until }: { shard: number; from: number; closed: Set<number>; until: number },
): Promise<boolean> {
  let areClosed = true;
  for (let start = calendar.floor(from, 'day'); start < from + DAY_MS; start = calendar.next(start, 'day')) {
    if (closed.has(start)) continue;
    const end = calendar.next(start, 'day');
    const range = { site: id, shard, kind: 'hour', from: start, to: end } as const;
    const { states } = await context.rollups.rollups(range, { consistent: true });
    for (const hour of states) if (hour.columns) await eraseFromState(context, hour, [], true);
    // One without hours had no traffic: it is never closed.
    if (states.length > 0 || end > until) areClosed = false;
  }
  return areClosed;
}
