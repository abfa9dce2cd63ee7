/** A change that is asked of the collector: under way, done, or refused and why. */
import { useState } from 'preact/hooks';
import { asProblem, type Problem } from './problem.js';

export interface Change {
  isBusy: boolean;
  /** Whether the last one was made. */
  isDone: boolean;
  problem: Problem | undefined;
  run(change: () => Promise<unknown>): void;
}

/** @param after called when one was made */
export function useChange(after: () => void): Change {
  const [state, setState] = useState<Omit<Change, 'run'>>({
    isBusy: false,
    isDone: false,
    problem: undefined,
  });
  return {
    ...state,
    run(change) {
      setState({ isBusy: true, isDone: false, problem: undefined });
      change().then(
        () => {
          setState({ isBusy: false, isDone: true, problem: undefined });
          after();
        },
        (error) => setState({ isBusy: false, isDone: false, problem: asProblem(error) }),
      );
    },
  };
}
