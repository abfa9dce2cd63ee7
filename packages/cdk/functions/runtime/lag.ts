/** How long the oldest event that is in no number yet has waited. */
import type { Site, Store } from '@liveinsight/collector';
import { SETTLE_MS, shardCount } from '@liveinsight/collector/config';

const DAY_MS = 86_400_000;

/** In seconds, over all sites with traffic today or yesterday; 0 where nothing waits. An hour is normal for a quiet site. */
export async function rollupLag(store: Store, sites: Site[]): Promise<number> {
  const now = store.now();
  const days = [now - DAY_MS, now].map((at) => new Date(at).toISOString().slice(0, 10));
  const active = new Set((await Promise.all(days.map((day) => store.activeSites(day)))).flat());
  let oldest = now;
  for (const site of sites.filter(({ id }) => active.has(id))) {
    for (let shard = 0; shard < shardCount(site); shard += 1) {
      oldest = Math.min(oldest, (await firstWaiting(store, site.id, shard, days, now)) ?? now);
    }
  }
  return Math.round((now - oldest) / 1000);
}

async function firstWaiting(store: Store, site: string, shard: number, days: string[], now: number) {
  const through = (await store.newest({ site, shard, kind: 'hour' }, now))?.through ?? 0;
  for (const day of days) {
    const from = Math.max(Date.parse(day), through);
    const to = Math.min(Date.parse(day) + DAY_MS, now - SETTLE_MS);
    if (from >= to) continue;
    const { batches } = await store.arrivals({ site, day, shard, from, to, limit: 1 });
    if (batches[0]) return batches[0].received_at;
  }
  return undefined;
}
