/** The events seen so far: each once, newest first, no more than are shown. Pure. */
import type { StreamEvent } from '@liveinsight/schema';

export const MAX_EVENTS = 60;
export const MAX_CONVERSIONS = 20;

/** Answers overlap, so that nothing is missed: what is known already is not taken twice. */
export function mergeEvents(
  known: readonly StreamEvent[],
  arrived: readonly StreamEvent[],
  max = MAX_EVENTS,
): readonly StreamEvent[] {
  const ids = new Set(known.map(({ event_id }) => event_id));
  const fresh = arrived.filter(({ event_id }) => !ids.has(event_id) && ids.add(event_id));
  if (fresh.length === 0) return known;
  return [...fresh, ...known].sort(newestFirst).slice(0, max);
}

export const filterConversions = (events: readonly StreamEvent[]): StreamEvent[] =>
  events.filter(({ event_type }) => event_type === 'conversion');

const newestFirst = (a: StreamEvent, b: StreamEvent): number =>
  compare(b.received_at, a.received_at) || b.timestamp - a.timestamp;

/** Instants in UTC are in order as texts. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
