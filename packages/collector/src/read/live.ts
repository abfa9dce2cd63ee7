/** `GET /api/live`: batches as this process stores them, as Server-Sent Events. */
import type { Feed, LiveBatch } from './feed.js';
import { streamEvent } from './stream-event.js';

/** Proxies close a line on which nothing is said for a minute, some for half of one. */
const HEARTBEAT_MS = 15_000;
/** A reader that is this many messages behind is let go; it comes back with the last id it has. */
const MAX_QUEUED_MESSAGES = 1_000;
/** Milliseconds a browser waits before it comes back. */
const RECONNECT_MS = 2_000;

export interface LiveQuery {
  site: string;
  lastEventId: string | undefined;
  signal: AbortSignal | undefined;
}

export function liveStream(feed: Feed, { site, lastEventId, signal }: LiveQuery): ReadableStream<Uint8Array> {
  const text = new TextEncoder();
  let stop = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const say = (message: string) => controller.enqueue(text.encode(message));
        const end = () => {
          stop();
          controller.close();
        };
        say(`retry: ${RECONNECT_MS}\n: live\n\n`);
        const heartbeat = setInterval(() => say(': still here\n\n'), HEARTBEAT_MS);
        const unsubscribe = feed.subscribe(
          (live) => {
            if (live.batch.site !== site) return;
            if ((controller.desiredSize ?? 0) < -MAX_QUEUED_MESSAGES) end();
            else say(message(live));
          },
          lastEventId,
          end,
        );
        stop = () => {
          clearInterval(heartbeat);
          unsubscribe();
          signal?.removeEventListener('abort', end);
        };
        signal?.addEventListener('abort', end, { once: true });
        if (signal?.aborted) end();
      },
      cancel: () => stop(),
    },
    { highWaterMark: 0 },
  );
}

/** The batch's own fields, and its events as the event stream shows them. */
function message({ id, batch }: LiveBatch): string {
  const events = batch.events.map((event) => streamEvent(event, batch));
  const data = { ...batch, received_at: new Date(batch.received_at).toISOString(), events };
  return `id: ${id}\nevent: batch\ndata: ${JSON.stringify(data)}\n\n`;
}
