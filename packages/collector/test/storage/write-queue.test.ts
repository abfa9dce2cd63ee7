/** What waits to be written is bounded in bytes: a store that does not answer must not fill the memory of its host. */
import { expect, it } from 'vitest';
import { MAX_WRITE_QUEUE_BYTES } from '../../src/budgets.js';
import { emptyItem } from '../../src/storage/dynamodb/attribute-codec.js';
import { groupCommit } from '../../src/storage/dynamodb/group-commit.js';
import type { InsertResult } from '../../src/storage/dynamodb/inserts.js';
import type { UnstampedItem } from '../../src/storage/dynamodb/items.js';

const MB = 1_048_576;
const rowOf = (at: number, bytes: number): UnstampedItem => ({
  key: `row ${at}`,
  bytes,
  stamp: () => emptyItem(),
});

it('takes no more than its budget, and takes again what fits once something was written', async () => {
  let answer: () => void = () => {};
  const written = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const insert = async (rows: UnstampedItem[]): Promise<InsertResult[]> => {
    await written;
    return rows.map(() => ({ kind: 'inserted', received_at: 1 }));
  };
  const group = groupCommit({ insert, rowsPerCall: () => 25 });
  const results = Array.from({ length: 100 }, (_, at) => group.insert(rowOf(at, MB)));
  const fitting = MAX_WRITE_QUEUE_BYTES / MB;
  expect(await Promise.all(results.slice(fitting))).toEqual(
    Array.from({ length: 100 - fitting }, () => ({
      kind: 'failed',
      cause: expect.stringMatching(/MB of batches are waiting already/),
    })),
  );
  answer();
  expect((await Promise.all(results.slice(0, fitting))).every(({ kind }) => kind === 'inserted')).toBe(true);
  expect(await group.insert(rowOf(100, MB))).toMatchObject({ kind: 'inserted' });
});
