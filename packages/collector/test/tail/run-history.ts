/** One random history of the real code: what happens to a site, and each response checked. */
import { expect, vi } from 'vitest';
import { MINUTE_MS } from '../../src/time/ms.js';
import { ask } from './check.js';
import type { History } from './history.js';

const STEPS = 60;

export async function runHistory(history: History): Promise<void> {
  const ownClock = performance.now.bind(performance);
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => ownClock() + history.waitedMs);
  await live(history).finally(() => spy.mockRestore());
}

async function live(history: History): Promise<void> {
  for (let steps = 0; steps < STEPS; steps += 1) await step(history);
  await history.tick(MINUTE_MS);
  await checkAtRest(history);
  for (let rounds = 0; rounds < 3; rounds += 1) {
    await history.tick(200_000);
    await history.roll();
    await checkAtRest(history);
  }
}

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
      ask(history, int(2), maybe(0.5) ? 'hour' : maybe(0.5) ? '5m' : 'columns'),
      ...(maybe(0.4) ? [ask(history, int(2), 'hour')] : []),
      ...(maybe(0.3) ? [history.roll()] : []),
    ]);
  } else if (what < 88) await Promise.all([history.roll(), ...(maybe(0.3) ? [history.roll()] : [])]);
  else if (what < 91) await history.importSome();
  else if (what < 95) await history.erase();
  else if (what < 96) history.restart();
  else if (what < 98) await (history.hasBackup && maybe(0.6) ? restore(history) : history.backUp());
  else history.jumpClock();
}

/** The tables are away for longer than an aggregate waits, and come back as they were. */
async function restore(history: History): Promise<void> {
  history.isDown = true;
  for (const end = history.now + 5 * MINUTE_MS + 2 * history.clockErrorMs; history.now <= end; ) {
    await history.tick(1 + history.random.int(MINUTE_MS));
    expect(await ask(history, history.random.int(2), 'hour')).toBeUndefined();
  }
  await history.restore();
  history.isDown = false;
}

/** Until both processes have caught up: all is in, also for queries that rollups do not answer. */
async function checkAtRest(history: History): Promise<void> {
  for (const [index, by] of [
    [0, 'hour'],
    [1, 'hour'],
    [history.random.int(2), 'columns'],
  ] as const) {
    for (let asked = 0; ; asked += 1) {
      const response = await ask(history, index, by);
      if (response && response.asOf >= history.now - 1.5 * history.clockErrorMs - 1_000) break;
      expect(asked, 'responses until it has caught up').toBeLessThan(200);
    }
  }
}
