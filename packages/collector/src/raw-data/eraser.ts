/** Deletes batches and counts them; their days are marked first, so that what was counted of them stays. */

import type { SessionItem, Store } from '../storage/event-store.js';
import { utcDay } from '../time/ms.js';

/**
 * A day is marked again at the latest so long after its mark: a process that reads at a mark trusts it for minutes, and an
 * erasure may take longer than that, or be killed before its last mark.
 */
const MARK_VALID_MS = 30_000;

export interface Erased {
  sessions: number;
  batches: number;
  events: number;
}

export interface Eraser {
  erase(sessionId: string, items: SessionItem[]): Promise<void>;
  /** To be called when the deleting is over, or pauses: every process then forgets what its live view holds of the site. */
  finish(): Promise<Erased>;
}

/** @param forget drops what this process' live view holds of the site */
export function createEraser(store: Store, site: string, forget: () => void): Eraser {
  const markedDays = new Map<string, { at: number; done: Promise<void> }>();
  const sessions = new Set<string>();
  let [batches, events] = [0, 0];

  function mark(day: string): Promise<void> {
    const at = store.now();
    const done = store.markDay(site, { day, cause: 'erase', marked_at: at });
    markedDays.set(day, { at, done });
    return done;
  }

  async function markItemDays(items: SessionItem[]): Promise<void> {
    for (const { received_at } of items) {
      const day = utcDay(received_at);
      const marked = markedDays.get(day);
      await (marked && store.now() - marked.at < MARK_VALID_MS ? marked.done : mark(day));
    }
  }

  return {
    async erase(sessionId, items) {
      if (items.length === 0) return;
      await markItemDays(items);
      const names = items.map(({ batch }) => batch);
      await store.deleteBatches(site, sessionId, names);
      sessions.add(sessionId);
      batches += items.length;
      for (const item of items) events += item.events;
    },
    async finish() {
      // A process that has seen the first mark may have read again what was still there.
      await Promise.all([...markedDays.keys()].map(mark));
      if (markedDays.size > 0) forget();
      return { sessions: sessions.size, batches, events };
    },
  };
}
