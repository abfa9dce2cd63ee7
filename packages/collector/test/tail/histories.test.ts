/** Random histories: each response equals a plain aggregation at its `as_of`, none counts an item twice, at rest all is equal. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/time/ms.js';
import { type Stack, startStack } from '../stack.js';
import { ask } from './check.js';
import { History } from './history.js';

const SEED = Number(process.env.TAIL_SEED ?? 1);
const HISTORIES = Number(process.env.TAIL_HISTORIES ?? 4);
const STEPS = 60;
/** Of a working day, at the end of an hour, and around midnight. */
const STARTS = ['2026-03-02T10:20:00Z', '2026-03-02T10:55:00Z', '2026-03-02T23:50:00Z'];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
});
afterAll(() => stack.close());

async function step(history: History): Promise<void> {
  const { int, maybe } = history.random;
  const what = int(100);
  if (what < 45) {
    const kind = int(100);
    await history.tick(
      kind < 70
        ? int(3_000)
        : kind < 93
          ? int(25_000)
          : kind < 99
            ? MINUTE_MS * int(12)
            : MINUTE_MS * int(200),
    );
    for (let left = int(3); left > 0; left -= 1) await history.send();
  } else if (what < 78) {
    // At once, so that one shares the other's read, or a roller moves the hours in between.
    await Promise.all([
      ask(history, int(2), maybe(0.6) ? 'hour' : '5m'),
      ...(maybe(0.4) ? [ask(history, int(2), 'hour')] : []),
      ...(maybe(0.3) ? [history.roll()] : []),
    ]);
  } else if (what < 88) await Promise.all([history.roll(), ...(maybe(0.3) ? [history.roll()] : [])]);
  else if (what < 91) await history.importSome();
  else if (what < 95) await history.erase();
  else if (what < 97) history.restart();
  else history.jumpClock();
}

/** Until both processes have caught up: all is in. */
async function checkAtRest(history: History): Promise<void> {
  for (const index of [0, 1]) {
    for (let asked = 0; ; asked += 1) {
      const response = await ask(history, index, 'hour');
      if (response && response.asOf >= history.now - 1.5 * history.clockErrorMs - 1_000) break;
      expect(asked, 'responses until it has caught up').toBeLessThan(200);
    }
  }
}

it('are answered as a plain aggregation at their as_of answers', async () => {
  for (let seed = SEED; seed < SEED + HISTORIES; seed += 1) {
    const history = new History(stack.store, seed, STARTS[seed % STARTS.length] ?? '');
    try {
      for (let steps = 0; steps < STEPS; steps += 1) await step(history);
      await history.tick(MINUTE_MS);
      await checkAtRest(history);
      for (let rounds = 0; rounds < 3; rounds += 1) {
        await history.tick(200_000);
        await history.roll();
        await checkAtRest(history);
      }
    } catch (error) {
      if (error instanceof Error) error.message = `history ${seed}: ${error.message}`;
      throw error;
    }
  }
}, 120_000);
