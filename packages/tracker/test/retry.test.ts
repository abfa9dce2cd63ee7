import { describe, expect, it } from 'vitest';
import { judge, retryDelayMs } from '../src/retry.js';

describe('judge', () => {
  it('forgets a batch only when a collector says that it is stored', () => {
    expect(judge(200, true, 3)).toBe('stored');
    expect(judge(200, false, 3)).toBe('again');
    expect(judge(0, false, 3)).toBe('again');
  });

  it.each([302, 408, 429, 500, 502, 503, 504])('tries again after %i', (status) => {
    expect(judge(status, true, 3)).toBe('again');
  });

  it.each([400, 401, 403, 404, 422])('gives up after %i', (status) => {
    expect(judge(status, true, 3)).toBe('refused');
  });

  it('splits a batch that is too large, down to one event', () => {
    expect(judge(413, true, 2)).toBe('split');
    expect(judge(413, true, 1)).toBe('refused');
  });
});

describe('retryDelayMs', () => {
  it('doubles from a second to a minute, half of it random', () => {
    expect([1, 2, 3, 7, 8, 1000].map((failures) => retryDelayMs(failures, 0, 1))).toEqual([
      1000, 2000, 4000, 60_000, 60_000, 60_000,
    ]);
    expect(retryDelayMs(1, 0, 0)).toBe(500);
  });

  it('never comes before Retry-After, of which it believes an hour', () => {
    expect(retryDelayMs(1, 30, 0)).toBe(30_000);
    expect(retryDelayMs(1, 30, 1)).toBe(33_000);
    expect(retryDelayMs(1, 1e9, 0)).toBe(3_600_000);
    expect(retryDelayMs(1, Number.NaN, 1)).toBe(1000);
  });
});
