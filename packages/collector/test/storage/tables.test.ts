import {
  CreateTableCommand,
  type CreateTableCommandInput,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { checkTables, createTables } from '@liveinsight/collector/dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientOf, type Database, databases } from './databases.js';

const key = (pk: string, sk: string): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: pk, KeyType: 'HASH' },
  { AttributeName: sk, KeyType: 'RANGE' },
];

for (const { name, start, suite } of databases) {
  suite(`Tables on ${name}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await start();
    }, 60_000);
    afterAll(() => database?.close());

    it('are made once, by however many at once, and found right ever after', async () => {
      const names = { ...database, eventsTable: 'once-events', rollupsTable: 'once-rollups' };
      expect((await checkTables(names)).map(({ problems }) => problems)).toEqual([
        ['there is no table once-events: run `liveinsight tables create`'],
        ['there is no table once-rollups: run `liveinsight tables create`'],
      ]);
      const reports = (await Promise.all([createTables(names), createTables(names)])).flat();
      expect(
        reports
          .filter(({ created }) => created)
          .map(({ table }) => table)
          .sort(),
      ).toEqual(['once-events', 'once-rollups']);
      const found = [
        { table: 'once-events', created: false, problems: [] },
        { table: 'once-rollups', created: false, problems: [] },
      ];
      expect(await createTables(names)).toEqual(found);
      expect(await checkTables(names)).toEqual(found);
    });

    it('that are wrong are left as they are, and what is wrong is told with its remedy', async () => {
      const client = clientOf(database);
      const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
      await client.send(
        new CreateTableCommand({
          TableName: 'wrong-events',
          AttributeDefinitions: [...['pk', 'sk', 'arrivals'].map(text)],
          KeySchema: key('pk', 'sk'),
          GlobalSecondaryIndexes: [
            {
              IndexName: 'arrivals',
              KeySchema: key('arrivals', 'sk'),
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          ],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      );
      await client.send(
        new CreateTableCommand({
          TableName: 'wrong-rollups',
          AttributeDefinitions: [text('id'), text('at')],
          KeySchema: key('id', 'at'),
          BillingMode: 'PAY_PER_REQUEST',
        }),
      );
      const names = { ...database, eventsTable: 'wrong-events', rollupsTable: 'wrong-rollups' };
      const [events, rollups] = await createTables(names);
      expect(events?.problems[0]).toMatch(
        /index arrivals is on arrivals, sk with KEYS_ONLY.*received_at with ALL/,
      );
      expect(rollups?.problems[0]).toMatch(/key is id, at, not pk, sk/);
      const [bare] = await checkTables({
        ...database,
        eventsTable: 'wrong-rollups',
        rollupsTable: 'wrong-rollups',
      });
      expect(bare?.problems).toContainEqual(expect.stringMatching(/lacks the index arrivals/));
      client.destroy();
    });

    if (name === 'dynoxide') {
      it('delete what has expired, and say so where they do not', async () => {
        const client = clientOf(database);
        const names = { ...database, eventsTable: 'ttl-events', rollupsTable: 'ttl-rollups' };
        await createTables(names);
        const off = { AttributeName: 'expires_at', Enabled: false };
        await client.send(
          new UpdateTimeToLiveCommand({ TableName: 'ttl-events', TimeToLiveSpecification: off }),
        );
        expect((await checkTables(names)).map(({ problems }) => problems)).toEqual([
          ['expired items are not deleted: turn on TTL for expires_at'],
          [],
        ]);
        await createTables(names);
        expect((await checkTables(names)).flatMap(({ problems }) => problems)).toEqual([]);
        client.destroy();
      });
    }
  });
}
