/** Calendar dates as `2026-01-31`, whose order is that of their texts. Pure. */

const DAY_MS = 86_400_000;
const atNoon = (date: string): Date => new Date(`${date}T12:00:00Z`);
const textOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The date of that moment in the zone. */
export const dateAt = (now: number, timezone: string): string =>
  new Intl.DateTimeFormat('sv', { timeZone: timezone, dateStyle: 'short' }).format(now);

export const addDays = (date: string, days: number): string =>
  textOf(new Date(atNoon(date).getTime() + days * DAY_MS));

/** The same day of another month, or its last where it has no such day. */
export function addMonths(date: string, months: number): string {
  const first = atNoon(firstOfMonth(date));
  first.setUTCMonth(first.getUTCMonth() + months);
  const last = lastOfMonth(textOf(first));
  const same = `${last.slice(0, 8)}${date.slice(8)}`;
  return same < last ? same : last;
}

export const firstOfMonth = (date: string): string => `${date.slice(0, 8)}01`;

export function lastOfMonth(date: string): string {
  const at = atNoon(firstOfMonth(date));
  at.setUTCMonth(at.getUTCMonth() + 1, 0);
  return textOf(at);
}

/** Its Monday: weeks are ISO's. */
export const firstOfWeek = (date: string): string => addDays(date, -((atNoon(date).getUTCDay() + 6) % 7));

/** Days from one to the other. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((atNoon(to).getTime() - atNoon(from).getTime()) / DAY_MS);
