/** Of which periods cohorts are, and how many are shown. Pure. */

/** How many can be chosen; the second one is, unless another is. */
export const COUNTS = { day: ['7', '14', '30'], week: ['4', '8', '12'], month: ['3', '6', '12'] } as const;
export type Period = keyof typeof COUNTS;
export const PERIODS = Object.keys(COUNTS) as Period[];

export const toPeriod = (raw: string | undefined): Period => PERIODS.find((one) => one === raw) ?? 'week';

/** As `from` of the API, so that as many periods are shown. */
export function fromOf(period: Period, count: number, timezone: string, now: number): string {
  if (period !== 'month') return `${(period === 'week' ? 7 : 1) * (count - 1)}d`;
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit' });
  const [year = 0, month = 1] = parts.format(now).split('-').map(Number);
  return new Date(Date.UTC(year, month - count, 1)).toISOString().slice(0, 10);
}
