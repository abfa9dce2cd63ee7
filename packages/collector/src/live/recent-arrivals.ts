/** The newest arrivals, numbered and encoded once for everybody who reads them, within a budget in bytes. */
import type { StreamEvent } from '@liveinsight/schema';
import { MAX_LIVE_ARRIVALS_BYTES, MAX_LIVE_RESPONSE_BYTES } from '../budgets.js';
import type { ArrivalFacts } from './facts.js';

export interface NumberedArrival {
  number: number;
  receivedAt: number;
  /** The message of Server-Sent Events: shared by all streams it is sent to. */
  message: Uint8Array;
  /** Where in it the data begins. */
  dataAt: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** What ends a message. */
const END = '\n\n';

export class RecentArrivals {
  #arrivals: NumberedArrival[] = [];
  #bytes = 0;
  /** Of the newest arrival; 0 before the first. */
  number = 0;

  /**
   * Gives an arrival the next number. One too old to be shown has no message, and what came before it is forgotten too:
   * those that are kept follow each other.
   */
  add(facts: ArrivalFacts, toId: (number: number) => string): NumberedArrival | undefined {
    this.number += 1;
    const { head, receivedAt } = facts;
    if (head === undefined) {
      this.clear();
      return undefined;
    }
    const start = `id: ${toId(this.number)}\nevent: batch\ndata: `;
    const events = facts.events.map(({ text }) => text ?? '{}').join(',');
    const message = encoder.encode(`${start}${head},"events":[${events}]}${END}`);
    const numbered = { number: this.number, receivedAt, message, dataAt: start.length };
    this.#arrivals.push(numbered);
    this.#bytes += message.length;
    let evicted = 0;
    for (; this.#bytes > MAX_LIVE_ARRIVALS_BYTES; evicted += 1)
      this.#bytes -= this.#arrivals[evicted]?.message.length ?? 0;
    if (evicted > 0) this.#arrivals.splice(0, evicted);
    return numbered;
  }

  clear(): void {
    this.#arrivals = [];
    this.#bytes = 0;
  }

  /** Those after that number; undefined where some of them are no longer kept. */
  since(number: number): NumberedArrival[] | undefined {
    const first = this.#arrivals[0]?.number ?? this.number + 1;
    return number + 1 < first ? undefined : this.#arrivals.slice(number + 1 - first);
  }

  /** Those that arrived from then on. */
  from(receivedAt: number): NumberedArrival[] {
    return this.#arrivals.filter((arrival) => arrival.receivedAt >= receivedAt);
  }
}

/** The events of arrivals, newest first, as many as one response may hold. */
export function toStreamEvents(arrivals: NumberedArrival[], max: number): StreamEvent[] {
  const events: StreamEvent[] = [];
  let bytes = 0;
  for (const { message, dataAt } of arrivals.toReversed()) {
    bytes += message.length;
    if (events.length >= max || bytes > MAX_LIVE_RESPONSE_BYTES) break;
    const data: { events: StreamEvent[] } = JSON.parse(
      decoder.decode(message.subarray(dataAt, message.length - END.length)),
    );
    events.push(...data.events.reverse());
  }
  return events.slice(0, max);
}
