/** A web vital's value as people write it. Pure. */
import type { WebVital } from '@liveinsight/schema';

/** `2.52 s`, `229 ms`, `0.12` */
export function showVital(value: number | null, unit: WebVital['unit']): string {
  if (value === null) return '–';
  if (unit === null) return value.toFixed(2);
  return value < 1_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(2)} s`;
}
