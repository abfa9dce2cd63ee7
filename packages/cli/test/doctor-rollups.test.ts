/** `liveinsight doctor` names what could not be rolled up, and what of the log cannot be read. */
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { sampleBatch } from '@liveinsight/collector/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkRollups } from '../src/checks/rollups.js';

let database: Awaited<ReturnType<typeof startDynalite>>;
beforeAll(async () => {
  database = await startDynalite();
  await createTables({ endpoint: database.endpoint });
});
afterAll(() => database.close());

it('is content where everything could be rolled up, and names each part that could not', async () => {
  const options = { endpoint: database.endpoint };
  expect(await checkRollups(options)).toMatchObject([{ state: 'ok' }]);
  const store = dynamoStore(options);
  await store.append(sampleBatch(['event-1']));
  const day = new Date().toISOString().slice(0, 10);
  const failed = { day, cause: 'failed', marked_at: Date.now() } as const;
  await store.markDay('shop', {
    ...failed,
    part: `hour 0 ${day}T10:00:00.000Z`,
    error: 'the item is too large',
  });
  await store.markDay('shop', {
    ...failed,
    part: `log 0 ${day}T11:00:00.000Z`,
    error: '1 batches cannot be read',
  });
  expect(await checkRollups(options)).toMatchObject([
    {
      state: 'problem',
      says: expect.stringMatching(/^shop, hour 0 .* roll-up failed at .*: the item is too large$/),
    },
    {
      state: 'problem',
      says: expect.stringMatching(
        /^shop, log 0 .*: 1 batches cannot be read\. These batches are not counted\.$/,
      ),
    },
  ]);
  await store.close();
});

it('warns of events that no roll-up has taken over for long', async () => {
  const options = { endpoint: database.endpoint };
  const store = dynamoStore(options);
  const received_at = Date.now() - 2 * 3_600_000;
  await store.append(sampleBatch(['event-1'], { site: 'late', received_at }));
  const says = `late: events since ${new Date(received_at).toISOString()} are not rolled up yet`;
  expect(await checkRollups(options)).toContainEqual(expect.objectContaining({ state: 'warning', says }));
  await store.close();
});

it('says what days take by column, and warns of those that have none', async () => {
  const options = { endpoint: database.endpoint };
  const store = dynamoStore(options);
  const now = Date.now();
  await store.append(sampleBatch(['event-1'], { site: 'columns' }));
  const day = (daysAgo: number) => ({
    ...({ site: 'columns', shard: 0, kind: 'day', version: 1 } as const),
    ...{ start: now - daysAgo * 86_400_000, through: now, body: Buffer.from('numbers') },
  });
  const columns = {
    ...{ through: now, events: 7, expires_at: 4e9 },
    segments: [{ id: '1#a', groups: { all: { parts: 1, bytes: 90 }, detail: { parts: 1, bytes: 9 } } }],
  };
  await store.putRollup({ ...day(3), columns });
  const stored = 'columns: 7 events of 1 day in 99 bytes';
  expect(await checkRollups(options)).toContainEqual({ check: 'columns', state: 'ok', says: stored });
  await store.putRollup(day(2));
  const missing = { state: 'warning', says: 'columns: 1 day is not stored by column' };
  expect(await checkRollups(options)).toContainEqual(expect.objectContaining(missing));
  await store.close();
});

it('says why where it cannot look', async () => {
  const closed = await startDynalite();
  await closed.close();
  expect(await checkRollups({ endpoint: closed.endpoint })).toMatchObject([
    { check: 'numbers', state: 'problem' },
  ]);
});
