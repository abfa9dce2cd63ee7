/** Hours of the week by the clock of a zone. Pure. */
import type { Calendar } from '../time/calendar.js';
import { MINUTE_MS } from '../time/ms.js';

/** All there are, as `1-09`: ISO weekday and hour. */
/** The rows of hours that have the sessions which began in them. */
export const BEGAN_IN_HOUR = 'began_in_hour';

export const HOURS_OF_WEEK: readonly string[] = Array.from(
  { length: 7 * 24 },
  (_, hour) => `${1 + Math.floor(hour / 24)}-${String(hour % 24).padStart(2, '0')}`,
);

/** The clocks of no zone change, and no zone's hours begin, but at a quarter of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;

/** Position in `HOURS_OF_WEEK`. */
function hourOfWeekIndex(ms: number, calendar: Calendar): number {
  const local = new Date(ms + calendar.offsetAt(ms));
  return ((local.getUTCDay() + 6) % 7) * 24 + local.getUTCHours();
}

/** As `1-09`. */
export const hourOfWeek = (ms: number, calendar: Calendar): string =>
  HOURS_OF_WEEK[hourOfWeekIndex(ms, calendar)] ?? '';

/** Of each of these times the position in `HOURS_OF_WEEK`. */
export function hourOfWeekCodes(times: Float64Array, calendar: Calendar): Uint8Array {
  const ofQuarter = new Map<number, number>();
  return Uint8Array.from(times, (ms) => {
    const quarter = Math.floor(ms / QUARTER_MS);
    let hour = ofQuarter.get(quarter);
    if (hour === undefined) {
      hour = hourOfWeekIndex(ms, calendar);
      ofQuarter.set(quarter, hour);
    }
    return hour;
  });
}
