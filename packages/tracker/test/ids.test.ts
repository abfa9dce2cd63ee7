import { expect, it, vi } from 'vitest';
import { newId } from '../src/ids.js';

it.each([0.123456789, 5e-8, 0])('an id begins with its millisecond in 8 characters, before %s', (random) => {
  vi.spyOn(Math, 'random').mockReturnValueOnce(random);
  const before = Date.now();
  const id = newId();
  // The collector tells new visitors by it.
  expect(id).toMatch(/^[0-9a-z]{8}(0|0\.\d+|\d(\.\d+)?e-\d+)$/);
  expect(Number.parseInt(id.slice(0, 8), 36) - before).toBeLessThan(1_000);
  expect(Number.parseInt(id.slice(0, 8), 36)).toBeGreaterThanOrEqual(before);
});
