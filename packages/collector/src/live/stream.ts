/** `GET /api/live`: every arrival as it is stored, whichever process stored it, as Server-Sent Events. */
import { streamEvent } from '../read/stream-event.js';
import type { Arrival } from './arrival.js';
import type { Watch } from './watch.js';

/** Proxies close a line on which nothing is said for a minute, some for half of one. */
const HEARTBEAT_MS = 15_000;
/** A reader that is this many messages behind is let go; it comes back with the last id it has. */
const MAX_QUEUED_MESSAGES = 1_000;
/** Milliseconds a browser waits before it comes back. */
const RECONNECT_MS = 2_000;

export interface LiveQuestion {
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
export function liveStream(watch: Watch, question: LiveQuestion): ReadableStream<Uint8Array> {
  const text = new TextEncoder();
  let stop = () => {};
  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const ends = [question.signal, question.closing].filter((signal) => signal !== undefined);
        const say = (message: string) => controller.enqueue(text.encode(message));
        let isOver = false;
        const end = () => {
          if (isOver) return;
          stop();
          controller.close();
        };
        const tell = (arrival: Arrival, id: string) => {
          if ((controller.desiredSize ?? 0) < -MAX_QUEUED_MESSAGES) end();
          else say(message(arrival, id));
        };
        const heartbeat = setInterval(() => say(': still here\n\n'), HEARTBEAT_MS);
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
        await watch.refresh().catch(() => {});
        if (isOver) return;
        const missed = question.lastEventId === undefined ? [] : (watch.after(question.lastEventId) ?? []);
        for (const numbered of missed) if (!isOver) tell(numbered.arrival, watch.idOf(numbered));
        if (ends.some((signal) => signal.aborted)) end();
        if (!isOver) unlisten = watch.listen(tell);
      },
      cancel: () => stop(),
    },
    { highWaterMark: 0 },
  );
}

/** The batch's own fields, and its events as the event stream shows them. */
function message(arrival: Arrival, id: string): string {
  const events = arrival.events.map((event) => streamEvent(event, arrival));
  const data = { ...arrival, received_at: new Date(arrival.received_at).toISOString(), events };
  return `id: ${id}\nevent: batch\ndata: ${JSON.stringify(data)}\n\n`;
}
