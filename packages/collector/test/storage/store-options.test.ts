import { OptionsError } from '@liveinsight/collector';
import { checkTables, createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { describe, expect, it } from 'vitest';

const ENDPOINT = 'http://127.0.0.1:1';

describe('options of the store and of its tables', () => {
  const wrong: [Record<string, unknown>, string][] = [
    [{ eventTable: 'e' }, '(did you mean "eventsTable"?)'],
    [{ tableName: 'e' }, 'unknown key "tableName"'],
    [{ endPoint: ENDPOINT }, '(did you mean "endpoint"?)'],
    [{ Region: 'eu-central-1' }, '(did you mean "region"?)'],
    [{ eventsTable: '' }, 'eventsTable must be a text, got ""'],
    [{ region: 1 }, 'region must be a text, got 1'],
    [{ endpoint: new URL(ENDPOINT) }, 'endpoint must be a URL as http://localhost:8000'],
    [
      { credentials: { accessKey: 'a', secretKey: 'hush' } },
      'credentials must be {accessKeyId, secretAccessKey}',
    ],
    [{ middleware: [] }, 'middleware must be a function, got []'],
  ];

  it.each(wrong)('that are wrong are refused by name: %j', async (options, message) => {
    const given = { endpoint: ENDPOINT, ...options };
    expect(() => dynamoStore(given)).toThrow(message);
    expect(() => dynamoStore(given)).toThrow(OptionsError);
    await expect(createTables(given)).rejects.toThrow(message);
    await expect(checkTables(given)).rejects.toThrow(message);
  });

  it('say no secret, and name all that are allowed where no name is near', () => {
    const hidden = { credentials: { accessKeyId: 'hush' }, colour: 'red' };
    const create = () => dynamoStore(hidden as never);
    expect(create).toThrow(
      'unknown key "colour" in the options of the store (allowed: client, driver, region, endpoint, credentials, middleware, eventsTable, rollupsTable, onDelayedWrite, layout)',
    );
    expect(create).not.toThrow(/hush/);
  });

  it('may be a database of this machine as it was started', async () => {
    const database = await startDynalite();
    await createTables(database);
    const store = dynamoStore(database);
    await store.ping();
    await store.close();
    await database.close();
  });

  it('of the tables have none that only a store has', async () => {
    await expect(createTables({ endpoint: ENDPOINT, layout: 1 } as object)).rejects.toThrow(
      'createTables: unknown key "layout" in the options of the tables',
    );
  });
});

it('options of databases on this machine are closed, too', async () => {
  await expect(startDynalite({ folder: './data' } as object)).rejects.toThrow(
    'startDynalite: unknown key "folder" in its options (allowed: path, port, accessKeyId)',
  );
  await expect(startDynalite({ port: '8000' } as object)).rejects.toThrow('port must be a whole number');
});
