/** Pure: what an answer means for its batch, and how long to wait before the next try. */

/** `stored`: forget it. `again`: same batch later. `split`: in halves. `refused`: give it up and count why. */
export type Verdict = 'stored' | 'again' | 'split' | 'refused';

/**
 * @param status HTTP status; 0 where no answer came
 * @param understood whether the answer was a collector's: a captive portal says 200 to everything
 */
export const judge = (status: number, understood: boolean, events: number): Verdict =>
  status === 413 && events > 1
    ? 'split'
    : status > 399 && status < 500 && status !== 408 && status !== 429
      ? 'refused'
      : understood && status < 300
        ? 'stored'
        : 'again';

/**
 * Milliseconds to wait after `failures` in a row: 1 s doubling to a minute, half of it random so that devices do not come
 * back all at once; never before the server's `Retry-After`, of which an hour is believed.
 */
export const retryDelayMs = (failures: number, retryAfterSeconds: number, random: number): number =>
  Math.max(
    Math.min(2 ** failures, 120) * 500 * (0.5 + random / 2),
    Math.min(retryAfterSeconds || 0, 3600) * (1e3 + random * 100),
  );
