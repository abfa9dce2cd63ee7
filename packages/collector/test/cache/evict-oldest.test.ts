import { expect, it } from 'vitest';
import { evictOldest } from '../../src/cache/evict-oldest.js';

class CountingMap extends Map<string, number> {
  searches = 0;
  override keys() {
    this.searches += 1;
    return super.keys();
  }
}

it('removes the oldest eighth of a full map, and nothing before it is full', () => {
  const map = new Map(Array.from({ length: 16 }, (_, index) => [String(index), index]));
  evictOldest(map, 17);
  expect(map.size).toBe(16);
  evictOldest(map, 16);
  expect([...map.keys()]).toEqual(Array.from({ length: 14 }, (_, index) => String(index + 2)));
});

it('looks for the oldest entries once for many that come, not for each', () => {
  const map = new CountingMap();
  for (let index = 0; index < 100_000; index += 1) {
    evictOldest(map, 8_000);
    map.set(String(index), index);
  }
  expect(map.size).toBeLessThanOrEqual(8_000);
  expect(map.searches).toBeLessThan(100);
});

it('empties a map of one', () => {
  const map = new Map([['a', 1]]);
  evictOldest(map, 1);
  expect(map.size).toBe(0);
});
