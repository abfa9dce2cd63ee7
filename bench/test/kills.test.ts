/** A few seconds of kills at random: what was acknowledged is stored once, and counted once. */
import { expect, it } from 'vitest';
import { kills } from '../siege/kills.js';

it('loses nothing that was acknowledged and counts nothing twice when processes are killed', async () => {
  const result = await kills({ seconds: 5 });
  expect(result.kills + result.databaseKills).toBeGreaterThan(0);
  expect(result.acknowledged.size).toBeGreaterThan(0);
  expect([...result.acknowledged].filter((id) => !result.stored.has(id))).toEqual([]);
  expect([...result.stored].filter(([, times]) => times > 1)).toEqual([]);
  expect(result.counted).toBe(result.stored.size);
  expect(result.ended).toBe(0);
});
