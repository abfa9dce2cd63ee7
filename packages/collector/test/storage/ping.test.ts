import { StoreUnavailableError } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Database } from './databases.js';

describe('ping says what is wrong and what to do about it', () => {
  let database: Database;
  beforeAll(async () => {
    database = await startDynalite();
    await createTables(database);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await database.close();
  });

  async function problem(options: Parameters<typeof dynamoStore>[0]): Promise<string> {
    const store = dynamoStore(options);
    const error: unknown = await store.ping().catch((reason: unknown) => reason);
    await store.close();
    expect(error).toBeInstanceOf(StoreUnavailableError);
    return error instanceof Error ? error.message : '';
  }

  it('when a table is missing', async () => {
    expect(await problem({ ...database, eventsTable: 'none' })).toMatch(/run `liveinsight tables create`/);
    expect(await problem({ ...database, rollupsTable: 'none' })).toMatch(
      /check EVENTS_TABLE and ROLLUPS_TABLE/,
    );
  });

  it('when the index is missing', async () => {
    expect(await problem({ ...database, eventsTable: 'liveinsight-rollups' })).toMatch(
      /`liveinsight tables check`/,
    );
  });

  it('when nothing listens', async () => {
    const gone = await startDynalite();
    await gone.close();
    expect(await problem(gone)).toMatch(/nothing listens there: start the database/);
  });

  it('when there is no region, or there are no credentials', async () => {
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_CONFIG_FILE', '/none');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/none');
    vi.stubEnv('AWS_REGION', undefined);
    expect(await problem({})).toMatch(/no region: set AWS_REGION/);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    expect(await problem({})).toMatch(/no credentials were found: set AWS_ACCESS_KEY_ID/);
  });

  it('when a permission is missing', async () => {
    const __type = 'com.amazon.coral.service#AccessDeniedException';
    const body = JSON.stringify({ __type, Message: 'not authorized to perform: dynamodb:Query' });
    const middleware = () => async () => ({ status: 400, date: undefined, body });
    expect(await problem({ ...database, middleware })).toMatch(
      /dynamodb:Query \(the credentials lack a permission/,
    );
  });

  it('in the words that an append that could not be stored is answered with', async () => {
    const store = dynamoStore({ ...database, eventsTable: 'none' });
    const batch = {
      site: 's',
      session_id: 's',
      visitor_id: 'v',
      batch: 'b',
      retention_days: 30,
      shardAt: () => 0,
    };
    const events = [{ event_id: 'b', event_type: 'page_view' as const, timestamp: 1 }];
    expect(await store.append({ ...batch, events })).toEqual({
      kind: 'retry',
      event_ids: ['b'],
      cause: expect.stringMatching(/ResourceNotFoundException.*run `liveinsight tables create`/),
    });
    await store.close();
  });
});
