/** Whether the collector can do its work: asked of the store itself, at most once a second however often it is asked. */
import { type EventStore, StoreUnavailableError } from '../storage/event-store.js';

const REMEMBERED_MS = 1_000;
/** Balancers give up on a check after some five seconds; a store slower than this is away. */
const TIMEOUT_MS = 3_000;

/** Resolves, or throws the store's own words on why it can't be used: for the log alone, as they name accounts and roles. */
export function createReadiness(store: Pick<EventStore, 'ping'>): () => Promise<void> {
  let last: { startedAt: number; result: Promise<void> } | undefined;
  return () => {
    const now = Date.now();
    if (!last || now - last.startedAt > REMEMBERED_MS) {
      const result = inTime(store.ping());
      result.catch(() => {});
      last = { startedAt: now, result };
    }
    return last.result;
  };
}

function inTime(result: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new StoreUnavailableError(`the store did not answer within ${TIMEOUT_MS} ms`)),
      TIMEOUT_MS,
    );
    result.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
