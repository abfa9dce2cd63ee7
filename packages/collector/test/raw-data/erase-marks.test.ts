/** The marks of an erasure's days stay younger than what readers trust them for, however long it takes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEraser } from '../../src/raw-data/eraser.js';
import type { SessionItem, Store } from '../../src/storage/event-store.js';
import { type Stack, startStack } from '../stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
});
afterAll(() => stack.close());

it('marks a day before a delete whose mark is older than 30 s, and after the last one', async () => {
  const start = Date.parse('2026-01-31T12:00:00Z');
  let now = start;
  const log: string[] = [];
  const store: Store = {
    ...stack.store,
    now: () => now,
    async markDay(_, { day, cause }) {
      log.push(`${cause} ${day} at ${(now - start) / 1000} s`);
    },
    async deleteBatches(_, session) {
      log.push(`delete ${session}`);
    },
  };
  const eraser = createEraser(store, { id: 'shop', retentionDays: 30 }, { forget: () => log.push('forget') });
  const item: SessionItem = { batch: 'b', received_at: start, events: 1 };
  await eraser.erase('s1', [item]);
  now += 20_000;
  await eraser.erase('s2', [item]);
  now += 20_000;
  await eraser.erase('s3', [item]);
  now += 5_000;
  await eraser.finish();
  expect(log).toEqual([
    'erase 2026-01-31 at 0 s',
    'delete s1',
    'delete s2',
    'erase 2026-01-31 at 40 s',
    'delete s3',
    'erase 2026-01-31 at 45 s',
    'forget',
  ]);
});
