/** What the store relies on where an item nears the 400 KB that DynamoDB takes: on each database as AWS documents it. */
import { randomBytes } from 'node:crypto';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { MAX_BODY_BYTES } from '@liveinsight/schema/limits';
import { sampleBatch, sampleEvent } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY_STATE } from '../../src/budgets.js';
import type { RollupState } from '../../src/storage/rollup-store.js';
import { type Database, databases } from './databases.js';

/** Text that deflate can make little smaller. */
const noise = (chars: number) => randomBytes(chars).toString('base64').slice(0, chars);
const batchOf = (id: string, chars: number) => ({
  ...sampleBatch([id], { session_id: `session-${id}` }),
  events: [{ ...sampleEvent(id), props: { noise: noise(chars) } }],
});

for (const { name, start, suite } of databases) {
  suite(`On ${name}`, () => {
    let database: Database;
    let store: ReturnType<typeof dynamoStore>;
    beforeAll(async () => {
      database = await start();
      await createTables({ endpoint: database.endpoint });
      store = dynamoStore({ endpoint: database.endpoint });
    });
    afterAll(async () => {
      await store.close();
      await database.close();
    });

    it('a batch as large as a request is stored whole', async () => {
      const batch = batchOf('large', MAX_BODY_BYTES);
      expect(await store.append(batch)).toMatchObject({ kind: 'stored' });
      expect((await store.session('shop', 'session-large'))[0]?.events).toEqual(batch.events);
    });

    it('a batch that no item can hold is refused by the database, and takes none of its call with it', async () => {
      const outcomes = await Promise.all([
        store.append(batchOf('small-1', 10)),
        store.append(batchOf('too-large', 800_000)),
        store.append(batchOf('small-2', 10)),
      ]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['stored', 'retry', 'stored']);
      expect(outcomes[1]).toMatchObject({ event_ids: ['too-large'], cause: expect.stringMatching(/size/i) });
      expect(await store.session('shop', 'session-too-large')).toEqual([]);
      expect(await store.session('shop', 'session-small-1')).toHaveLength(1);
    });

    it('the largest state of a day fits, in its two items', async () => {
      const part = () => randomBytes(DAY_STATE.stored);
      const day: RollupState = {
        site: 'shop',
        shard: 0,
        kind: 'day',
        start: Date.UTC(2026, 0, 31),
        through: Date.UTC(2026, 1, 1),
        version: 1,
        body: part(),
        edges: part(),
        note: 'merged_from_hours',
      };
      expect(await store.putRollup(day)).toBe(true);
      const range = { site: 'shop', shard: 0, kind: 'day', from: day.start, to: day.start + 1 } as const;
      const { states } = await store.rollups(range, { consistent: true, edges: true });
      const [stored] = states;
      expect(stored).toMatchObject({ start: day.start, version: 1, note: day.note });
      // Element by element, buffers of this size take seconds to compare.
      expect(Buffer.compare(stored?.body ?? part(), day.body)).toBe(0);
      expect(Buffer.compare(stored?.edges ?? part(), day.edges ?? part())).toBe(0);
    });
  });
}
