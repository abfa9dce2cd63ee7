/** Roll-ups leave out batches younger than this, because the arrivals index may not show all of them yet. */
export const SETTLE_MS = 120_000;
