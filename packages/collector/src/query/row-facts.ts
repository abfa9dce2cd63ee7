/** What columns know of a row besides its counters. Pure. */
import type { BreakdownRow } from '@liveinsight/schema';
import { isSessionField } from '../engine/column.js';
import { isOfField } from '../engine/condition.js';
import type { GoalNumbers, GoalTotals } from '../engine/goal-numbers.js';
import type { Numbers } from '../engine/numbers.js';
import type { NumbersPlan } from '../engine/numbers-plan.js';
import type { KnownRow, RowFacts } from '../engine/row-facts.js';
import { ratio, share } from './share.js';

const MICRO = 1_000_000;

/**
 * Adds visitors and revenue, and where sessions are counted by their ids, what these are like, by the same definitions as in
 * totals.
 */
export function enrichRow(
  row: BreakdownRow,
  { facts, plan }: Numbers,
  axis: string,
  values: readonly string[] = [row.value],
): BreakdownRow {
  const counted = plan.level === 'event' ? withoutSessions(row, isTimeUnknown(plan)) : row;
  const fact = findRow(facts, axis, values);
  if (!fact) return values.length === 1 ? counted : { ...counted, visitors: null, revenue: null };
  const { visitors, revenue } = fact;
  return {
    ...counted,
    ...toSessionNumbers(row, fact),
    visitors,
    ...(revenue.size > 0 ? { revenue: toAmounts(revenue) } : {}),
  };
}

function toSessionNumbers(row: BreakdownRow, { sessions, ofSessions }: KnownRow): Partial<BreakdownRow> {
  if (sessions === undefined) return {};
  if (!ofSessions) return { sessions };
  const { numbered, secondViews, convertingSessions, durationMs, engagedMs, pageViews } = ofSessions;
  return {
    // Views of a page have an ordinal by which its sessions are counted.
    sessions: row.sessions ?? sessions,
    ...(row.conversion_rate === undefined && sessions > 0
      ? { conversion_rate: share(convertingSessions, sessions) }
      : {}),
    ...(numbered > 0 ? { bounce_rate: share(numbered - secondViews, numbered) } : {}),
    ...(sessions > 0 ? { average_session_duration_ms: Math.round(ratio(durationMs, sessions)) } : {}),
    // Of pages it is what was spent on them, of all else what was in their sessions.
    ...(row.average_engaged_ms === undefined && pageViews > 0
      ? { average_engaged_ms: Math.round(ratio(engagedMs, pageViews)) }
      : {}),
  };
}

/** Where a goal is measured, conversions are those of the sessions in the row, wherever they reached it. */
export function withGoal(
  row: BreakdownRow,
  { facts, goal, plan }: Numbers,
  axis: string,
  values: readonly string[] = [row.value],
): BreakdownRow {
  if (!goal) return row;
  const fact = findRow(facts, axis, values);
  const { conversions, sessions, amounts } = fact ? toGoalTotals(goal, fact) : NOTHING;
  const isRateKnown = plan.level === 'session' && row.sessions !== undefined;
  return {
    ...row,
    conversions,
    ...(isRateKnown ? { conversion_rate: share(sessions, row.sessions ?? 0) } : {}),
    goal_value: toAmounts(amounts),
  };
}

const findRow = (facts: RowFacts, axis: string, values: readonly string[]): KnownRow | undefined =>
  values.length === 1 ? facts.find(axis, values[0] ?? '') : facts.findAll(axis, values);

function toGoalTotals(goal: GoalNumbers, { rows }: KnownRow): GoalTotals {
  const [row = 0, ...others] = rows;
  return others.length === 0 ? goal.ofRow(row) : goal.ofRows(rows);
}

const NOTHING: GoalTotals = { conversions: 0, sessions: 0, amounts: new Map() };

/** What views of a page and the time that was spent on it have in common, so that a filter by it passes both or neither. */
const OF_STAYS: ReadonlySet<string> = new Set(['page', 'page_group', 'hostname', 'hour_of_week']);

/** Whether views can be among single events that pass without the time that was spent on them: other events say that. */
export const isTimeUnknown = ({ level, conditions }: Pick<NumbersPlan, 'level' | 'conditions'>): boolean =>
  level === 'event' &&
  !conditions.every((one) => isOfField(one) && (isSessionField(one.field) || OF_STAYS.has(one.field)));

/** Single events say nothing of what else their sessions did. */
function withoutSessions(row: BreakdownRow, isWithoutTime: boolean): BreakdownRow {
  const { average_engaged_ms, ...counted } = withoutRates(row);
  return isWithoutTime || average_engaged_ms === undefined ? counted : { ...counted, average_engaged_ms };
}

function withoutRates({
  sessions: _sessions,
  conversion_rate: _conversionRate,
  bounce_rate: _bounceRate,
  exit_rate: _exitRate,
  exits: _exits,
  average_session_duration_ms: _duration,
  engaged_sessions: _engagedSessions,
  engagement_rate: _engagementRate,
  ...row
}: BreakdownRow): BreakdownRow {
  return row;
}

export function toAmounts(revenue: ReadonlyMap<string, number>): Record<string, number> {
  const sorted = [...revenue].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([currency, micros]) => [currency, micros / MICRO]));
}
