import { describe, expect, it } from 'vitest';
import { isRefusal, readRetryAfter, retryDelayMs } from '../src/retry.js';

describe('isRefusal', () => {
  it.each([0, 200, 302, 408, 429, 500, 502, 503, 504])('says that %i may pass', (status) => {
    expect(isRefusal(status)).toBe(false);
  });

  it.each([400, 401, 403, 404, 413, 422])('says that %i would come again', (status) => {
    expect(isRefusal(status)).toBe(true);
  });
});

describe('readRetryAfter', () => {
  it.each([
    ['30', 30],
    [null, 0],
    ['', 0],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 0],
    ['999999999', 0],
  ])('reads %o as %i seconds', (header, seconds) => {
    expect(readRetryAfter(header)).toBe(seconds);
  });
});

describe('retryDelayMs', () => {
  it('doubles from a second to a minute, with up to as much again at random', () => {
    expect([0, 1, 2, 6, 7, 1000].map((failures) => retryDelayMs(failures, 0, 0))).toEqual([
      1000, 2000, 4000, 64_000, 64_000, 64_000,
    ]);
    expect(retryDelayMs(0, 0, 1)).toBe(2000);
  });

  it('never comes before Retry-After', () => {
    expect(retryDelayMs(0, 30, 0)).toBe(30_000);
  });
});
