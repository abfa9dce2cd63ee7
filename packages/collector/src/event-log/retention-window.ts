/** Of which arrivals raw events can be there: they are kept for some days, and none is stamped long ahead. Pure. */

import { createNote, type Note } from '../notes.js';

/** Arrivals are stamped by clocks that may be a little ahead of ours. */
export const CLOCK_MARGIN_MS = 60_000;

/** What a question that begins earlier than raw events is told. */
export function expiredNote(begins: number): Note {
  const at = new Date(begins).toISOString();
  const message = `raw events before ${at} have expired: this includes only later ones`;
  return createNote('raw_events_expired', message, { at });
}
