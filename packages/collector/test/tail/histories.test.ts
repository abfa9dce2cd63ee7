/** Random histories: each response equals a plain aggregation at its `as_of`, none counts an item twice, at rest all is equal. */
import { afterAll, beforeAll, it } from 'vitest';
import { type Stack, startStack } from '../stack.js';
import { History } from './history.js';
import { runHistory } from './run-history.js';

const SEED = Number(process.env.TAIL_SEED ?? 1);
const HISTORIES = Number(process.env.TAIL_HISTORIES ?? 4);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
});
afterAll(() => stack.close());

it('are answered as a plain aggregation at their as_of answers', async () => {
  for (let seed = SEED; seed < SEED + HISTORIES; seed += 1) {
    try {
      await runHistory(new History(stack.store, stack.endpoint, seed));
    } catch (error) {
      if (error instanceof Error) error.message = `history ${seed}: ${error.message}`;
      throw error;
    }
  }
}, 120_000);
