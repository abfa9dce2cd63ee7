/** A goal as the fields of its form, and back. Pure. */
import type { Goal, SettingInputs } from '@liveinsight/schema';

export const GOAL_KINDS = ['page', 'event', 'conversion', 'scroll'] as const;
export type GoalKind = (typeof GOAL_KINDS)[number];

/** What a property is compared by, as the API writes it before the value. Longer ones first: `>=` begins with `>`. */
const OPERATORS = {
  is_not: '!',
  contains: '~',
  at_least: '>=',
  at_most: '<=',
  more_than: '>',
  less_than: '<',
} as const;
export type Operator = keyof typeof OPERATORS | 'is';
export const OPERATOR_NAMES: readonly Operator[] = ['is', ...(Object.keys(OPERATORS) as Operator[])];

export interface ConditionDraft {
  key: string;
  operator: Operator;
  value: string;
}

/** As typed. */
export interface GoalDraft {
  name: string;
  kind: GoalKind;
  /** Name of the event or type of the conversion. */
  what: string;
  page: string;
  scroll: string;
  conditions: readonly ConditionDraft[];
  worth: 'none' | 'fixed' | 'property';
  amount: string;
  amountProperty: string;
  currency: string;
}

export const NO_CONDITION: ConditionDraft = { key: '', operator: 'is', value: '' };

/** @param currency of the site */
export function toDraft(goal: Goal | undefined, currency: string): GoalDraft {
  const conditions = Object.entries(goal?.properties ?? {}).flatMap(([key, values]) =>
    [values].flat().map((value) => ({ key, ...parseCondition(String(value)) })),
  );
  return {
    name: goal?.name ?? '',
    kind: kindOf(goal),
    what: goal?.event ?? goal?.conversion ?? '',
    page: goal?.page ?? '',
    scroll: String(goal?.scroll_pct ?? 75),
    conditions,
    worth: goal?.value !== undefined ? 'fixed' : goal?.value_property !== undefined ? 'property' : 'none',
    amount: goal?.value === undefined ? '' : String(goal.value),
    amountProperty: goal?.value_property ?? '',
    currency: goal?.currency ?? currency,
  };
}

function kindOf(goal: Goal | undefined): GoalKind {
  if (goal?.event !== undefined) return 'event';
  if (goal?.conversion !== undefined) return 'conversion';
  return goal?.scroll_pct === undefined ? 'page' : 'scroll';
}

/** From what a link says, as `event:signup`. */
export function draftOf(step: string, currency: string): GoalDraft {
  const colon = step.indexOf(':');
  const kind = GOAL_KINDS.find((one) => one === step.slice(0, colon)) ?? 'page';
  const value = step.slice(colon + 1);
  const draft = { ...toDraft(undefined, currency), kind, name: value };
  return kind === 'page' ? { ...draft, page: value } : { ...draft, what: value };
}

export function toGoal(draft: GoalDraft): SettingInputs['goal'] {
  const { name, kind, what, page } = draft;
  return {
    name: name.trim(),
    ...(kind === 'event' ? { event: what.trim() } : {}),
    ...(kind === 'conversion' ? { conversion: what.trim() } : {}),
    ...(kind === 'scroll' ? { scroll_pct: Number(draft.scroll) } : {}),
    ...(page.trim() === '' ? {} : { page: page.trim() }),
    ...toProperties(draft),
    ...toWorth(draft),
  };
}

function toProperties({ kind, conditions }: GoalDraft): Pick<SettingInputs['goal'], 'properties'> {
  const filled = conditions.filter(({ key, value }) => key.trim() !== '' && value.trim() !== '');
  if (filled.length === 0 || !hasProperties(kind)) return {};
  const properties: Record<string, string[]> = {};
  for (const { key, operator, value } of filled)
    properties[key.trim()] = [...(properties[key.trim()] ?? []), formatCondition(operator, value.trim())];
  return { properties };
}

/** Page views and scrolling have none that a site sets. */
export const hasProperties = (kind: GoalKind): boolean => kind === 'event' || kind === 'conversion';

function toWorth({
  worth,
  amount,
  amountProperty,
  currency,
}: GoalDraft): Pick<SettingInputs['goal'], 'value' | 'value_property' | 'currency'> {
  const unit = currency.trim().toUpperCase();
  if (worth === 'fixed') return { value: Number(amount), currency: unit };
  return worth === 'property' ? { value_property: amountProperty.trim(), currency: unit } : {};
}

export function parseCondition(raw: string): Pick<ConditionDraft, 'operator' | 'value'> {
  for (const [operator, sign] of Object.entries(OPERATORS) as [keyof typeof OPERATORS, string][])
    if (raw.startsWith(sign)) return { operator, value: raw.slice(sign.length) };
  return { operator: 'is', value: raw };
}

export const formatCondition = (operator: Operator, value: string): string =>
  operator === 'is' ? value : OPERATORS[operator] + value;
