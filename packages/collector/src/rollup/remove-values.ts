/** Removes values from the numbers: what was counted of them is counted as `(other)`. Bounded in time, with a place to go on. */

import { setImmediate } from 'node:timers/promises';
import { withoutValues } from '../columns/without-values.js';
import { DIMENSIONS, type Dimension, splitEdge } from '../events/dimensions.js';
import { OTHER } from '../events/over-budget.js';
import type { RollupKind, RollupState, RollupStore } from '../storage/rollup-store.js';
import { DAY_MS, utcDay } from '../time/ms.js';
import type { Rollup } from './aggregate.js';
import { rewriteState } from './erase-columns.js';
import { decodeRollup, encodeRollup, encodeSplit } from './rollup-codec.js';
import type { ColumnsContext } from './rollup-context.js';
import { moveToOther } from './row-set.js';

const KINDS: readonly RollupKind[] = ['hour', 'day', 'month'];
/** What is read of a kind at once: at most 24 hours, 8 days or 2 months. */
const WINDOW_MS: Record<RollupKind, number> = { hour: DAY_MS, day: 8 * DAY_MS, month: 60 * DAY_MS };
/** Days later than this may not be closed yet: they are to be made of their hours, not of what raw events still say. */
const MAYBE_OPEN_MS = 4 * DAY_MS;
/** How often a state is read again that somebody else has put meanwhile. */
const MAX_ATTEMPTS = 10;

export interface UnwantedValues {
  /** Whether a value, or one part of a pair, is to go. */
  isUnwanted(value: string): boolean;
  dimensions: readonly Dimension[];
}

/** Where a removal goes on: states before it are done. */
export interface RemovalPosition {
  kind: RollupKind;
  shard: number;
  start: number;
}

export interface Removed {
  /** Hours, days and months that were changed. */
  states: number;
  /** Rows that were moved to `(other)`. */
  rows: number;
  /** Present where time was up. */
  next?: RemovalPosition;
}

export interface Removal {
  rollups: RollupStore;
  site: string;
  shards: number;
  unwanted: UnwantedValues;
  /** Absent: nothing is stored by column. */
  columns?: ColumnsContext | undefined;
  from: RemovalPosition | undefined;
  /** By own clock, in ms. */
  until: number;
}

export async function removeValues(removal: Removal): Promise<Removed> {
  const { rollups, site, from, until } = removal;
  const removed: Removed = { states: 0, rows: 0 };
  for (const { kind, shard, start } of listPositions(removal)) {
    const partition = { site, shard, kind };
    const end = rollups.now() + DAY_MS;
    let position = from && from.kind === kind && from.shard === shard ? from.start : start;
    while (position < end) {
      const [first] = (
        await rollups.rollups({ ...partition, from: position, to: end }, { limit: 1, consistent: true })
      ).states;
      if (!first) break;
      const range = { ...partition, from: first.start, to: first.start + WINDOW_MS[kind] };
      const { states } = await rollups.rollups(range, { consistent: true, edges: kind !== 'hour' });
      for (const state of states) {
        const rows = await clean(removal, state);
        const isInColumns = await cleanColumns(removal, state);
        if (rows > 0 || isInColumns) removed.states += 1;
        removed.rows += rows;
        // Requests go first: to unpack a state takes some milliseconds.
        await setImmediate();
      }
      position = range.to;
      if (Date.now() >= until) return { ...removed, next: { kind, shard, start: position } };
    }
  }
  return removed;
}

/** Kind by kind, hours first: days are made of hours, and months of days. */
function listPositions({ shards, from }: Removal): RemovalPosition[] {
  const positions = KINDS.flatMap((kind) =>
    Array.from({ length: shards }, (_, shard) => ({ kind, shard, start: 0 })),
  );
  const position = positions.findIndex(({ kind, shard }) => kind === from?.kind && shard === from.shard);
  return positions.slice(Math.max(0, position));
}

/** Returns the rows moved. */
async function clean({ rollups, unwanted }: Removal, read: RollupState): Promise<number> {
  const { site, shard, kind, start } = read;
  let state: RollupState | undefined = read;
  for (let attempt = 0; state && attempt < MAX_ATTEMPTS; attempt += 1) {
    const rollup = decodeRollup(state);
    const rows = moveUnwanted(rollup, unwanted);
    if (rows === 0) return 0;
    if (kind === 'hour' && start > rollups.now() - MAYBE_OPEN_MS) await markOpenDay(rollups, state);
    const encoded = kind === 'hour' ? { body: encodeRollup(rollup) } : encodeSplit(rollup);
    if (await rollups.putRollup({ ...state, ...encoded, version: state.version + 1 })) return rows;
    const range = { site, shard, kind, from: start, to: start + 1 };
    [state] = (await rollups.rollups(range, { consistent: true, edges: kind !== 'hour' })).states;
  }
  throw new Error(
    `the ${kind} of ${new Date(start).toISOString()} changed ${MAX_ATTEMPTS} times while it was read`,
  );
}

/** Whether the columns of a day had any of the values. */
async function cleanColumns({ rollups, unwanted, columns }: Removal, state: RollupState): Promise<boolean> {
  if (!columns || !state.columns || state.kind !== 'day') return false;
  return rewriteState(
    { rollups, columns },
    state,
    async (read) => withoutValues(await read(), unwanted),
    false,
  );
}

const markOpenDay = (rollups: RollupStore, { site, start }: RollupState) =>
  rollups.markDay(site, { day: utcDay(start), cause: 'erase', marked_at: rollups.now() });

function moveUnwanted({ rows }: Rollup, { dimensions, isUnwanted }: UnwantedValues): number {
  let moved = 0;
  for (const dimension of dimensions) {
    const set = rows[dimension];
    for (const [value, counters] of [...set]) {
      if (value === OTHER || !splitEdge(value).some(isUnwanted)) continue;
      moveToOther(set, value, counters);
      moved += 1;
    }
  }
  return moved;
}

export const isRemovable = (name: string): name is Dimension => DIMENSIONS.some((known) => known === name);
