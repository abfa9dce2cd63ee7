/** Days of a zone by what its clocks show, through the platform's own calendar. */
import type { Interval } from '@liveinsight/schema';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the zone's clocks show then, as if it were UTC. */
function shown(ms: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(timeZone, format);
  }
  return Date.parse(`${format.format(ms).replace(' ', 'T')}Z`) + (((ms % 1000) + 1000) % 1000);
}

/** When the zone's clocks show that. */
function instantOf(wall: number, timeZone: string): number {
  let ms = wall;
  for (let round = 0; round < 3; round += 1) ms += wall - shown(ms, timeZone);
  return ms;
}

/** The first instant of the unit that it is in, so many units later. */
export function startOf(ms: number, unit: 'day' | 'month' | 'week', timeZone: string, later = 0): number {
  const date = new Date(shown(ms, timeZone));
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (unit === 'month') return instantOf(Date.UTC(year, month + later), timeZone);
  const monday = unit === 'week' ? (date.getUTCDay() + 6) % 7 : 0;
  return instantOf(Date.UTC(year, month, day - monday + later * (unit === 'week' ? 7 : 1)), timeZone);
}

/** The starts of the intervals of `[from, to)`, the first being `from`. */
export function startsOf(from: number, to: number, interval: Interval, timeZone: string): number[] {
  const starts: number[] = [];
  for (let start = from; start < to; ) {
    starts.push(start);
    if (interval === 'hour') start = start - (start % HOUR_MS) + HOUR_MS;
    else if (interval === '5m') start += 300_000;
    else start = startOf(start, interval, timeZone, 1);
  }
  return starts;
}

/** The same time so many days earlier, by the zone's clocks. */
export const daysBefore = (ms: number, days: number, timeZone: string): number =>
  instantOf(shown(ms, timeZone) - days * DAY_MS, timeZone);
