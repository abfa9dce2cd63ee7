/** Which events attribution counts as conversions, and the amounts they have. */
import type { AttributionPlan } from '../engine/attribution.js';
import type { EventRule } from '../engine/condition.js';
import { getRuleGroups, selectByRule } from '../engine/event-rule.js';
import { getWorthGroups, readAmounts } from '../engine/goal-worth.js';
import type { Definitions } from '../query/definitions.js';
import { type MeasuredGoal, readGoal } from './goal-parameter.js';

export type AttributedGoal = Pick<AttributionPlan, 'selectConversions' | 'readAmounts' | 'groups'>;

const isConversion: EventRule = { matchesKind: ({ type }) => type === 'conversion' };

/** Reads `?goal=`. Default: all conversions. */
export async function readAttributedGoal(
  query: URLSearchParams,
  definitions: Definitions,
): Promise<AttributedGoal> {
  const isNamed = query.getAll('goal').some((value) => !value.startsWith('!'));
  return toAttributed(
    isNamed ? await readGoal(query, definitions) : { rule: isConversion, worth: { kind: 'own' } },
  );
}

export const toAttributed = ({ rule, worth }: MeasuredGoal): AttributedGoal => ({
  selectConversions: (chunk) => selectByRule(chunk, rule),
  readAmounts: (chunk) => readAmounts(chunk, worth),
  groups: [...getRuleGroups(rule), ...getWorthGroups(worth)],
});
