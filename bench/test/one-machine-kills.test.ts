/** A few seconds of kills of the server on one machine; `npm run one-machine-kills -w @liveinsight/bench` takes ten minutes. */
import { expect, it } from 'vitest';
import { kills } from '../one-machine/kills.js';

it('stores what it acknowledged once, and counts it, when a server on SQLite is killed', async () => {
  const result = await kills({ seconds: 3 });
  expect(result.killed).toBeGreaterThan(0);
  expect(result.acknowledged.size).toBeGreaterThan(0);
  expect([...result.acknowledged].filter((id) => !result.stored.has(id))).toEqual([]);
  expect([...result.stored].filter(([, times]) => times > 1)).toEqual([]);
  expect(result.counted).toBe(result.stored.size);
  expect(result.countedBySource).toBe(result.stored.size);
  expect(result.endedItself).toBe(0);
});
