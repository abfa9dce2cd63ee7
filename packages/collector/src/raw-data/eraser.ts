/** Deletes batches and counts them; their days are marked first, so that what was counted of them stays. */
import type { SessionItem, Store } from '../storage/event-store.js';

export interface Erased {
  sessions: number;
  batches: number;
  events: number;
}

export interface Eraser {
  erase(sessionId: string, gone: SessionItem[]): Promise<void>;
  /** To be called when the deleting is over, or pauses: every process then forgets what its live view holds of the site. */
  finish(): Promise<Erased>;
}

/** @param forget drops what this process' live view holds of the site */
export function createEraser(store: Store, site: string, forget: () => void): Eraser {
  const marked = new Map<string, Promise<void>>();
  const sessions = new Set<string>();
  let [batches, events] = [0, 0];

  const mark = (day: string) => store.markDay(site, { day, cause: 'erase', marked_at: store.now() });

  async function markDays(gone: SessionItem[]): Promise<void> {
    for (const { received_at } of gone) {
      const day = new Date(received_at).toISOString().slice(0, 10);
      const marking = marked.get(day) ?? mark(day);
      marked.set(day, marking);
      await marking;
    }
  }

  return {
    async erase(sessionId, gone) {
      if (gone.length === 0) return;
      await markDays(gone);
      const names = gone.map(({ batch }) => batch);
      await store.deleteBatches(site, sessionId, names);
      sessions.add(sessionId);
      batches += gone.length;
      for (const item of gone) events += item.events;
    },
    async finish() {
      // Whoever has heeded the first mark may have read again what was still there.
      await Promise.all([...marked.keys()].map(mark));
      if (marked.size > 0) forget();
      return { sessions: sessions.size, batches, events };
    },
  };
}
