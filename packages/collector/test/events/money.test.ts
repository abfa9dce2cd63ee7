import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundMicros, toMicros } from '../../src/events/money.js';

const sum = (values: number[]) =>
  values.reduce((micros, value) => roundMicros(micros + toMicros(value)), 0) / 1e6;

describe('amounts', () => {
  it.each([
    [[0.00000001], 0.00000001],
    [Array(3).fill(0.00000001), 0.00000003],
    [[0.12345678, 0.00000001], 0.12345679],
    [[0.1, 0.2], 0.3],
    [[0.30000000000000004, -0.3], 0],
    [[12.5, -25], -12.5],
    [[1e9, 1e9, 0.01], 2_000_000_000.01],
  ])('%j make %s', (values, total) => {
    expect(sum(values)).toBe(total);
  });

  it('make the same sum in any order, down to a hundredth of a millionth', () => {
    const satoshi = fc.integer({ min: -1e10, max: 1e10 }).map((n) => n / 1e8);
    fc.assert(
      fc.property(fc.array(satoshi, { maxLength: 50 }), (values) => {
        const exact = values.reduce((total, value) => total + Math.round(value * 1e8), 0) / 1e8;
        expect(sum(values)).toBeCloseTo(exact, 10);
        expect(sum([...values].reverse())).toBe(sum(values));
      }),
    );
  });
});
