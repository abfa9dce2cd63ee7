/** Pure: how long to wait before the next try. */

/**
 * Milliseconds to wait, at least, after `failures` in a row: a second, doubling to a minute, or the seconds that `Retry-After` asks
 * for, an hour at most.
 */
export const retryDelayMs = (failures: number, retryAfter: string | null | undefined): number =>
  Math.max(2 ** Math.min(failures, 6), Math.min(retryAfter as unknown as number, 3600) || 0) * 1e3;
