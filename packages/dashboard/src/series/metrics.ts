/** The numbers of a period: how to take each out of totals, what kind it is, and whether more is better. Pure. */
import type { SiteInfo, StatsData, Totals } from '@liveinsight/schema';
import type { Format } from '../format/format.js';
import { durationTicks, valueTicks } from './scale.js';

type Kind = 'count' | 'ratio' | 'share' | 'duration' | 'money';

interface MetricSpec {
  kind: Kind;
  /** Absent: neither. */
  better?: 'more' | 'less';
}

export const METRICS = {
  visitors: { kind: 'count', better: 'more' },
  sessions: { kind: 'count', better: 'more' },
  page_views: { kind: 'count', better: 'more' },
  views_per_session: { kind: 'ratio', better: 'more' },
  conversions: { kind: 'count', better: 'more' },
  conversion_rate: { kind: 'share', better: 'more' },
  revenue: { kind: 'money', better: 'more' },
  bounce_rate: { kind: 'share', better: 'less' },
  average_session_duration_ms: { kind: 'duration', better: 'more' },
  average_engaged_ms: { kind: 'duration', better: 'more' },
  events: { kind: 'count' },
  clicks: { kind: 'count' },
} as const satisfies Partial<Record<keyof Totals, MetricSpec>>;

export type Metric = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as Metric[];

export const isMetric = (name: string | undefined): name is Metric =>
  name !== undefined && Object.hasOwn(METRICS, name);

/** The currency of revenue: amounts of that currency only, or, with rates, the converted amounts of all currencies that have a rate. */
export interface Money {
  currency: string;
  /** What one unit is worth in `currency`. */
  rates?: Readonly<Record<string, number>>;
}

export const metricValue = (totals: Totals, metric: Metric, money: Money): number | null =>
  metric === 'revenue' ? totals.revenue && amountIn(totals.revenue, money) : totals[metric];

const amountIn = (revenue: Readonly<Record<string, number>>, { currency, rates }: Money): number =>
  rates
    ? Object.entries(revenue).reduce(
        (sum, [name, amount]) => sum + amount * rateOf(name, { currency, rates }),
        0,
      )
    : (revenue[currency] ?? 0);

const rateOf = (name: string, { currency, rates = {} }: Money): number =>
  name === currency ? 1 : (rates[name] ?? 0);

/** All currencies, the one that is paid in most often first. Where that is not known of the whole: of a part of it. */
export const listCurrencies = ({ totals, series }: Pick<StatsData, 'totals' | 'series'>): string[] =>
  Object.keys(totals.revenue ?? Object.assign({}, ...series.map(({ revenue }) => revenue)));

/** Those that a sum in the reporting currency lacks. */
export const withoutRate = (currencies: readonly string[], money: Money): string[] =>
  money.rates ? currencies.filter((name) => rateOf(name, money) === 0) : [];

/** @param chosen by the reader; else the site's reporting currency, else the one that is paid in most often */
export function resolveMoney(
  currencies: readonly string[],
  { currency, rates }: Pick<SiteInfo, 'currency' | 'rates'>,
  chosen: string | undefined,
): Money {
  if (chosen !== undefined && currencies.includes(chosen)) return { currency: chosen };
  if (currency !== undefined && currencies.length > 0) return { currency, rates: rates ?? {} };
  return { currency: currencies[0] ?? '' };
}

export function showMetric(
  metric: Metric,
  format: Format,
  currency: string,
): (value: number, isWhole?: boolean) => string {
  switch (METRICS[metric].kind) {
    case 'share':
      return format.percent;
    case 'duration':
      return format.duration;
    case 'money':
      return (value, isWhole) => format.money(value, currency, isWhole);
    default:
      return format.number;
  }
}

export function metricTicks(metric: Metric, largest: number): number[] {
  const { kind } = METRICS[metric];
  return kind === 'duration' ? durationTicks(largest, 4) : valueTicks(largest, 4, kind === 'count');
}

/** Of the value before: 0.1 is a tenth more. Undefined where nothing can be said. */
export const relativeChange = (now: number | null, before: number | null | undefined): number | undefined =>
  now === null || before == null || before === 0 ? undefined : now / before - 1;

export function changeTone(metric: Metric, change: number): 'good' | 'bad' | 'neither' {
  const of: MetricSpec = METRICS[metric];
  if (!of.better || Math.abs(change) < 0.005) return 'neither';
  return change > 0 === (of.better === 'more') ? 'good' : 'bad';
}
