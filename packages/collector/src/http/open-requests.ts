/** The requests under way: counted, so that a process can end once all of them are answered. */
import { ApiError } from '../errors.js';
import type { CollectorReply, CollectorRequest, Connection } from './request.js';
import type { Router } from './router.js';

/**
 * What a sender who takes his time over a body may hold up the end of the process. What is not stored then is not
 * acknowledged either; platforms kill a process that is told to end after 10 to 30 s.
 */
const CLOSE_WITHIN_MS = 8_000;

export interface OpenRequests {
  handle(router: Router, request: CollectorRequest, connection: Connection): Promise<CollectorReply>;
  /** The check, or a rejection once the process is closing. */
  ready(check: () => Promise<void>): Promise<void>;
  /** Resolves once every request is answered, after 8 seconds at most. */
  close(): Promise<void>;
}

export function createOpenRequests(): OpenRequests {
  const pending = new Set<Promise<CollectorReply>>();
  let closing = false;
  return {
    async handle(router, request, connection) {
      const response = router.dispatch(request, connection);
      pending.add(response);
      const reply = await response;
      pending.delete(response);
      // A connection kept open would hold up the server's own closing.
      if (closing) reply.headers.connection = 'close';
      return reply;
    },
    ready: (check) =>
      closing ? Promise.reject(new ApiError('store_unavailable', 'the collector is shutting down')) : check(),
    close() {
      closing = true;
      return within(CLOSE_WITHIN_MS, pending);
    },
  };
}

/** Resolves when all are settled, or the time is over. */
async function within(ms: number, promises: Iterable<Promise<unknown>>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([Promise.allSettled(promises), over]);
  clearTimeout(timer);
}
