/** The events seen so far: each once, newest first, no more than are shown. Pure. */
import type { StreamEvent } from '@liveinsight/schema';

export const MOST_EVENTS = 100;

/** Answers overlap, so that nothing is missed: what is known already is not taken twice. */
export function mergeEvents(known: readonly StreamEvent[], arrived: readonly StreamEvent[]): StreamEvent[] {
  const ids = new Set<string>();
  return [...arrived, ...known]
    .sort((a, b) => b.received_at.localeCompare(a.received_at) || b.timestamp - a.timestamp)
    .filter(({ event_id }) => !ids.has(event_id) && ids.add(event_id))
    .slice(0, MOST_EVENTS);
}
