import { sampleBatch } from '@liveinsight/testing/contracts';
import { expect, it } from 'vitest';
import { MAX_ANNOUNCED_CHARS } from '../../src/budgets.js';
import type { StoredBatch } from '../../src/storage/event-store.js';
import { type Announcements, createAnnouncements } from '../../src/tail/announcements.js';

const announced = (name: string, chars = 0): StoredBatch => {
  const { shardAt: _, retention_days: __, ...batch } = sampleBatch([name]);
  return { ...batch, entry_page: `/${'x'.repeat(chars)}`, received_at: Date.now(), expires_at: 0 };
};
const weigh = (batches: StoredBatch[]) => batches.map((one) => JSON.stringify(one)).join('').length;
const add = (announcements: Announcements, batch: StoredBatch) => announcements.add(0, batch, weigh([batch]));

it('are held within their budget while the store is slow, and taken again after it', async () => {
  let release = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const added: StoredBatch[] = [];
  const announcements = createAnnouncements(
    async (batches) => {
      await slow;
      return batches;
    },
    (_shard, batch) => added.push(batch),
  );
  for (let sent = 0; sent < 200; sent += 1) add(announcements, announced(`large ${sent}`, 100_000));
  const flushed = announcements.flush();
  release();
  await flushed;
  expect(weigh(added)).toBeLessThanOrEqual(MAX_ANNOUNCED_CHARS);
  expect(weigh(added)).toBeGreaterThan(MAX_ANNOUNCED_CHARS / 2);

  add(announcements, announced('later'));
  await announcements.flush();
  expect(added.at(-1)?.events).toEqual(announced('later').events);
});

it('are added by a flush that follows one which has failed', async () => {
  const added: StoredBatch[] = [];
  let fails = true;
  const announcements = createAnnouncements(
    async (batches) => {
      if (fails) throw new Error('the store is away');
      return batches;
    },
    (_shard, batch) => added.push(batch),
  );
  add(announcements, announced('lost to the log'));
  await announcements.flush();
  fails = false;
  add(announcements, announced('added'));
  await announcements.flush();
  expect(added).toHaveLength(1);
});
