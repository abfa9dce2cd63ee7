/** Which period a range is to be compared with. Pure. */
import { COMPARISONS } from '@liveinsight/schema';
import { invalid } from '../http/query-params.js';
import { FIVE_MINUTES_MS } from '../rollup/aggregate.js';
import type { Calendar } from '../time/calendar.js';
import { checkLength, parseTime } from './time-range.js';

export const COMPARE_PARAMETERS: readonly string[] = ['compare', 'compare_from', 'compare_to', 'align'];

/** The period before, the same of the year before, or one from a given time on. */
export type Comparison = { byWeekday: boolean } & (
  | { with: 'previous' | 'year' }
  | {
      with: 'custom';
      /** In ms. */
      from: number;
      /** Undefined: as long as the range, as far as that has come. */
      to: number | undefined;
    }
);

/** Reads `compare`, `compare_from`, `compare_to` and `align`; undefined where nothing is to be compared. */
export function parseComparison(
  query: URLSearchParams,
  calendar: Calendar,
  now: number,
): Comparison | undefined {
  const raw = query.get('compare');
  const mode = COMPARISONS.find((one) => one === raw);
  if (raw !== null && !mode) throw invalid('compare', `must be one of ${COMPARISONS.join(', ')}`);
  for (const name of ['compare_from', 'compare_to'])
    if (mode !== 'custom' && query.has(name)) throw invalid(name, 'must be given with compare=custom');
  const byWeekday = parseAlign(query, mode !== undefined);
  if (!mode) return undefined;
  if (mode !== 'custom') return { with: mode, byWeekday };
  const from = parseTime(query, 'compare_from', 'start', calendar, now);
  const to = parseTime(query, 'compare_to', 'end', calendar, now);
  if (from === undefined)
    throw invalid('compare_from', 'must be given with compare=custom: the beginning of the compared period');
  if (to !== undefined && from >= to) throw invalid('compare_from', 'must be before compare_to');
  if (to !== undefined) checkLength('compare_from', from, 'compare_to', to);
  return {
    with: mode,
    byWeekday,
    from: Math.floor(from / FIVE_MINUTES_MS) * FIVE_MINUTES_MS,
    to: to && Math.ceil(to / FIVE_MINUTES_MS) * FIVE_MINUTES_MS,
  };
}

function parseAlign(query: URLSearchParams, isCompared: boolean): boolean {
  const raw = query.get('align');
  if (raw === null) return false;
  if (raw !== 'weekday') throw invalid('align', 'must be weekday');
  if (!isCompared) throw invalid('align', 'must be given with compare');
  return true;
}
