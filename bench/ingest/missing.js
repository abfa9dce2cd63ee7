// Counts the store: which acknowledged events it lacks, and which it has twice.
import { dynamoStore } from '@liveinsight/collector/dynamodb';

/**
 * @param {string} endpoint
 * @param {string[]} acknowledged
 */
export async function countStore(endpoint, acknowledged) {
  const store = dynamoStore({ endpoint });
  const now = Date.now();
  const from = now - 3_600_000;
  const stored = new Set();
  let repeated = 0;
  for (const day of new Set([from, now].map((at) => new Date(at).toISOString().slice(0, 10)))) {
    /** @type {string | undefined} */
    let after;
    do {
      const query = { site: 'shop', day, shard: 0, from, to: now + 60_000, limit: 1_000 };
      const page = await store.arrivals(after === undefined ? query : { ...query, after });
      for (const { event_id } of page.batches.flatMap(({ events }) => events)) {
        if (stored.has(event_id)) repeated += 1;
        stored.add(event_id);
      }
      after = page.next;
    } while (after !== undefined);
  }
  await store.close();
  return { stored: stored.size, repeated, missing: acknowledged.filter((id) => !stored.has(id)).length };
}
