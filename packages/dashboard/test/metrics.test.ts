import type { SeriesPoint, Totals } from '@liveinsight/schema';
import { describe, expect, it } from 'vitest';
import { mainCurrency, metricOf } from '../src/series/metrics.js';

const totals = (revenue: Totals['revenue']) => ({ visitors: revenue && 1, revenue }) as Totals;
const point = (revenue: Totals['revenue']) => totals(revenue) as SeriesPoint;

describe('revenue', () => {
  it('that can’t be known is as visitors that can’t: null, not nothing', () => {
    expect(metricOf(totals(null), 'revenue', 'EUR')).toBe(metricOf(totals(null), 'visitors', ''));
    expect(metricOf(totals({}), 'revenue', 'EUR')).toBe(0);
  });

  it('is told in the currency in which most came in: of the whole, or of what is known', () => {
    expect(mainCurrency({ totals: totals({ EUR: 1, KRW: 5 }), series: [point({ USD: 9 })] })).toBe('KRW');
    expect(mainCurrency({ totals: totals(null), series: [point(null), point({ USD: 9 })] })).toBe('USD');
    expect(mainCurrency({ totals: totals(null), series: [point(null)] })).toBe('');
  });
});
