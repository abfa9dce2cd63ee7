/** Events that wait to be sent, in batches of one sender each, within a budget in bytes. */
import type { Sender, WireBatch, WireEvent } from './wire.js';

/** As many as the collector takes in one. */
const MAX_EVENTS = 50;
/** JSON of a batch: the collector takes 262,144 bytes. */
const MAX_BATCH_BYTES = 200_000;
/** What a batch has besides its events. */
const BATCH_BYTES = 600;

export interface Queued {
  batch: WireBatch;
  bytes: number;
  /** Once it was sent, nothing is added to it: its name stands for what is in it. */
  isClosed: boolean;
  isSending: boolean;
}

export interface Queue {
  /** Whether there was room. */
  add(sender: Sender, event: WireEvent): boolean;
  /** Those that are not being sent, oldest first. */
  waiting(): Queued[];
  remove(queued: Queued): void;
  readonly events: number;
  readonly batches: number;
  readonly isFull: boolean;
}

export function createQueue(maxBytes: number): Queue {
  const all = new Set<Queued>();
  let bytes = 0;
  let hasFullBatch = false;

  const isSame = ({ batch }: Queued, { site, session, visitor_id, user_id }: Sender) =>
    batch.site === site &&
    batch.session?.session_id === session?.session_id &&
    batch.visitor_id === visitor_id &&
    batch.user_id === user_id;

  return {
    add(sender, event) {
      const size = Buffer.byteLength(JSON.stringify(event));
      let open = [...all].findLast((queued) => !queued.isClosed && isSame(queued, sender));
      if (open && (open.batch.events.length >= MAX_EVENTS || open.bytes + size > MAX_BATCH_BYTES)) {
        open.isClosed = true;
        open = undefined;
      }
      const cost = size + (open ? 0 : BATCH_BYTES);
      if (bytes + cost > maxBytes || size > MAX_BATCH_BYTES) return false;
      if (open) open.batch.events.push(event);
      else {
        open = {
          batch: { v: 1, server: true, batch: event.event_id, ...sender, events: [event] },
          bytes: 0,
          isClosed: false,
          isSending: false,
        };
        all.add(open);
      }
      open.bytes += cost;
      bytes += cost;
      hasFullBatch = open.batch.events.length >= MAX_EVENTS;
      return true;
    },
    waiting: () => [...all].filter(({ isSending }) => !isSending),
    remove(queued) {
      if (all.delete(queued)) bytes -= queued.bytes;
    },
    get events() {
      let count = 0;
      for (const { batch } of all) count += batch.events.length;
      return count;
    },
    get batches() {
      return all.size;
    },
    get isFull() {
      return hasFullBatch;
    },
  };
}
