import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { groupCommit } from '../../src/storage/dynamodb/group-commit.js';

afterEach(() => void vi.useRealTimers());

const row = (key: string) => ({ key, bytes: 100, stamp: () => ({ names: [], values: [], bytes: 100 }) });

it('settles all of a group whose call fails with a fault, and goes on with the next', async () => {
  let calls = 0;
  const group = groupCommit({
    rowsPerCall: () => 2,
    async insert(rows) {
      calls += 1;
      if (calls === 1) throw new TypeError('a fault');
      return rows.map(() => ({ kind: 'inserted', received_at: 1 }));
    },
  });
  const results = await Promise.all(['a', 'b', 'c'].map((key) => group.insert(row(key))));
  expect(results).toEqual([
    { kind: 'failed', cause: 'TypeError: a fault' },
    { kind: 'failed', cause: 'TypeError: a fault' },
    { kind: 'inserted', received_at: 1 },
  ]);
});

it('gives batches a call together that come in just after another call, however soon that was answered', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  const calls: string[][] = [];
  const group = groupCommit({
    rowsPerCall: () => 3,
    async insert(rows) {
      calls.push(rows.map(({ key }) => key));
      return rows.map(() => ({ kind: 'inserted', received_at: 1 }));
    },
  });
  await group.insert(row('a'));
  const together = [group.insert(row('b'))];
  await nextTurn();
  together.push(group.insert(row('c')));
  await nextTurn();
  expect(calls).toEqual([['a']]);
  vi.advanceTimersByTime(5);
  await Promise.all(together);
  expect(calls).toEqual([['a'], ['b', 'c']]);

  await Promise.all(['d', 'e', 'f'].map((key) => group.insert(row(key))));
  expect(calls.at(-1), 'a full call does not wait').toEqual(['d', 'e', 'f']);
  vi.advanceTimersByTime(1_000);
  await group.insert(row('g'));
  expect(calls.at(-1), 'nor does one that comes later').toEqual(['g']);
});
