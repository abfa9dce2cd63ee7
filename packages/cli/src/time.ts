/** UTC days. */
export const DAY_MS = 86_400_000;

/** The UTC day of a time in ms, for example `2026-01-31`. */
export const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Today and the days before it, `count` in all, newest first. */
export const recentUtcDays = (count: number): string[] => {
  const now = Date.now();
  return Array.from({ length: count }, (_, back) => utcDay(now - back * DAY_MS));
};
