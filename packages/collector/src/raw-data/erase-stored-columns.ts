/** Looks for a person in the columns of all days kept: what led to them has expired with the log. */
import { invalid } from '../http/query-params.js';
import { type ColumnsStore, eraseFromState } from '../rollup/erase-columns.js';
import type { ErasedOwner } from '../segments/erased-owners.js';
import { maxShards } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { RollupState } from '../storage/rollup-store.js';
import { DAY_MS } from '../time/ms.js';

/** Days whose columns are looked at at once. */
const AT_ONCE = 8;
const WINDOW_MS = 16 * DAY_MS;
/** Further back than columns can be kept. */
const MAX_AGE_MS = 3_651 * DAY_MS;

/** Of an erasure whose log is done: days that start before that time (ms) are left. */
export const writeColumnsCursor = (before: number): string => `columns-${before}`;

export function readColumnsCursor(cursor: string | undefined): number | undefined {
  const [, before] = /^columns-(\d{1,15})$/.exec(cursor ?? '') ?? [];
  return before === undefined ? undefined : Number(before);
}

export interface StoredErasure extends ColumnsStore {
  site: ResolvedSite;
  owner: ErasedOwner;
  /** Days that start before then (ms). Default: all. */
  before?: number | undefined;
  /** By own clock, in ms. */
  until: number;
}

/** Newest days first. Returns the time before which days are left; undefined where none is. */
export async function eraseStoredColumns(erasure: StoredErasure): Promise<number | undefined> {
  const { rollups, site, until } = erasure;
  const now = rollups.now();
  let before = erasure.before ?? now;
  if (before > now) throw invalid('after', 'must be the cursor of an earlier response');
  const oldest = now - MAX_AGE_MS;
  while (before > oldest) {
    const states: RollupState[] = [];
    let newest = 0;
    for (let shard = 0; shard < maxShards(site.shards); shard += 1) {
      const range = { site: site.id, shard, kind: 'day' } as const;
      const last = await rollups.newest(range, before);
      newest = Math.max(newest, last?.start ?? 0);
    }
    // Before the newest of all shards there is nothing between it and the bound.
    if (newest < oldest) return undefined;
    const from = newest + 1 - WINDOW_MS;
    for (let shard = 0; shard < maxShards(site.shards); shard += 1) {
      const range = { site: site.id, shard, kind: 'day', from, to: before } as const;
      states.push(...(await rollups.rollups(range, { consistent: true })).states);
    }
    await eraseAll(erasure, states);
    before = from;
    if (Date.now() >= until && before > oldest) return before;
  }
  return undefined;
}

async function eraseAll(erasure: StoredErasure, states: RollupState[]): Promise<void> {
  const left = states.filter(({ columns }) => columns && columns.segments.length > 0);
  for (let index = 0; index < left.length; index += AT_ONCE)
    await Promise.all(
      left
        .slice(index, index + AT_ONCE)
        .map((state) => eraseFromState(erasure, state, [erasure.owner], false)),
    );
}
