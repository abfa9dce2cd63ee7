/** A point in time as text: parsed identically in every time zone of the machine. */

const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** What an instant must look like, for error messages. */
export const INSTANT_FORM = 'an ISO 8601 instant with its zone, as 2026-01-31T09:00:00Z';

/** ms since 1970 of an ISO 8601 instant that names its zone; undefined for all else, as for 31 February. */
export function parseInstant(text: string): number | undefined {
  const [, day] = INSTANT.exec(text) ?? [];
  if (day === undefined || parseDate(day) === undefined) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** ms since 1970 at which a date begins in UTC; undefined for what is no date of the calendar. */
export function parseDate(text: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse takes 31 February as 3 March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? time : undefined;
}
