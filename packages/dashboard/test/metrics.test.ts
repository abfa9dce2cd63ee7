import type { SeriesPoint, Totals } from '@liveinsight/schema';
import { describe, expect, it } from 'vitest';
import { listCurrencies, metricValue, resolveMoney, withoutRate } from '../src/series/metrics.js';

const totals = (revenue: Totals['revenue']) => ({ visitors: revenue && 1, revenue }) as Totals;
const point = (revenue: Totals['revenue']) => totals(revenue) as SeriesPoint;

describe('revenue', () => {
  it('that can’t be known is as visitors that can’t: null, not nothing', () => {
    const money = { currency: 'EUR' };
    expect(metricValue(totals(null), 'revenue', money)).toBe(metricValue(totals(null), 'visitors', money));
    expect(metricValue(totals({}), 'revenue', money)).toBe(0);
  });

  it('has all its currencies in the order of the API: of the whole, or of what is known', () => {
    expect(listCurrencies({ totals: totals({ EUR: 1, KRW: 5 }), series: [point({ USD: 9 })] })).toEqual([
      'EUR',
      'KRW',
    ]);
    expect(listCurrencies({ totals: totals(null), series: [point(null), point({ USD: 9 })] })).toEqual([
      'USD',
    ]);
    expect(listCurrencies({ totals: totals(null), series: [point(null)] })).toEqual([]);
  });

  it('is told in the currency that is used most, in a chosen one, or with rates in all together', () => {
    const revenue = { EUR: 100, USD: 50, KRW: 33_000 };
    const names = Object.keys(revenue);
    const told = (site: object, chosen?: string) =>
      metricValue(totals(revenue), 'revenue', resolveMoney(names, site, chosen));
    expect(told({})).toBe(100);
    expect(told({}, 'KRW')).toBe(33_000);
    expect(told({}, 'XXX')).toBe(100);
    const site = { currency: 'EUR', rates: { USD: 0.9 } };
    expect(told(site)).toBe(145);
    expect(withoutRate(names, resolveMoney(names, site, undefined))).toEqual(['KRW']);
    expect(told(site, 'USD')).toBe(50);
  });
});
