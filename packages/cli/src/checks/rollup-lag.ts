/** Checks how far roll-ups are behind the log: what they leave, each process that answers reads for itself. Writes nothing. */
import type { Store } from '@liveinsight/collector';
import { firstArrival } from '@liveinsight/collector/event-log';
import { DAY_MS } from '../time.js';
import { type Finding, warning } from './finding.js';

const MINUTE_MS = 60_000;
/** An hour is stored some minutes after its end. */
const MAX_LAG_MS = 90 * MINUTE_MS;
/** So far back where nothing is stored. */
const LOOKBACK_MS = 8 * DAY_MS;
/** Sites have no more. */
const MAX_SHARDS = 256;

export async function checkLag(store: Store, site: string): Promise<Finding[]> {
  const now = store.now();
  let oldest = Number.POSITIVE_INFINITY;
  for (let shard = 0; shard < MAX_SHARDS; shard += 1) {
    const newest = await store.newest({ site, shard, kind: 'hour' }, now);
    // Shards are used in order.
    if (!newest && shard > 0) break;
    const from = newest?.through ?? now - LOOKBACK_MS;
    oldest = Math.min(oldest, (await firstArrival(store, { site, shard, from, to: now })) ?? oldest);
  }
  if (oldest > now - MAX_LAG_MS) return [];
  const since = new Date(oldest).toISOString();
  return [warning('numbers', `${site}: events since ${since} are not rolled up yet`, REMEDY)];
}

const REMEDY =
  'Keep a collector with rollUpEverySeconds running, or schedule `liveinsight rollup`. Until then statistics may be as of an earlier time.';
