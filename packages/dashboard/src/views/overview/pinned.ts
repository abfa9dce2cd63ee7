/** The numbers that the reader wants to see first, kept in this browser. */
import { isMetric, type Metric } from '../../series/metrics.js';

export const MAX_PINNED = 6;
const NAME = 'liveinsight-figures';
const USUAL: readonly Metric[] = [
  'visitors',
  'sessions',
  'page_views',
  'bounce_rate',
  'average_session_duration_ms',
  'conversions',
];

export function readPinned(): readonly Metric[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? 'null');
    const metrics = Array.isArray(kept) ? kept.filter(isMetric) : [];
    return metrics.length > 0 ? metrics.slice(0, MAX_PINNED) : USUAL;
  } catch {
    return USUAL;
  }
}

export function savePinned(metrics: readonly Metric[]): void {
  try {
    localStorage.setItem(NAME, JSON.stringify(metrics));
  } catch {
    // Storage is denied: they last as long as the view.
  }
}
