import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../src/retry.js';

describe('retryDelayMs', () => {
  it('doubles from a second to a minute', () => {
    expect([0, 1, 2, 6, 7, 1000].map((failures) => retryDelayMs(failures, null))).toEqual([
      1000, 2000, 4000, 64_000, 64_000, 64_000,
    ]);
  });

  it.each([
    ['30', 30],
    ['999999999', 3600],
    [null, 1],
    [undefined, 1],
    ['', 1],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 1],
    ['-5', 1],
  ])('waits, told %o by Retry-After, %i seconds', (header, seconds) => {
    expect(retryDelayMs(0, header)).toBe(seconds * 1000);
  });
});
