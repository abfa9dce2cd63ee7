import { expect, it } from 'vitest';
import { groupCommit } from '../../src/storage/dynamodb/group-commit.js';

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
