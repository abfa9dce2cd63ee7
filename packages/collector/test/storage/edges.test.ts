import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { injectFaults } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/storage/event-store.js';
import type { RollupState } from '../../src/storage/rollup-store.js';
import { type Database, databases } from './databases.js';

const START = Date.UTC(2026, 0, 31);
const DAY_MS = 86_400_000;

/** A day whose body and edges both say what they are of. */
const day = (site: string, version: number, said: string, start = START): RollupState => ({
  site,
  shard: 0,
  kind: 'day',
  start,
  through: start + DAY_MS,
  version,
  body: Buffer.from(said),
  edges: Buffer.from(`${said} edges`),
});

for (const { name, start, suite } of databases) {
  suite(`Days and what is kept apart from them, on ${name}`, () => {
    let database: Database;
    let store: Store;
    beforeAll(async () => {
      database = await start();
      await createTables(database);
      store = dynamoStore(database);
    }, 60_000);
    afterAll(async () => {
      await store.close();
      await database.close();
    });

    const read = async (site: string, options: { edges?: boolean; consistent?: boolean } = {}) => {
      const range = { site, shard: 0, kind: 'day', from: START, to: START + 30 * DAY_MS } as const;
      const { states } = await store.rollups(range, { consistent: true, ...options });
      return states.map(({ body, edges }) => [String(body), edges && String(edges)]);
    };

    it('the edges are read only where they are asked for', async () => {
      await store.putRollup(day('asked', 1, 'one'));
      await store.putRollup(day('asked', 1, 'two', START + DAY_MS));
      expect(await read('asked')).toEqual([
        ['one', undefined],
        ['two', undefined],
      ]);
      expect(await read('asked', { edges: true })).toEqual([
        ['one', 'one edges'],
        ['two', 'two edges'],
      ]);
    });

    it('of those who put the same version at once, one is admitted, with its own edges', async () => {
      const writers = ['a', 'b', 'c', 'd'];
      const admitted = await Promise.all(
        writers.map(async (writer) => ((await store.putRollup(day('race', 1, writer))) ? writer : undefined)),
      );
      const [winner, ...others] = admitted.filter((writer) => writer !== undefined);
      expect(others).toEqual([]);
      expect(await read('race', { edges: true })).toEqual([[winner, `${winner} edges`]]);
    });

    it('a state whose writer is killed before it is put is not there, and the next can put it', async () => {
      let puts = 0;
      const faults = injectFaults(({ operation }) => {
        if (operation !== 'PutItem') return undefined;
        puts += 1;
        return puts === 2 ? { kind: 'timed_out' } : undefined;
      });
      const killed = dynamoStore({ ...database, middleware: faults.middleware });
      await expect(killed.putRollup(day('kill', 1, 'killed'))).rejects.toThrow();
      expect(await read('kill', { edges: true })).toEqual([]);
      expect(await killed.putRollup(day('kill', 1, 'next'))).toBe(true);
      expect(await read('kill', { edges: true })).toEqual([['next', 'next edges']]);
      await killed.close();
    });

    it('a put that was answered too late, and lands, keeps its edges through a second try', async () => {
      let puts = 0;
      const faults = injectFaults(({ operation }) => {
        if (operation !== 'PutItem') return undefined;
        puts += 1;
        return puts === 2 ? { kind: 'timed_out', landsAfterMs: 1 } : undefined;
      });
      const slow = dynamoStore({ ...database, middleware: faults.middleware });
      await expect(slow.putRollup(day('late', 1, 'late'))).rejects.toThrow();
      await faults.landed();
      expect(await slow.putRollup(day('late', 1, 'second'))).toBe(false);
      expect(await read('late', { edges: true })).toEqual([['late', 'late edges']]);
      await slow.close();
    });

    it('a reader never gets the edges of another version than the state’s, however often it is put anew', async () => {
      await store.putRollup(day('anew', 1, '1'));
      let isOver = false;
      const writing = (async () => {
        for (let version = 2; version <= 40; version += 1)
          await store.putRollup(day('anew', version, String(version)));
        isOver = true;
      })();
      const versions = new Set<string>();
      while (!isOver) {
        for (const [body, edges] of await read('anew', {
          edges: true,
          consistent: versions.size % 2 === 0,
        })) {
          expect(edges).toBe(`${body} edges`);
          versions.add(String(body));
        }
      }
      await writing;
      expect(await read('anew', { edges: true })).toEqual([['40', '40 edges']]);
    });
  });
}
