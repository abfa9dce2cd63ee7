/** Time ranges in the URL and as parameters of the API. Pure. */

/** What each preset asks the API for: its `to` is now where none is given. */
const PRESETS = {
  '30m': { from: '30m' },
  today: { from: '0d' },
  yesterday: { daysAgo: 1 },
  '24h': { from: '23h' },
  '7d': { from: '6d' },
  '30d': { from: '29d' },
  '90d': { from: '89d' },
  '12mo': { from: '11mo' },
} as const satisfies Record<string, { from: string } | { daysAgo: number }>;

export type Preset = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as Preset[];
export const DEFAULT_RANGE: Preset = '7d';

export const isPreset = (range: string): range is Preset => Object.hasOwn(PRESETS, range);

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
export const endsNow = (range: string): boolean => isPreset(range) && range !== 'yesterday';

/** `from` and `to` of the API; days are those of the zone. */
export function rangeQuery(range: string, timezone: string, now: number): { from?: string; to?: string } {
  const custom = customRange(range);
  if (custom) return { from: custom.from, to: custom.to };
  const preset = PRESETS[isPreset(range) ? range : DEFAULT_RANGE];
  if ('from' in preset) return { from: preset.from };
  const date = dateBefore(now, timezone, preset.daysAgo);
  return { from: date, to: date };
}

/** The calendar date so many days before, as `2026-01-31`. */
export function dateBefore(now: number, timezone: string, days: number): string {
  const today = new Intl.DateTimeFormat('sv', { timeZone: timezone, dateStyle: 'short' }).format(now);
  return new Date(Date.parse(`${today}T12:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}
