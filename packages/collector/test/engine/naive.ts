/** The numbers of what passes filters by their definition: batches picked one by one, and added up as rollups add them. */
import type { Condition, ConditionLevel } from '../../src/engine/condition.js';
import { passes } from '../../src/query/raw-filters.js';
import { addBatch, emptyRollup, type Rollup } from '../../src/rollup/aggregate.js';
import type { StoredBatch } from '../../src/storage/event-store.js';
import { getCalendar } from '../../src/time/calendar.js';
import { hash } from '../columns/histories.js';

const UTC = getCalendar('UTC');

export interface NaiveQuery {
  conditions: Condition[];
  level: ConditionLevel;
  bounds: number[];
}

/** What passes and arrived within the range, in order of arrival. A session is what it did: a batch without events says nothing of it. */
export function pick(batches: StoredBatch[], { conditions, level, bounds }: NaiveQuery): StoredBatch[] {
  const [from = 0, to = 0] = [bounds[0], bounds.at(-1)];
  const inside = batches
    .filter(
      ({ received_at, bot, events }) => received_at >= from && received_at < to && !bot && events.length > 0,
    )
    .sort((a, b) => a.received_at - b.received_at);
  if (level === 'event') {
    return inside.flatMap((batch) => {
      const events = batch.events.filter((event) => eventPasses({ ...batch, events: [event] }, conditions));
      return events.length > 0 ? [{ ...batch, events }] : [];
    });
  }
  const sessions = groupBySession(inside);
  return inside.filter(({ session_id }) => passes(sessions.get(session_id) ?? [], conditions, UTC));
}

/** As for sessions, but a page is where the event happened, whatever it was. */
function eventPasses(batch: StoredBatch, conditions: Condition[]): boolean {
  return conditions.every((condition) => {
    if (!('field' in condition) || condition.field !== 'page') return passes([batch], [condition], UTC);
    const view = batch.events.map((event) => ({ ...event, event_type: 'page_view' as const }));
    return passes([{ ...batch, events: view as StoredBatch['events'] }], [condition], UTC);
  });
}

export function groupBySession(batches: StoredBatch[]): Map<string, StoredBatch[]> {
  const sessions = new Map<string, StoredBatch[]>();
  for (const batch of batches) {
    const found = sessions.get(batch.session_id);
    if (found) found.push(batch);
    else sessions.set(batch.session_id, [batch]);
  }
  return sessions;
}

/** One rollup for each bucket. */
export function addUp(batches: StoredBatch[], { bounds }: Pick<NaiveQuery, 'bounds'>): Rollup[] {
  return bounds.slice(1).map((end, index) => {
    const rollup = emptyRollup();
    for (const batch of batches)
      if (batch.received_at >= (bounds[index] ?? end) && batch.received_at < end)
        addBatch(rollup, batch, { hash });
    return rollup;
  });
}
