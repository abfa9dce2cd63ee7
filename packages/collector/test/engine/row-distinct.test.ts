import { describe, expect, it } from 'vitest';
import { HashIndex } from '../../src/engine/hash-index.js';
import { RowDistinct } from '../../src/engine/row-distinct.js';
import { hash } from '../columns/histories.js';

const halves = (id: string): [number, number] => {
  const bits = hash(id);
  return [Number(bits >> 32n), Number(bits & 0xffffffffn)];
};

describe('distinct hashes by row', () => {
  it('are counted exactly within the budget, however often each comes', () => {
    const distinct = new RowDistinct(2 ** 24);
    for (let time = 0; time < 3; time += 1)
      for (let id = 0; id < 3_000; id += 1) distinct.add(id % 7, ...halves(`v${id % 2_000}`));
    const ids = (row: number) =>
      new Set(
        Array.from({ length: 3_000 }, (_, id) => id)
          .filter((id) => id % 7 === row)
          .map((id) => id % 2_000),
      ).size;
    for (let row = 0; row < 7; row += 1) expect(distinct.count(row)).toBe(ids(row));
    const listed = [...distinct.pairs()].map(({ row, high, low }) => `${row} ${high} ${low}`);
    const sent = Array.from({ length: 3_000 }, (_, id) => [id % 7, ...halves(`v${id % 2_000}`)].join(' '));
    expect(listed.sort()).toEqual([...new Set(sent)].sort());
    expect(distinct.share).toBe(1);
  });

  it('are estimated beyond it, within the error that is stated, in a table that does not grow', () => {
    const distinct = new RowDistinct(16 * 8_192);
    const real = [40_000, 10_000];
    for (const [row, count] of real.entries())
      for (let id = 0; id < count; id += 1) distinct.add(row, ...halves(`visitor ${id} of ${row}`));
    expect(distinct.share).toBeGreaterThan(4);
    const listed = new Set([...distinct.pairs()].map(({ row, high, low }) => `${row} ${high} ${low}`));
    expect(listed.size * distinct.share).toBe(distinct.count(0) + distinct.count(1));
    for (const [row, count] of real.entries()) {
      const error = Math.sqrt(count * (distinct.share - 1));
      expect(Math.abs(distinct.count(row) - count)).toBeLessThan(4 * error);
    }
  });

  it('are numbered in the order in which they are first seen', () => {
    const index = new HashIndex();
    for (let id = 0; id < 5_000; id += 1) expect(index.add(...halves(`s${id}`))).toBe(id);
    for (let id = 0; id < 5_000; id += 1) {
      expect(index.find(...halves(`s${id}`))).toBe(id);
      expect(index.add(...halves(`s${id}`))).toBe(id);
    }
    expect(index.find(...halves('another'))).toBe(-1);
    expect(index.size).toBe(5_000);
  });
});
