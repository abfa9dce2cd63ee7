import { describe, expect, it } from 'vitest';
import { LruMap } from '../src/cache/lru-map.js';

describe('a map of the last used', () => {
  const keysOf = (map: LruMap<number>, keys: string) =>
    [...keys].filter((key) => map.get(key) !== undefined).join('');

  it('forgets what has not been used for longest, by weight', () => {
    const map = new LruMap<number>(10);
    map.set('a', 1, 4);
    map.set('b', 2, 4);
    map.get('a');
    map.set('c', 3, 4);
    expect(keysOf(map, 'abc')).toBe('ac');
    map.set('a', 4, 1);
    map.set('d', 5, 5);
    expect(keysOf(map, 'abcd')).toBe('acd');
    map.delete('c');
    map.set('e', 6, 4);
    expect(keysOf(map, 'acde')).toBe('ade');
  });

  it('holds one entry that is heavier than all, until the next', () => {
    const map = new LruMap<number>(10);
    map.set('a', 1, 1);
    map.set('b', 2, 50);
    expect(keysOf(map, 'ab')).toBe('b');
    map.set('c', 3, 1);
    expect(keysOf(map, 'abc')).toBe('c');
    expect(map.size).toBe(1);
  });
});
