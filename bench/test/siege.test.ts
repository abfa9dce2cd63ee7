/** The attacks that stopped a collector, a part of each: it stays up, and a visitor's events are stored and counted. */
import { expect, it } from 'vitest';
import { siege } from '../siege/siege.js';

it('a collector outlives what strangers may send, and loses nothing of a visitor', async () => {
  const { acknowledged, refused, accepted, rolledUp, page, other, events, peakRss, died } = await siege({
    share: 0.01,
    rollUpEverySeconds: 1,
  });
  expect(died).toBeUndefined();
  expect(refused).toEqual([]);
  expect(rolledUp).toBe(true);
  expect(acknowledged).toBeGreaterThan(0);
  expect(page).toBeLessThanOrEqual(acknowledged);
  expect(page + other).toBeGreaterThanOrEqual(acknowledged);
  expect(events).toBe(acknowledged + accepted);
  expect(peakRss).toBeLessThan(400e6);
});
