/** When an event happened, as far as a client's clock can be believed. */

import { type Batch, type Event, type Issue, MAX_EVENT_AGE_MS } from '@liveinsight/schema';
import type { StoredEvent } from '../storage/event-store.js';
import { DAY_MS } from '../time/ms.js';

/** A transit slower than this would be taken for a wrong clock. */
const CLOCK_TOLERANCE_MS = 60_000;
const YEAR_2000_MS = Date.UTC(2000);
/** Later than this after it happened, an event is delayed: it counts in an hour that is not its own. */
const DELAYED_AFTER_MS = 300_000;

export interface CorrectedEvents {
  events: StoredEvent[];
  /** Ids of events that waited longer than their first copy would have been kept. */
  tooOld: string[];
}

/** @param bare a bare event that does not say when it was sent keeps the time it claims, however old */
export function correctClock(
  batch: Batch,
  receivedAt: number,
  retentionDays: number,
  bare: boolean,
): CorrectedEvents {
  const { sent_at } = batch;
  const offset = sent_at === undefined ? 0 : receivedAt - sent_at;
  const shift = Math.abs(offset) > CLOCK_TOLERANCE_MS ? offset : 0;
  const oldestAge = bare && sent_at === undefined ? Number.POSITIVE_INFINITY : maxAgeMs(retentionDays);
  const corrected: CorrectedEvents = { events: [], tooOld: [] };
  for (const event of batch.events) {
    const stored = correctTime(event, shift, receivedAt);
    const age = (sent_at ?? receivedAt) - event.timestamp;
    if (stored.clock !== 'replaced' && age > oldestAge) corrected.tooOld.push(event.event_id);
    else corrected.events.push(stored);
  }
  return corrected;
}

function correctTime(event: Event, shift: number, receivedAt: number): StoredEvent {
  const happenedAt = event.timestamp + shift;
  if (happenedAt < YEAR_2000_MS || happenedAt > receivedAt + DAY_MS) {
    return { ...event, timestamp: receivedAt, clock: 'replaced', claimed_timestamp: event.timestamp };
  }
  const delayed = receivedAt - happenedAt > DELAYED_AFTER_MS ? { delayed: true as const } : {};
  if (shift === 0) return 'delayed' in delayed ? { ...event, ...delayed } : event;
  return {
    ...event,
    timestamp: happenedAt,
    clock: 'corrected',
    claimed_timestamp: event.timestamp,
    ...delayed,
  };
}

/** A day short of retention: what is sent again must still meet its first copy. */
const maxAgeMs = (retentionDays: number) => Math.min(MAX_EVENT_AGE_MS, (retentionDays - 1) * DAY_MS);

export function tooOldIssue(retentionDays: number): Issue {
  const days = maxAgeMs(retentionDays) / DAY_MS;
  return {
    code: 'event_too_old',
    path: 'timestamp',
    message: `timestamp must be at most ${days} days before it is sent`,
  };
}
