/** How many readers of `/api/live` are connected, by key and in all: connections that stay are bounded like memory is. */
import { MAX_LIVE_READERS, MAX_LIVE_READERS_PER_KEY } from '../budgets.js';
import { ApiError } from '../errors.js';

/** Until one of the others may have gone. */
const RETRY_AFTER = { 'retry-after': '30' };

export interface LiveReaders {
  /** Counts one more of this key until its stream ends, or its client has gone; throws where there are too many. */
  connect(
    key: string,
    signal: AbortSignal | undefined,
    open: () => ReadableStream<Uint8Array>,
  ): ReadableStream<Uint8Array>;
}

export function createLiveReaders(): LiveReaders {
  const byKey = new Map<string, number>();
  let all = 0;

  return {
    connect(key, signal, open) {
      const ofKey = byKey.get(key) ?? 0;
      if (ofKey >= MAX_LIVE_READERS_PER_KEY) throw TOO_MANY_OF_KEY();
      if (all >= MAX_LIVE_READERS) throw TOO_MANY();
      const stream = open();
      byKey.set(key, ofKey + 1);
      all += 1;
      let isCounted = true;
      const disconnect = () => {
        if (!isCounted) return;
        isCounted = false;
        signal?.removeEventListener('abort', disconnect);
        all -= 1;
        const left = (byKey.get(key) ?? 1) - 1;
        if (left > 0) byKey.set(key, left);
        else byKey.delete(key);
      };
      // What nobody reads any more has no end of its own.
      signal?.addEventListener('abort', disconnect);
      return notifyOnEnd(stream, disconnect);
    },
  };
}

/** The same stream. `onEnd` is called whichever side ends it. */
function notifyOnEnd(stream: ReadableStream<Uint8Array>, onEnd: () => void): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        reader.closed.catch((error) => controller.error(error)).finally(onEnd);
      },
      async pull(controller) {
        const part = await reader.read();
        if (part.done) controller.close();
        else controller.enqueue(part.value);
      },
      // Which closes the reader, too.
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

const TOO_MANY_OF_KEY = () =>
  new ApiError(
    'rate_limited',
    `this key has ${MAX_LIVE_READERS_PER_KEY} live streams open, the most it may have: poll /api/realtime, or close some`,
    [],
    RETRY_AFTER,
  );

const TOO_MANY = () =>
  new ApiError(
    'overloaded',
    `this process has ${MAX_LIVE_READERS} live streams open, the most it may have: poll /api/realtime, or try again`,
    [],
    RETRY_AFTER,
  );
