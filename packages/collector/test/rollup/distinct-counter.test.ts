import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DistinctCounter, MAX_EXACT } from '../../src/rollup/distinct-counter.js';

const hashOf = (id: number | string) => createHash('sha256').update(String(id)).digest().readBigUInt64BE();

function counting(ids: Iterable<number | string>): DistinctCounter {
  const distinct = new DistinctCounter();
  for (const id of ids) distinct.add(hashOf(id));
  return distinct;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('counting distinct ids', () => {
  // Stored rollups keep these bytes for years. The expected ones come from a separate implementation in Python.
  it('has a stored form that never changes', () => {
    const exact = '005feceb66ffc86f386b86b273ff34fce1d4735e3a265e16ee';
    expect(Buffer.from(counting(range(0, 3)).toBytes()).toString('hex')).toBe(exact);
    expect(DistinctCounter.fromBytes(Buffer.from(exact, 'hex')).count()).toBe(3);

    const registered = Buffer.from(counting(range(0, 1_000)).toBytes());
    expect(registered.length).toBe(3073);
    expect(registered.subarray(0, 24).toString('hex')).toBe(
      '010400030000000000010000000010400000000000000420',
    );
    expect(createHash('sha256').update(registered).digest('hex')).toBe(
      'e1fff7383427ed698228f80d0cf5a8a9bf57a3e28460aaf59b9200a41297f892',
    );
  });

  it('is exact up to 500, however often each is added', () => {
    const ids = range(0, MAX_EXACT);
    expect(counting([...ids, ...ids]).count()).toBe(MAX_EXACT);
    expect(counting([...ids, ...ids]).isExact).toBe(true);
  });

  it('stays within three standard errors of 1.04/√4096 beyond, at every size', () => {
    for (const size of [501, 1_000, 5_000, 20_000, 100_000, 300_000]) {
      const estimate = counting(range(0, size)).count();
      expect(Math.abs(estimate - size) / size, `of ${size}`).toBeLessThan(3 * (1.04 / 64));
    }
  });

  it('has a mean relative error over many sets that shows no bias', () => {
    const runs = 40;
    const errors = range(0, runs).map((run) => {
      const size = 2_000;
      return (counting(range(0, size).map((id) => `${run}/${id}`)).count() - size) / size;
    });
    const mean = errors.reduce((sum, error) => sum + error, 0) / runs;
    const rms = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / runs);
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(rms).toBeLessThan(1.5 * (1.04 / 64));
  });

  it('merges as sets do: in any order and grouping, again and again, exact or not', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 3_000 }), { maxLength: 900 });
    fc.assert(
      fc.property(ids, ids, ids, (a, b, c) => {
        const union = counting([...a, ...b, ...c]).toBytes();
        const left = counting(a);
        left.merge(counting(b));
        left.merge(counting(c));
        const inner = counting(c);
        inner.merge(counting(a));
        const right = counting(b);
        right.merge(inner);
        right.merge(inner);
        expect(Buffer.from(left.toBytes()).equals(union)).toBe(true);
        expect(Buffer.from(right.toBytes()).equals(union)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same after a trip through bytes', () => {
    for (const size of [0, 1, 500, 501, 40_000]) {
      const distinct = counting(range(0, size));
      const again = DistinctCounter.fromBytes(distinct.toBytes());
      expect(again.count()).toBe(distinct.count());
      again.merge(distinct);
      expect(Buffer.from(again.toBytes()).equals(distinct.toBytes())).toBe(true);
    }
  });
});
