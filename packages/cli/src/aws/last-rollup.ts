/** Up to when the roll-ups of each site with traffic are stored. */
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { recentUtcDays } from '../time.js';
import { type Deployment, resourceName } from './deployment.js';

const LOOKBACK_DAYS = 8;

export interface LastRollup {
  site: string;
  /** ms; undefined before the first. */
  through: number | undefined;
}

export async function readLastRollups(deployment: Deployment): Promise<LastRollup[]> {
  if (deployment.region) process.env.AWS_REGION = deployment.region;
  const store = dynamoStore({
    eventsTable: resourceName(deployment, 'events'),
    rollupsTable: resourceName(deployment, 'rollups'),
  });
  try {
    const sites = new Set<string>();
    for (const day of recentUtcDays(LOOKBACK_DAYS)) {
      for (const site of await store.activeSites(day)) sites.add(site);
    }
    return await Promise.all(
      [...sites].sort().map(async (site) => ({
        site,
        through: (await store.newest({ site, shard: 0, kind: 'hour' }, store.now()))?.through,
      })),
    );
  } finally {
    await store.close();
  }
}
