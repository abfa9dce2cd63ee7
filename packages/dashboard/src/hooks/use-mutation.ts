/** A change request to the collector: pending, done, or rejected with a reason. */
import { useState } from 'preact/hooks';
import { type ApiError, toApiError } from '../api/error.js';

export interface Change {
  isBusy: boolean;
  /** Whether the last one was made. */
  isDone: boolean;
  error: ApiError | undefined;
  run(change: () => Promise<unknown>): void;
}

/** @param after called when one was made */
export function useMutation(after: () => void): Change {
  const [state, setState] = useState<Omit<Change, 'run'>>({
    isBusy: false,
    isDone: false,
    error: undefined,
  });
  return {
    ...state,
    run(change) {
      setState({ isBusy: true, isDone: false, error: undefined });
      change().then(
        () => {
          setState({ isBusy: false, isDone: true, error: undefined });
          after();
        },
        (error) => setState({ isBusy: false, isDone: false, error: toApiError(error) }),
      );
    },
  };
}
