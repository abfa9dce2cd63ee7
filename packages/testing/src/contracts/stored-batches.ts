/** Reads back what a store has, as tests compare it. */

import type { ArrivalsQuery, EventStore, StoredBatch } from '@liveinsight/collector';
import { expect } from 'vitest';
import { DAY_MS, utcDay } from './utc-day.js';

/** All that arrived at the site around now. */
export async function arrived(
  store: EventStore,
  site: string,
  more: Partial<ArrivalsQuery> = {},
): Promise<StoredBatch[]> {
  const now = Date.now();
  const found: StoredBatch[] = [];
  for (const day of new Set([utcDay(now - 60_000), utcDay(now + 60_000)])) {
    const query = { site, day, shard: 0, from: now - DAY_MS, to: now + DAY_MS, limit: 100, ...more };
    for (let after: string | undefined; ; ) {
      const page = await store.arrivals({ ...query, ...(after === undefined ? {} : { after }) });
      expect(page.batches.length).toBeLessThanOrEqual(query.limit);
      found.push(...page.batches);
      if (page.next === undefined) break;
      after = page.next;
    }
  }
  return found;
}

export const idsIn = (batches: StoredBatch[]) =>
  batches.flatMap(({ events }) => events.map(({ event_id }) => event_id));

export const storedIds = async (store: EventStore, site: string, session = 'session-1') =>
  idsIn(await store.session(site, session)).sort();
