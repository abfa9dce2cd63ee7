/** Compares the events of a batch with those that are stored under its name. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from './event-store.js';

export interface Comparison {
  /** Events whose id is not stored. */
  lacking: StoredEvent[];
  /** Ids that are stored with another event: that event is not a copy of the one that was sent. */
  reused: string[];
}

export function compareWithStored(sent: StoredEvent[], stored: StoredEvent[]): Comparison {
  const byId = new Map(stored.map((event) => [event.event_id, event]));
  const comparison: Comparison = { lacking: [], reused: [] };
  for (const event of sent) {
    const known = byId.get(event.event_id);
    if (!known) comparison.lacking.push(event);
    else if (!isDeepStrictEqual(toContent(event), toContent(known))) comparison.reused.push(event.event_id);
  }
  return comparison;
}

/**
 * Without the times, which the collector corrects by the clocks of each attempt, and without what follows the path of
 * an address, which another version may have stored; as JSON gives it back.
 */
function toContent({
  timestamp: _,
  clock: __,
  claimed_timestamp: ___,
  delayed: ____,
  ...content
}: StoredEvent) {
  return JSON.parse(JSON.stringify(content), (name, value) =>
    ADDRESSES.has(name) && typeof value === 'string' ? value.replace(/[?#].*$/s, '') : value,
  );
}

const ADDRESSES = new Set(['page_url', 'from_page', 'href']);
