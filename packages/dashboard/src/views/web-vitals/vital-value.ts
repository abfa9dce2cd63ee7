/** A web vital's value as people write it. Pure. */
import type { WebVital } from '@liveinsight/schema';

/** Up to the first it is good, above the second poor, as https://web.dev/articles/vitals says; milliseconds, CLS without a unit. */
export const THRESHOLDS: Readonly<Record<WebVital['metric'], readonly [good: number, poor: number]>> = {
  LCP: [2_500, 4_000],
  INP: [200, 500],
  CLS: [0.1, 0.25],
  FCP: [1_800, 3_000],
  TTFB: [800, 1_800],
};

/** `2.52 s`, `229 ms`, `0.12` */
export function showVital(value: number | null, unit: WebVital['unit']): string {
  if (value === null) return '–';
  if (unit === null) return value.toFixed(2);
  return value < 1_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(2)} s`;
}
