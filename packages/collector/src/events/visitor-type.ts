/**
 * Whether a session is the first of its visitor. A tracker's ids begin with the time at which they were made, and the id of a
 * visitor is made with that of their first session: so both say it, and nothing more has to be stored. Pure.
 */
import type { StoredBatch } from '../storage/event-store.js';
import { DAY_MS } from '../time/ms.js';

/** A new visitor's two ids are made one right after the other. */
const MADE_TOGETHER_MS = 1_000;
/** A session lasts a day at most: a visitor's id that is made later than that is of a clock that was changed. */
const MAX_SESSION_MS = DAY_MS;

/** As the tracker makes ids: the millisecond in 8 characters, and a random fraction. */
const TRACKER_ID = /^([0-9a-z]{8})(?:0|0\.\d+|\d(?:\.\d+)?e-\d+)$/;

/** Undefined where it is not known: of visitors whose id is of a day, of a server, or of your own making. */
export function visitorType({
  visitor_id,
  session_id,
}: Pick<StoredBatch, 'visitor_id' | 'session_id'>): 'new' | 'returning' | undefined {
  const [visitor, session] = [readTime(visitor_id), readTime(session_id)];
  if (visitor === undefined || session === undefined) return undefined;
  if (visitor < session - MADE_TOGETHER_MS) return 'returning';
  return visitor <= session + MAX_SESSION_MS ? 'new' : undefined;
}

function readTime(id: string): number | undefined {
  const [, time] = TRACKER_ID.exec(id) ?? [];
  return time === undefined ? undefined : Number.parseInt(time, 36);
}
