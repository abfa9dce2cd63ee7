/** What can come of asking but an answer. */

export type ProblemKind =
  /** No key, or none that is known. */
  | 'unauthorized'
  /** The key is known, but not for this. */
  | 'forbidden'
  /** The question itself is wrong: `message` says what of it. */
  | 'refused'
  /** Nobody answers, or not in time. */
  | 'unreachable'
  /** It answers that it can't now. */
  | 'failed';

export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    /** In the collector's words; empty where there are none. */
    message = '',
  ) {
    super(message);
  }
}

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('unreachable');

export function problemOf(status: number, message: string): Problem {
  if (status === 401) return new Problem('unauthorized', message);
  if (status === 403) return new Problem('forbidden', message);
  if (status >= 400 && status < 500 && status !== 429) return new Problem('refused', message);
  return new Problem('failed', message);
}
