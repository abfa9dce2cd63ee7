/** Units of time in ms, and UTC days. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Most calls are about the day of the call before. */
let lastDay = { number: Number.NaN, text: '' };

/** The UTC day of a time in ms, for example `2026-01-31`. */
export function utcDay(ms: number): string {
  const number = Math.floor(ms / DAY_MS);
  if (number !== lastDay.number) lastDay = { number, text: new Date(ms).toISOString().slice(0, 10) };
  return lastDay.text;
}

/** The UTC days between two times (ms; `to` exclusive), in order. */
export function utcDays(from: number, to: number): string[] {
  const days: string[] = [];
  for (let start = Math.floor(from / DAY_MS) * DAY_MS; start < to; start += DAY_MS) days.push(utcDay(start));
  return days;
}
