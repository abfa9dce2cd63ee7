/** Which stored items have been added, until no read can meet them again. */

import { IdSet } from '../rollup/id-set.js';
import { floorToMinute } from '../rollup/settle-time.js';
import type { ArrivedItem } from '../storage/event-store.js';
import { MINUTE_MS } from '../time/ms.js';

/** Of a quiet minute; busier ones grow. */
const FIRST_SLOTS = 64;

/** A name is the sender's choice, so it tells items apart within a session only. */
const toName = ({ session_id, batch }: ArrivedItem): string => `${session_id}\n${batch}`;

/** Names are kept as hashes by the minute of their arrival, which an item never changes. */
export class SeenNames {
  readonly #minutes = new Map<number, IdSet>();

  has(item: ArrivedItem): boolean {
    return this.#minutes.get(floorToMinute(item.received_at))?.has(toName(item)) ?? false;
  }

  /** Whether it was not there yet. */
  add(item: ArrivedItem): boolean {
    const minute = floorToMinute(item.received_at);
    let names = this.#minutes.get(minute);
    if (!names) {
      names = new IdSet(FIRST_SLOTS);
      this.#minutes.set(minute, names);
    }
    return names.add(toName(item));
  }

  /** Forgets minutes that ended before that arrival (ms). */
  forgetBefore(time: number): void {
    for (const minute of this.#minutes.keys()) if (minute + MINUTE_MS <= time) this.#minutes.delete(minute);
  }

  get size(): number {
    let size = 0;
    for (const names of this.#minutes.values()) size += names.size;
    return size;
  }
}
