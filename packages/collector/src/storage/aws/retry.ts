/** Patience with a service that throttles, or had closed an idle connection. */
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode, isTransient } from './errors.js';

/** Longest waits before attempts 2 to 6; the actual ones are random, so that many do not come back together. */
const LONGEST_WAITS_MS = [50, 100, 200, 400, 800];

/** Attempts until the outcome is one that lasts, or patience ends. */
export async function withBackoff<T>(attempt: () => Promise<T>, passes: (outcome: T) => boolean): Promise<T> {
  for (const longest of LONGEST_WAITS_MS) {
    const outcome = await attempt();
    if (!passes(outcome)) return outcome;
    await wait(longest * (0.5 + Math.random() / 2));
  }
  return attempt();
}

/** A call that is the same at each attempt. Rejects with what its last attempt does. */
export async function retryTransient<Reply>(
  call: () => Promise<Reply>,
  passes: (code: string) => boolean = isTransient,
): Promise<Reply> {
  const outcome = await withBackoff(
    () =>
      call().then(
        (reply) => ({ reply }),
        (error: unknown) => ({ error }),
      ),
    (ended) => 'error' in ended && passes(errorCode(ended.error)),
  );
  if ('error' in outcome) throw outcome.error;
  return outcome.reply;
}
