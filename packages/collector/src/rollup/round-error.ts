/** What went wrong in a round, as one error that names every part that failed. */

import { toErrorMessage } from './failed-parts.js';
import type { RollupFailure } from './rollup-context.js';

/** Parts that the message names. */
const MAX_NAMED = 5;

export class RoundError extends Error {
  override name = 'RoundError';

  constructor(readonly failures: RollupFailure[]) {
    const named = failures
      .slice(0, MAX_NAMED)
      .map(({ site, part, error }) => `${site}, ${part}: ${toErrorMessage(error)}`);
    const more = failures.length > MAX_NAMED ? `; and ${failures.length - MAX_NAMED} more` : '';
    super(`${failures.length} parts failed: ${named.join('; ')}${more}`, { cause: failures[0]?.error });
  }
}

/** Throws what failed, if anything did: what a whole site failed with is thrown as it is. */
export function throwFailures(failures: RollupFailure[]): void {
  const [first] = failures;
  if (!first) return;
  throw failures.length === 1 && first.part === 'site' ? first.error : new RoundError(failures);
}

/** What `onRollupError` does by default: a line on standard error for each failed round. */
export function rollupErrorLog(write: (line: string) => void): (error: unknown) => void {
  return (error) => {
    write(
      `LiveInsight: a round of rolling up or of alerts failed in part, the next one tries again: ${toErrorMessage(error)}`,
    );
  };
}
