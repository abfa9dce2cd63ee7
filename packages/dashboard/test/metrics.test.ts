import type { SeriesPoint, Totals } from '@liveinsight/schema';
import { describe, expect, it } from 'vitest';
import { currenciesOf, metricOf, moneyOf, withoutRate } from '../src/series/metrics.js';

const totals = (revenue: Totals['revenue']) => ({ visitors: revenue && 1, revenue }) as Totals;
const point = (revenue: Totals['revenue']) => totals(revenue) as SeriesPoint;

describe('revenue', () => {
  it('that can’t be known is as visitors that can’t: null, not nothing', () => {
    const money = { currency: 'EUR' };
    expect(metricOf(totals(null), 'revenue', money)).toBe(metricOf(totals(null), 'visitors', money));
    expect(metricOf(totals({}), 'revenue', money)).toBe(0);
  });

  it('has all its currencies in the order of the API: of the whole, or of what is known', () => {
    expect(currenciesOf({ totals: totals({ EUR: 1, KRW: 5 }), series: [point({ USD: 9 })] })).toEqual([
      'EUR',
      'KRW',
    ]);
    expect(currenciesOf({ totals: totals(null), series: [point(null), point({ USD: 9 })] })).toEqual(['USD']);
    expect(currenciesOf({ totals: totals(null), series: [point(null)] })).toEqual([]);
  });

  it('is told in the currency that is used most, in a chosen one, or with rates in all together', () => {
    const revenue = { EUR: 100, USD: 50, KRW: 33_000 };
    const names = Object.keys(revenue);
    const told = (site: object, chosen?: string) =>
      metricOf(totals(revenue), 'revenue', moneyOf(names, site, chosen));
    expect(told({})).toBe(100);
    expect(told({}, 'KRW')).toBe(33_000);
    expect(told({}, 'XXX')).toBe(100);
    const site = { currency: 'EUR', rates: { USD: 0.9 } };
    expect(told(site)).toBe(145);
    expect(withoutRate(names, moneyOf(names, site, undefined))).toEqual(['KRW']);
    expect(told(site, 'USD')).toBe(50);
  });
});
