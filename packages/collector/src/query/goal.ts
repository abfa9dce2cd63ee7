/** Goals as questions understand them: the one place that says which events meet a goal, and what these are worth. Pure. */
import type { GoalInput } from '@liveinsight/schema';
import type { EventRule, PropertyCondition } from '../engine/condition.js';
import type { Worth } from '../engine/goal-worth.js';
import { toMicros } from '../events/money.js';
import type { ToPageGroup } from '../events/page-groups.js';
import { invalid } from '../http/query-params.js';
import { parseField, parsePlainPattern } from './filters.js';
import type { Matcher } from './value-pattern.js';

export interface Goal {
  id: string;
  name: string;
  rule: EventRule;
  worth: Worth;
}

/**
 * @param toPageGroup needed where the goal names a group of pages
 * @throws ApiError that names the field that is wrong
 */
export function toGoal(id: string, input: GoalInput, toPageGroup?: ToPageGroup): Goal {
  return { id, name: input.name, rule: toRule(input, toPageGroup), worth: toWorth(input) };
}

function toRule(
  { page, page_group, event, conversion, scroll_pct, properties = {} }: GoalInput,
  toPageGroup: ToPageGroup = (one) => one,
): EventRule {
  const matchesGroup = page_group === undefined ? undefined : parseText('page_group', page_group);
  const matchesPage = matchesGroup
    ? (one: string) => matchesGroup(toPageGroup(one))
    : page === undefined
      ? undefined
      : parseText('page', page);
  const conditions = Object.entries(properties).flatMap(([key, values]): PropertyCondition[] =>
    parseField(`prop:${key}`, [values].flat().map(String)),
  );
  return {
    matchesKind: toKindMatcher({ event, conversion, isScroll: scroll_pct !== undefined }),
    ...(matchesPage ? { matchesPage } : {}),
    ...(scroll_pct === undefined ? {} : { minScroll: scroll_pct }),
    ...(conditions.length > 0 ? { properties: conditions } : {}),
  };
}

interface KindInput {
  event: string | undefined;
  conversion: string | undefined;
  isScroll: boolean;
}

function toKindMatcher({ event, conversion, isScroll }: KindInput): EventRule['matchesKind'] {
  if (event !== undefined) return matchesEvent(parseText('event', event));
  if (conversion !== undefined) {
    const matches = parseText('conversion', conversion);
    return ({ conversionType }) => conversionType !== undefined && matches(conversionType);
  }
  return isScroll ? () => true : isView;
}

export const isView: EventRule['matchesKind'] = ({ type }) => type === 'page_view';

/** By type, by a custom event's own name, or by what was converted to. */
export const matchesEvent =
  (matches: Matcher): EventRule['matchesKind'] =>
  ({ name, conversionType }) =>
    matches(name) || (conversionType !== undefined && matches(conversionType));

function parseText(field: 'page' | 'page_group' | 'event' | 'conversion', raw: string): Matcher {
  if (raw.startsWith('!')) throw invalid(field, 'must not begin with ! (for the character, write \\!)');
  return parsePlainPattern(field, raw);
}

function toWorth({ value, value_property, currency }: GoalInput): Worth {
  if (currency === undefined) return { kind: 'own' };
  if (value !== undefined) return { kind: 'fixed', currency, micros: toMicros(value) };
  return { kind: 'property', currency, key: value_property ?? '' };
}
