/** Numbers and times as people of a language write them, in a zone. Pure. */
import type { Interval } from '@liveinsight/schema';

export interface Format {
  /** `12,345` */
  number(value: number): string;
  /** `12.3K`: where there is little room. */
  compact(value: number): string;
  /** `4.2 %` of 0.042. */
  percent(share: number): string;
  /** `+12 %`: with its sign, without fractions. */
  change(share: number): string;
  /** `3 min 20 s` */
  duration(ms: number): string;
  /** `€12.50`, `₩2,334`, `BHD 1.250`: with the currency's minor units, unless whole amounts are wanted; the plain number where the currency is none. */
  money(value: number, currency: string | undefined, isWhole?: boolean): string;
  /** Amounts by currency, in the given order: amounts of different currencies are not compared. */
  moneys(amounts: Readonly<Record<string, number>>): string;
  /** `14:03:22` */
  time(at: number | string): string;
  /** `14:03` */
  minute(at: number | string): string;
  /** `Nov 21, 14:03` */
  moment(at: number | string): string;
  /** `2 min ago`, within an hour; before that, the moment. */
  ago(at: number | string, now: number): string;
  /** `Nov 21, 2026` */
  date(at: number | string): string;
  /** The same for a calendar date such as `2026-11-21`, independent of the time zone. */
  calendarDate(date: string): string;
  /** `November 2026` of a calendar date. */
  monthOf(date: string): string;
  /** `Mon` of 1, as ISO numbers weekdays. */
  weekday(day: number): string;
  /** What an interval of a series is called: `14:00`, `Nov 21`, `November 2026`. */
  interval(start: number | string, interval: Interval): string;
  /** The same with all that tells it from others: `Sat, Nov 21, 14:00–15:00`. */
  fullInterval(start: number | string, interval: Interval): string;
  /** `Korea` of `KR`; the code itself where it is none. */
  country(code: string): string;
  /** Of a language's code. */
  languageName(code: string): string;
}

const WIDTH_MS: Partial<Record<Interval, number>> = { '5m': 300_000, hour: 3_600_000 };

const ISO_CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
/** As exact as the collector's sums are. */
const SUM_DIGITS = 6;

/** Long amounts without cents lose the zeros. Of what is no state's money, as `BTC`, browsers do not know how far it is divided. */
function moneyDigits(value: number, currency: string, isWhole: boolean): Intl.NumberFormatOptions {
  if (!ISO_CURRENCIES.has(currency)) return { minimumFractionDigits: 0, maximumFractionDigits: SUM_DIGITS };
  return (isWhole || Math.abs(value) >= 1_000) && Number.isInteger(value)
    ? { minimumFractionDigits: 0, maximumFractionDigits: 0 }
    : {};
}

export function createFormat(locale: string, timeZone: string): Format {
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const change = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  });
  const by = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (at: number | string) => format.format(typeof at === 'number' ? at : Date.parse(at));
  };
  const hour = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const day = { month: 'short', day: 'numeric' } as const;
  const time = by({ ...hour, second: '2-digit' });
  const minute = by(hour);
  const moment = by({ ...day, ...hour });
  const date = by({ ...day, year: 'numeric' });
  const calendarDate = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...day, year: 'numeric' });
  const wholeMonth = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' });
  const weekdays = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' });
  const dayOnly = by(day);
  const weekday = by({ weekday: 'short', ...day });
  const wholeDay = by({ weekday: 'long', ...day, year: 'numeric' });
  const month = by({ month: 'short', year: 'numeric' });
  const unit = (name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'narrow' });
  const [seconds, minutes, hours] = ['second', 'minute', 'hour'].map(unit) as [
    Intl.NumberFormat,
    Intl.NumberFormat,
    Intl.NumberFormat,
  ];
  const namesOf = (type: 'region' | 'language') => {
    const names = new Intl.DisplayNames(locale, { type, fallback: 'code' });
    return (code: string) => {
      try {
        return names.of(code) ?? code;
      } catch {
        return code;
      }
    };
  };

  const relative = new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'auto' });
  const money = (value: number, currency: string | undefined, isWhole = false) => {
    if (!currency) return numbers.format(value);
    try {
      return new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        ...moneyDigits(value, currency, isWhole),
      }).format(value);
    } catch {
      return `${numbers.format(value)} ${currency}`;
    }
  };

  return {
    number: (value) => numbers.format(value),
    compact: (value) => compact.format(value),
    percent: (share) => percent.format(share),
    change: (share) => change.format(share),
    duration(ms) {
      const total = Math.max(0, Math.round(ms / 1_000));
      if (total < 60) return seconds.format(total);
      if (total < 3_600) return `${minutes.format(Math.floor(total / 60))} ${seconds.format(total % 60)}`;
      return `${hours.format(Math.floor(total / 3_600))} ${minutes.format(Math.floor((total % 3_600) / 60))}`;
    },
    money,
    moneys: (amounts) =>
      Object.entries(amounts)
        .map(([currency, value]) => money(value, currency))
        .join(' · '),
    time,
    minute,
    moment,
    ago(at, now) {
      const minutes = Math.round((now - (typeof at === 'number' ? at : Date.parse(at))) / 60_000);
      if (minutes < 0 || minutes >= 60) return moment(at);
      return minutes < 1 ? relative.format(0, 'second') : relative.format(-minutes, 'minute');
    },
    date,
    calendarDate: (isoDate) => calendarDate.format(Date.parse(`${isoDate}T12:00:00Z`)),
    monthOf: (isoDate) => wholeMonth.format(Date.parse(`${isoDate}T12:00:00Z`)),
    // The first of January 2024 was a Monday.
    weekday: (day) => weekdays.format(Date.UTC(2024, 0, day)),
    interval(start, interval) {
      if (interval === '5m' || interval === 'hour') return minute(start);
      return interval === 'month' ? month(start) : dayOnly(start);
    },
    fullInterval(start, interval) {
      const width = WIDTH_MS[interval];
      if (width === undefined) return interval === 'month' ? month(start) : wholeDay(start);
      const first = typeof start === 'number' ? start : Date.parse(start);
      return `${weekday(first)}, ${minute(first)}–${minute(first + width)}`;
    },
    country: namesOf('region'),
    languageName: namesOf('language'),
  };
}
