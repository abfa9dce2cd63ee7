/** `liveinsight doctor` names what could not be rolled up, and what of the log cannot be read. */
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, expect, it } from 'vitest';
import { checkRollups } from '../src/checks/rollups.js';

const store = sqliteStore();
afterAll(() => store.close());

it('is content where everything could be rolled up, and names each part that could not', async () => {
  expect(await checkRollups(store)).toMatchObject([{ state: 'ok' }]);
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
  expect(await checkRollups(store)).toMatchObject([
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
});

it('warns of events that no roll-up has taken over for long', async () => {
  const received_at = Date.now() - 2 * 3_600_000;
  await store.append(sampleBatch(['event-1'], { site: 'late', received_at }));
  const says = `late: events since ${new Date(received_at).toISOString()} are not rolled up yet`;
  expect(await checkRollups(store)).toContainEqual(expect.objectContaining({ state: 'warning', says }));
});

it('says what days take by column, and warns of those that have none', async () => {
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
  expect(await checkRollups(store)).toContainEqual({ check: 'columns', state: 'ok', says: stored });
  await store.putRollup(day(2));
  const missing = { state: 'warning', says: 'columns: 1 day is not stored by column' };
  expect(await checkRollups(store)).toContainEqual(expect.objectContaining(missing));
});

it('says why where it cannot look', async () => {
  const away = dynamoStore({ endpoint: 'http://127.0.0.1:1' });
  expect(await checkRollups(away)).toMatchObject([{ check: 'numbers', state: 'problem' }]);
  await away.close();
});
