/** Pure: what an answer means for its batch, and how long to wait before the next try. */

/** Whether sending the same again would be refused again. 408 Request Timeout and 429 Too Many Requests pass. */
export const isRefusal = (status: number): boolean => /^4(?!08|29)/.test(status as unknown as string);

/** Seconds that `Retry-After` asks for; 0 where it names none, or an hour or more. */
export const readRetryAfter = (header: string | null): number => {
  const seconds = +(header as string);
  return seconds < 3600 ? seconds : 0;
};

/**
 * Milliseconds to wait after `failures` in a row: a second, doubling to a minute, or what the server asks for, and up to as
 * much again at random, so that devices do not come back all at once.
 */
export const retryDelayMs = (failures: number, retryAfterSeconds: number, random: number): number =>
  Math.max(2 ** Math.min(failures, 6), retryAfterSeconds) * (1 + random) * 1e3;
