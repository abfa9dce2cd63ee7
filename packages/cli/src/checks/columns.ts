/** Checks that closed days are stored by column, which filters and reports read. Writes nothing. */
import type { RollupState, Store } from '@liveinsight/collector';
import { DAY_MS } from '../time.js';
import { type Finding, ok, warning } from './finding.js';

/** Most sites store raw events for longer; days without raw events cannot be filled in. */
const LOOKBACK_MS = 28 * DAY_MS;
/** Sites have no more shards. */
const MAX_SHARDS = 256;

export async function checkColumns(store: Store, site: string): Promise<Finding[]> {
  const now = store.now();
  const days: RollupState[] = [];
  for (let shard = 0; shard < MAX_SHARDS; shard += 1) {
    const range = { site, shard, kind: 'day', from: now - LOOKBACK_MS, to: now } as const;
    const { states } = await store.rollups(range);
    // Shards are used in order.
    if (states.length === 0 && shard > 0) break;
    days.push(...states);
  }
  const stored = days.filter(({ columns }) => columns);
  // A site that stores none, or whose processes are of a version that does not.
  if (stored.length === 0) return [];
  const missing = new Set(days.filter(({ columns }) => !columns).map(({ start }) => start));
  if (missing.size > 0) {
    const count = missing.size === 1 ? '1 day is' : `${missing.size} days are`;
    return [warning('columns', `${site}: ${count} not stored by column`, REMEDY)];
  }
  const bytes = stored.reduce((sum, day) => sum + countBytes(day), 0);
  const events = stored.reduce((sum, { columns }) => sum + (columns?.events ?? 0), 0);
  const count = new Set(stored.map(({ start }) => start)).size;
  const inDays = count === 1 ? '1 day' : `${count} days`;
  return [ok('columns', `${site}: ${events} events of ${inDays} in ${bytes} bytes`)];
}

const countBytes = ({ columns }: RollupState): number =>
  (columns?.segments ?? [])
    .flatMap(({ groups }) => Object.values(groups))
    .reduce((sum, { bytes }) => sum + bytes, 0);

const REMEDY =
  'Roll-ups fill in one day a round. Until then filters read these days from raw events. If their number does not fall, read the log of the collector.';
