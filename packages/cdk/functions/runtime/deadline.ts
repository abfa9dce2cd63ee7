/** Lets a store answer before Lambda ends the function: late writes are to be sent again, late reads fail in words. */
import { type Store, StoreUnavailableError } from '@liveinsight/collector';

/** Left for composing and sending the reply, in ms. */
const RESERVE_MS = 500;

/** When the invocation under way will be ended. An environment has one at a time. */
export interface Deadline {
  set(remainingMs: number): void;
  remainingMs(): number;
}

export function invocationDeadline(): Deadline {
  let at = Number.POSITIVE_INFINITY;
  return {
    set(remainingMs) {
      at = Date.now() + remainingMs;
    },
    remainingMs: () => at - Date.now(),
  };
}

/** The store, giving up shortly before the deadline. A write given up may still land: sent again, it is stored once. */
export function withinDeadline(store: Store, deadline: Deadline): Store {
  const methods = Object.entries(store).map(([name, method]) => [
    name,
    (...given: unknown[]) => {
      const result = method(...given);
      return result instanceof Promise ? inTime(result, deadline) : result;
    },
  ]);
  return {
    ...store,
    ...Object.fromEntries(methods),
    append: (batch) =>
      inTime(store.append(batch), deadline).catch((error: Error) => ({
        kind: 'retry' as const,
        event_ids: batch.events.map(({ event_id }) => event_id),
        cause: error.message,
      })),
  };
}

function inTime<Result>(result: Promise<Result>, deadline: Deadline): Promise<Result> {
  const left = deadline.remainingMs() - RESERVE_MS;
  if (left === Number.POSITIVE_INFINITY) return result;
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(new StoreUnavailableError('the store did not answer in the time the function has'));
    const timer = setTimeout(late, Math.max(0, left));
    result.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
