/** The time by the store's clock: own clock, kept within what the `Date` of the store's replies allows. */

/** Beyond this an arrival was stamped too long ago to be sure that no rollup has passed it. */
export const DELAYED_WRITE_MS = 60_000;

/** A write that was answered so long after its stamp that rollups may have gone past it: closing the day corrects it. */
export interface DelayedWrite {
  stampedAt: number;
  repliedAt: number;
}

export interface StoreClock {
  /** Whole ms since 1970. */
  now(): number;
  /** Learns from a reply: its `Date` header, and when by own clock it was asked for and arrived. */
  observe(date: string | undefined, askedAt: number, answeredAt: number): number | undefined;
}

export function storeClock(ownNow: () => number = Date.now): StoreClock {
  let offset = 0;
  return {
    now: () => Math.round(ownNow() + offset),
    observe(date, askedAt, answeredAt) {
      const second = date === undefined ? Number.NaN : Date.parse(date);
      if (Number.isNaN(second)) return undefined;
      // The reply was made within that second, and between asking and answer.
      offset = Math.min(second + 1000 - askedAt, Math.max(second - answeredAt, offset));
      return second;
    },
  };
}
