/** What columns know of a row besides its counters. Pure. */
import type { BreakdownRow } from '@liveinsight/schema';
import type { GoalTotals } from '../engine/goal-numbers.js';
import type { Numbers } from '../engine/numbers.js';
import { share } from './share.js';

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

/** Where a goal is measured, conversions are those of the sessions in the row, wherever they reached it. */
export function withGoal(row: BreakdownRow, { facts, goal, plan }: Numbers, axis: string): BreakdownRow {
  if (!goal) return row;
  const fact = facts.find(axis, row.value);
  const { conversions, sessions, amounts } = fact ? goal.ofRow(fact.row) : NOTHING;
  const isRateKnown = plan.level === 'session' && row.sessions !== undefined;
  return {
    ...row,
    conversions,
    ...(isRateKnown ? { conversion_rate: share(sessions, row.sessions ?? 0) } : {}),
    goal_value: toAmounts(amounts),
  };
}

const NOTHING: GoalTotals = { conversions: 0, sessions: 0, amounts: new Map() };

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

export function toAmounts(revenue: ReadonlyMap<string, number>): Record<string, number> {
  const sorted = [...revenue].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([currency, micros]) => [currency, micros / MICRO]));
}
