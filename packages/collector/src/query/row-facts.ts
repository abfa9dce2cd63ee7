/** What columns know of a row besides its counters. Pure. */
import type { BreakdownRow } from '@liveinsight/schema';
import type { Numbers } from '../engine/numbers.js';

const MICRO = 1_000_000;

/** Adds visitors and revenue, and sessions where they are counted by their ids. */
export function enrichRow(row: BreakdownRow, { facts, plan }: Numbers, axis: string): BreakdownRow {
  const counted = plan.level === 'event' ? withoutSessions(row) : row;
  const fact = facts.find(axis, row.value);
  if (!fact) return counted;
  const { visitors, sessions, revenue } = fact;
  return {
    ...counted,
    ...(sessions > 0 ? { sessions } : {}),
    visitors,
    ...(revenue.size > 0 ? { revenue: toAmounts(revenue) } : {}),
  };
}

/** Single events say nothing of what else their sessions did. */
function withoutSessions({
  sessions: _sessions,
  conversion_rate: _conversionRate,
  bounce_rate: _bounceRate,
  exit_rate: _exitRate,
  exits: _exits,
  average_session_duration_ms: _duration,
  ...row
}: BreakdownRow): BreakdownRow {
  return row;
}

function toAmounts(revenue: ReadonlyMap<string, number>): Record<string, number> {
  const sorted = [...revenue].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([currency, micros]) => [currency, micros / MICRO]));
}
