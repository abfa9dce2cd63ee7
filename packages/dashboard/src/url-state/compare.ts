/** The period that numbers are compared with: in the URL, and as parameters of the API. Pure. */
import { customRange } from './range.js';

export interface Compare {
  /** The period before, the same of last year, or dates as `2026-01-01..2026-01-31`. */
  to: string;
  /** Whether the same weekdays are compared, instead of the same dates. */
  isAligned: boolean;
}

export const PREVIOUS: Compare = { to: 'previous', isAligned: false };

/** Undefined where the URL says none, or what is none. */
export function parseCompare(compare: string | null, align: string | null): Compare | undefined {
  if (compare === null || !isPeriod(compare)) return undefined;
  return { to: compare, isAligned: align === 'weekday' };
}

const isPeriod = (to: string): boolean => to === 'previous' || to === 'year' || customRange(to) !== undefined;

/** As `GET /api/stats` takes it. */
export function compareQuery(compare: Compare | undefined): Record<string, string | undefined> {
  if (!compare) return {};
  const align = compare.isAligned ? 'weekday' : undefined;
  const custom = customRange(compare.to);
  return custom
    ? { compare: 'custom', compare_from: custom.from, compare_to: custom.to, align }
    : { compare: compare.to, align };
}
