/** The UTC days of an export, each a file of its own. Pure. */
import { parseDate } from '@liveinsight/schema';
import { InvalidArgumentError } from 'commander';
import { DAY_MS, utcDay } from '../time.js';

/** The last events of a day can become visible a little after its end. */
const COMPLETE_AFTER_MS = 600_000;

export interface ExportDay {
  /** `2026-01-31`. */
  name: string;
  from: number;
  to: number;
}

/** Reads a UTC date as the day's first ms. */
export function parseDay(text: string): number {
  const day = parseDate(text);
  if (day !== undefined) return day;
  throw new InvalidArgumentError('Use a UTC date, for example 2026-01-31.');
}

/** From the day of `from` to that of `to`, both included. */
export function daysBetween(from: number, to: number): ExportDay[] {
  const days: ExportDay[] = [];
  for (let start = Math.floor(from / DAY_MS) * DAY_MS; start <= to; start += DAY_MS) {
    days.push({ name: utcDay(start), from: start, to: start + DAY_MS });
  }
  return days;
}

/** Whether a file written at `writtenAt` (ms) has all events of the day. */
export const isComplete = ({ to }: ExportDay, writtenAt: number): boolean =>
  writtenAt >= to + COMPLETE_AFTER_MS;
