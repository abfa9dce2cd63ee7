/** How long the oldest event that is in no number yet has waited. */
import type { Site, Store } from '@liveinsight/collector';
import { SETTLE_MS, shardCount } from '@liveinsight/collector/config';
import { firstArrival } from '@liveinsight/collector/event-log';

const DAY_MS = 86_400_000;

/** In seconds, over all sites with traffic today or yesterday; 0 where nothing waits. An hour is normal for a quiet site. */
export async function rollupLag(store: Store, sites: Site[]): Promise<number> {
  const now = store.now();
  const days = [now - DAY_MS, now].map((at) => new Date(at).toISOString().slice(0, 10));
  const [yesterday = ''] = days;
  const active = new Set((await Promise.all(days.map((day) => store.activeSites(day)))).flat());
  let oldest = now;
  for (const site of sites.filter(({ id }) => active.has(id))) {
    for (let shard = 0; shard < shardCount(site); shard += 1) {
      const from = Date.parse(yesterday);
      oldest = Math.min(oldest, (await firstWaiting(store, { site: site.id, shard }, from, now)) ?? now);
    }
  }
  return Math.round((now - oldest) / 1000);
}

async function firstWaiting(store: Store, log: { site: string; shard: number }, from: number, now: number) {
  const through = (await store.newest({ ...log, kind: 'hour' }, now))?.through ?? 0;
  return firstArrival(store, { ...log, from: Math.max(from, through), to: now - SETTLE_MS });
}
