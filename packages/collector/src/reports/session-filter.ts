/** Which sessions of a list pass its filters. Pure. */
import type { Breakdown } from '@liveinsight/schema';
import { SESSION_DIMENSIONS } from '../events/dimensions.js';
import { type Filter, passes } from '../query/filters.js';
import type { StoredBatch } from '../storage/event-store.js';
import type { Calendar } from '../time/calendar.js';
import type { LoadedSession } from './session-loader.js';

export interface SessionFilter {
  /** Judges by the newest batch what is the same in all of a session, so that what fails need not be read whole. */
  mayPass(newest: StoredBatch): boolean;
  /** Judges the whole session. */
  passes(session: LoadedSession): boolean;
}

const OF_SESSION = new Set<Breakdown>(SESSION_DIMENSIONS);

export function sessionFilter(filters: Filter[], calendar: Calendar): SessionFilter {
  const ofSession = filters.filter(({ breakdown }) => OF_SESSION.has(breakdown));
  const ofEvents = filters.filter(({ breakdown }) => !OF_SESSION.has(breakdown));
  return {
    mayPass: (newest) => passes([newest], ofSession, calendar),
    passes: ({ batches }) => passes(batches, ofEvents, calendar),
  };
}
