/** How much one session may send in a minute: more would heat its key in the store, and no person does it. */
import { evictOldest } from '../cache/evict-oldest.js';
import { MINUTE_MS } from '../time/ms.js';

/** Sessions counted at once, some 1.5 MB; beyond it those counted longest are forgotten. */
const MAX_SESSIONS = 10_000;

export interface RateLimit {
  /** Takes so many events of a session; else the seconds to wait. */
  take(session: string, events: number, nowMs: number): { ok: true } | { ok: false; retryAfterS: number };
}

export function createRateLimit(eventsPerMinute: number): RateLimit {
  let minute = 0;
  const counts = new Map<string, number>();
  return {
    take(session, events, nowMs) {
      const current = Math.floor(nowMs / MINUTE_MS);
      if (current !== minute) {
        minute = current;
        counts.clear();
      }
      const before = counts.get(session) ?? 0;
      // A session's first batch of a minute always passes: a batch larger than the cap must not wait for ever.
      if (before > 0 && before + events > eventsPerMinute) {
        return { ok: false, retryAfterS: Math.ceil(((current + 1) * MINUTE_MS - nowMs) / 1_000) };
      }
      if (before === 0) evictOldest(counts, MAX_SESSIONS);
      counts.set(session, before + events);
      return { ok: true };
    },
  };
}
