/** Of which arrivals raw events can be there: they are kept for some days, and none is stamped long ahead. Pure. */

/** Arrivals are stamped by clocks that may be a little ahead of ours. */
export const CLOCK_MARGIN_MS = 60_000;

/** What a question that begins earlier than raw events is told. */
export const expiredNote = (begins: number): string =>
  `this reads raw events, which are kept no longer: only what arrived from ${new Date(begins).toISOString()} on is in`;
