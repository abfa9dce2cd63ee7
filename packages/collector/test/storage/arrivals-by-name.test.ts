import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { injectFaults, sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Query } from '../../src/storage/dynamodb/query.js';
import { utcDay } from '../../src/time/ms.js';
import { type Database, databases } from './databases.js';

for (const { name, start, suite } of databases) {
  suite(`Arrivals of which nearly all are known, on ${name}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await start();
      await createTables(database);
    }, 60_000);
    afterAll(() => database.close());

    it('are read by name, and in full only where one is not known', async () => {
      /** What each query was about: names, or how many items in full, behind which one. */
      const queries: unknown[] = [];
      const { middleware } = injectFaults(({ operation, body }) => {
        const query: Partial<Query> = { ...body };
        if (operation === 'Query' && query.IndexName === 'arrivals')
          queries.push(query.ProjectionExpression ?? [query.Limit, query.ExclusiveStartKey?.sk?.S]);
        return undefined;
      });
      const store = dynamoStore({ ...database, middleware });
      for (const id of ['a', 'b', 'c']) await store.append(sampleBatch([id], { site: 'shop', batch: id }));
      const now = store.now();
      const range = { site: 'shop', day: utcDay(now), shard: 0, from: now - 60_000, to: now + 60_000 };
      const read = async (known: string[]) => {
        queries.length = 0;
        const skip = ({ batch }: { batch: string }) => known.includes(batch);
        return store.arrivals({ ...range, limit: 10, skipsMost: true, skip });
      };
      const all = await read([]);
      const times = all.batches.map(({ received_at }) => received_at);
      expect(queries).toEqual([expect.any(String), [3, undefined]]);

      const none = await read(['a', 'b', 'c']);
      expect(queries).toEqual([expect.any(String)]);
      expect(none).toMatchObject({ batches: [], bytes: 0, lastArrival: times[2] });

      const one = await read(['a', 'c']);
      expect(queries).toEqual([expect.any(String), [1, 'a']]);
      expect(one.batches).toEqual([all.batches[1]]);
      expect(one.lastArrival).toBe(times[2]);
      expect(one.readUnits).toBeGreaterThan(none.readUnits);
      await store.close();
    });
  });
}
