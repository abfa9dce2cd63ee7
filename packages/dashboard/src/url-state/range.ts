/** Time ranges in the URL and as parameters of the API. Pure. */
import { addDays, addMonths, dateAt, firstOfMonth, firstOfWeek } from './dates.js';

/** The first and the last day of each preset that has whole days, by today's date. */
const DAYS = {
  today: (today) => [today, today],
  yesterday: (today) => [addDays(today, -1), addDays(today, -1)],
  '7d': (today) => [addDays(today, -6), today],
  '30d': (today) => [addDays(today, -29), today],
  '90d': (today) => [addDays(today, -89), today],
  this_week: (today) => [firstOfWeek(today), today],
  last_week: (today) => [addDays(firstOfWeek(today), -7), addDays(firstOfWeek(today), -1)],
  this_month: (today) => [firstOfMonth(today), today],
  last_month: (today) => [addMonths(firstOfMonth(today), -1), addDays(firstOfMonth(today), -1)],
  this_year: (today) => [`${today.slice(0, 4)}-01-01`, today],
  '12mo': (today) => [addMonths(firstOfMonth(today), -11), today],
} as const satisfies Record<string, (today: string) => readonly [from: string, to: string]>;

/** What those that are no days ask the API for: up to now. */
const TIMES = { '30m': '30m', '24h': '23h' } as const;
const MS = { '30m': 1_800_000, '24h': 86_400_000 } as const;

export type Preset = keyof typeof DAYS | keyof typeof TIMES;
export const PRESET_NAMES = [...Object.keys(DAYS), ...Object.keys(TIMES)] as Preset[];
/** What chooses them from the keyboard. */
export const PRESET_KEYS: Readonly<Partial<Record<Preset, string>>> = {
  today: 'd',
  yesterday: 'e',
  '24h': 'h',
  '7d': 'w',
  '30d': 'm',
  '90d': 'q',
  this_year: 'y',
  '12mo': 'l',
};
export const DEFAULT_RANGE = '7d' satisfies Preset;

const isDays = (range: string): range is keyof typeof DAYS => Object.hasOwn(DAYS, range);
const isTime = (range: string): range is keyof typeof TIMES => Object.hasOwn(TIMES, range);
export const isPreset = (range: string): range is Preset => isDays(range) || isTime(range);

/** From first to last, both dates, or both instants of which the last is beyond the range. */
export interface CustomRange {
  from: string;
  to: string;
}

const DATE = /^\d{4}-\d\d-\d\d$/;

export function customRange(range: string): CustomRange | undefined {
  const [from = '', to = '', ...more] = range.split('..');
  if (more.length > 0 || DATE.test(from) !== DATE.test(to)) return undefined;
  const [first, last] = [Date.parse(from), Date.parse(to)];
  if (Number.isNaN(first) || Number.isNaN(last)) return undefined;
  return (DATE.test(from) ? first <= last : first < last) ? { from, to } : undefined;
}

export const formatRange = ({ from, to }: CustomRange): string => `${from}..${to}`;

/** The range of an interval that begins then, for drilling down. */
export const instantRange = (fromMs: number, toMs: number): string =>
  formatRange({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });

export const isRange = (range: string): boolean => isPreset(range) || customRange(range) !== undefined;

/** Whether it ends now, so that its numbers still grow. */
export const endsNow = (range: string): boolean =>
  isPreset(range) && !['yesterday', 'last_week', 'last_month'].includes(range);

/** First and last day of a range that is days of the zone; undefined: it is instants. */
export function rangeDates(range: string, timezone: string, now: number): CustomRange | undefined {
  const custom = customRange(range);
  if (custom) return DATE.test(custom.from) ? custom : undefined;
  return isTime(range) ? undefined : presetDates(range, timezone, now);
}

function presetDates(range: string, timezone: string, now: number): CustomRange {
  const [from, to] = DAYS[isDays(range) ? range : DEFAULT_RANGE](dateAt(now, timezone));
  return { from, to };
}

/** First instant and end of a range that is no days. */
export function instantsOf(range: string, now: number): { from: number; to: number } {
  const custom = customRange(range);
  if (custom) return { from: Date.parse(custom.from), to: Date.parse(custom.to) };
  const ms = MS[isTime(range) ? range : '24h'];
  const step = ms === MS['30m'] ? 300_000 : 3_600_000;
  const to = Math.ceil(now / step) * step;
  return { from: to - ms, to };
}

/** `from` and `to` of the API; days are those of the zone. */
export function rangeQuery(range: string, timezone: string, now: number): { from?: string; to?: string } {
  const custom = customRange(range);
  if (custom) return { from: custom.from, to: custom.to };
  if (isTime(range)) return { from: TIMES[range] };
  const dates = presetDates(range, timezone, now);
  // What ends now has no `to`: with a date it would go on to the day's end.
  return endsNow(range) ? { from: dates.from } : dates;
}
