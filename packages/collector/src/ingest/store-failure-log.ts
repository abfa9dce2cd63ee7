/** Says to whoever runs the collector why events were not stored: often enough to be seen, seldom enough to be read. */

import type { StoreFailure } from '../storage/store-failure.js';

/** Milliseconds between two lines. */
const QUIET_MS = 10_000;

/** A line at once, then at most one in ten seconds, with all since the one before. */
export function storeFailureLog(
  write: (line: string) => void,
  nowMs: () => number = Date.now,
): (failure: StoreFailure) => void {
  let loggedAt = Number.NEGATIVE_INFINITY;
  let events = 0;
  return (failure) => {
    events += failure.events;
    if (nowMs() - loggedAt < QUIET_MS) return;
    write(`LiveInsight: ${events} events could not be stored and are to be sent again: ${failure.cause}`);
    loggedAt = nowMs();
    events = 0;
  };
}
