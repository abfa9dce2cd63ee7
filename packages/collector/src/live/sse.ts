/** `GET /api/live`: every arrival as it is stored, whichever process stored it, as Server-Sent Events. */
import { MAX_LIVE_QUEUE_BYTES } from '../budgets.js';
import type { NumberedArrival } from './recent-arrivals.js';
import type { SiteFeed } from './site-feed.js';

/** Proxies close a line on which nothing is said for a minute, some for half of one. */
const HEARTBEAT_MS = 15_000;
/** Milliseconds a browser waits before it comes back. */
const RECONNECT_MS = 2_000;

export interface LiveQuery {
  lastEventId: string | undefined;
  /** Aborted when the client goes away. */
  signal: AbortSignal | undefined;
  /** Aborted when the collector closes. */
  closing: AbortSignal;
}

/**
 * A reader that comes back with the id of its last message is told what it missed. By another collector than before it may
 * be told again of the seconds around: messages carry event ids, by which they are told apart.
 */
export function liveStream(feed: SiteFeed, query: LiveQuery): ReadableStream<Uint8Array> {
  const text = new TextEncoder();
  let stop = () => {};
  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const ends = [query.signal, query.closing].filter((signal) => signal !== undefined);
        const say = (comment: string) => controller.enqueue(text.encode(comment));
        let isOver = false;
        const end = () => {
          if (isOver) return;
          stop();
          controller.close();
        };
        /** A reader that is too far behind is let go; it comes back with the last id it has. */
        const send = ({ message }: NumberedArrival) => {
          if (message.length - (controller.desiredSize ?? 0) > MAX_LIVE_QUEUE_BYTES) end();
          else controller.enqueue(message);
        };
        // One that has something waiting needs no sign that the line is open.
        const heartbeat = setInterval(() => {
          if (controller.desiredSize === 0) say(': still here\n\n');
        }, HEARTBEAT_MS);
        let unlisten = () => {};
        stop = () => {
          isOver = true;
          clearInterval(heartbeat);
          unlisten();
          for (const signal of ends) signal.removeEventListener('abort', end);
        };
        for (const signal of ends) signal.addEventListener('abort', end, { once: true });
        say(`retry: ${RECONNECT_MS}\n: live\n\n`);
        // What others stored before this moment is not news; a store that is away does not keep the line from opening.
        await feed.refresh().catch(() => {});
        if (isOver) return;
        const missed = query.lastEventId === undefined ? [] : (feed.after(query.lastEventId) ?? []);
        for (const numbered of missed) if (!isOver) send(numbered);
        if (ends.some((signal) => signal.aborted)) end();
        if (!isOver) unlisten = feed.listen(send);
      },
      cancel: () => stop(),
    },
    { highWaterMark: 0, size: (chunk) => chunk?.length ?? 0 },
  );
}
