import { expect, it, vi } from 'vitest';
import { ttlCache } from '../functions/runtime/ttl-cache.js';

const never = new Promise<string>(() => {});

it('serves the old value while a newer one does not come, and makes only one caller wait for it', async () => {
  const reads = [Promise.resolve('old'), never];
  const cache = ttlCache(
    () => reads.shift() ?? never,
    0,
    () => {},
  );
  expect(await cache.get()).toBe('old');
  vi.useFakeTimers();
  const first = cache.get();
  expect(await cache.get()).toBe('old');
  await vi.advanceTimersByTimeAsync(500);
  expect(await first).toBe('old');
  vi.useRealTimers();
});

it('serves a newer value at once where it comes in time', async () => {
  const reads = [Promise.resolve('old'), Promise.resolve('new')];
  const cache = ttlCache(
    () => reads.shift() ?? never,
    0,
    () => {},
  );
  await cache.get();
  expect(await cache.get()).toBe('new');
});
