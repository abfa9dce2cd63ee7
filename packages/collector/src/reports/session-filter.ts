/** Which sessions of a list pass its filters. Pure. */

import { type Condition, type Field, isOfField } from '../engine/condition.js';
import { SESSION_DIMENSIONS } from '../events/dimensions.js';
import { passes } from '../query/raw-filters.js';
import type { StoredBatch } from '../storage/event-store.js';
import type { Calendar } from '../time/calendar.js';
import type { LoadedSession } from './session-loader.js';

export interface SessionFilter {
  /** Judges by the newest batch what is the same in all of a session, so that what fails need not be read whole. */
  mayPass(newest: StoredBatch): boolean;
  /** Judges the whole session. */
  passes(session: LoadedSession): boolean;
}

const OF_SESSION = new Set<Field>(SESSION_DIMENSIONS);

export function sessionFilter(filters: Condition[], calendar: Calendar): SessionFilter {
  const isOfSession = (one: Condition) => isOfField(one) && OF_SESSION.has(one.field);
  const ofSession = filters.filter(isOfSession);
  const ofEvents = filters.filter((one) => !isOfSession(one));
  return {
    mayPass: (newest) => passes([newest], ofSession, calendar),
    passes: ({ batches }) => passes(batches, ofEvents, calendar),
  };
}
