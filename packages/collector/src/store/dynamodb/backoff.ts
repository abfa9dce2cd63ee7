/** Patience with a store that throttles. */
import { setTimeout as wait } from 'node:timers/promises';

/** Longest waits before attempts 2 to 6; the actual ones are random, so that many do not come back together. */
const LONGEST_WAITS_MS = [50, 100, 200, 400, 800];

/** Attempts until the outcome is none of throttling, or patience ends. */
export async function withBackoff<T>(
  attempt: () => Promise<T>,
  isThrottled: (outcome: T) => boolean,
): Promise<T> {
  for (const longest of LONGEST_WAITS_MS) {
    const outcome = await attempt();
    if (!isThrottled(outcome)) return outcome;
    await wait(longest * (0.5 + Math.random() / 2));
  }
  return attempt();
}
