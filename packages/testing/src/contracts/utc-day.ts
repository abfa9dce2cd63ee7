/** UTC days, as stores name them. */
export const DAY_MS = 24 * 60 * 60_000;

/** The UTC day of a time in ms, for example `2026-01-31`. */
export const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
