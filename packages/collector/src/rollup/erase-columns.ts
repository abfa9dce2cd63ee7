/** Takes erased persons out of stored columns: at once where an erasure asks for it, and again when it has settled. */
import type { Chunk, Group } from '../columns/chunk.js';
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

/** What is to be stored in place of a segment; undefined where it stays as it is. @param read of some groups, or of all */
export type CleanSegment = (read: (groups?: Group[]) => Promise<Chunk>) => Promise<Chunk | undefined>;

/**
 * Takes the owners' events out of what a state names; of an hour, all columns, since the log has the others.
 *
 * @param always whether the version goes up even where nothing was found: who read the log before then cannot put it back
 * @returns whether anything was found
 */
export const eraseFromState = (
  context: ColumnsStore,
  key: RollupKey,
  owners: readonly ErasedOwner[],
  always: boolean,
): Promise<boolean> => rewriteState(context, key, withoutOwners(owners), always);

/** Replaces the segments that a state names; see `eraseFromState`. */
export async function rewriteState(
  context: ColumnsStore,
  key: RollupKey,
  clean: CleanSegment,
  always: boolean,
): Promise<boolean> {
  const { rollups } = context;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const state = await readState(rollups, key);
    if (!state) return false;
    const version = state.version + 1;
    const { columns, written, isFound } = await cleanColumns(context, state, clean);
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

async function cleanColumns(
  context: ColumnsStore,
  state: RollupState,
  clean: CleanSegment,
): Promise<Cleaned> {
  const { columns } = state;
  const { rollups } = context;
  const nowMs = rollups.now();
  if (!columns || columns.expires_at * 1_000 <= nowMs) return { columns, written: [], isFound: false };
  if (state.kind === 'hour') {
    const isFound = columns.segments.length > 0;
    return { columns: undefined, written: [], isFound };
  }
  const segments: SegmentRef[] = [];
  const written: SegmentRef[] = [];
  let { events } = columns;
  let isFound = false;
  try {
    for (const ref of columns.segments) {
      const read = async (groups?: Group[]) =>
        (await readSegment(rollups, state, ref, { nowMs, consistent: true, ...(groups ? { groups } : {}) }))
          .chunk;
      const cleaned = await clean(read);
      if (cleaned === undefined) {
        segments.push(ref);
        continue;
      }
      isFound = true;
      events -= (await read(['context'])).events - cleaned.events;
      if (cleaned.events > 0) {
        const replaced = await rewrite(context, state, columns, ref, cleaned);
        written.push(replaced);
        segments.push(replaced);
      }
    }
    return { columns: { ...columns, events, scrubbed: nowMs, segments }, written, isFound };
  } catch (error) {
    await discardUnnamed(rollups, state, state.version, written);
    if (isStoreFailure(error)) throw error;
    // What cannot be read may hold anybody's events: it goes, and the day is built again while the log has it.
    await markMissing(rollups, state.site, state.start);
    return { columns: undefined, written: [], isFound: true };
  }
}

const isStoreFailure = (error: unknown) => error instanceof Error && error.name === 'StoreUnavailableError';

/** Looks at whose the sessions are first: most segments have nothing of the owners. */
const withoutOwners =
  (owners: readonly ErasedOwner[]): CleanSegment =>
  async (read) => {
    const ids = await read(['context', 'ids']);
    const goneBefore = matchOwners(ids, owners);
    if (!hasMatch(ids, goneBefore)) return undefined;
    const chunk = await read();
    const rest = withoutEvents(chunk, goneBefore);
    return rest.events < chunk.events ? rest : undefined;
  };

async function rewrite(
  { rollups, columns }: ColumnsStore,
  state: RollupState,
  stored: StoredColumns,
  ref: SegmentRef,
  chunk: Chunk,
): Promise<SegmentRef> {
  const details = Object.values(ref.groups).map(({ expires_at = stored.expires_at }) => expires_at);
  const expiry = { columns: stored.expires_at, details: Math.min(stored.expires_at, ...details) };
  const writer = { ...columns, store: rollups };
  const written = await writeSegment(writer, state, state.version + 1, chunk, expiry, ref.slice);
  return ref.bots ? { ...written, bots: true } : written;
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
