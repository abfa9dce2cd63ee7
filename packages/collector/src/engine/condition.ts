/** What a question is restricted to, as scans understand it. */
import type { Breakdown, ColumnBreakdown } from '@liveinsight/schema';
import type { EventKind } from '../columns/chunk.js';
import { PROPERTY_PREFIX } from '../events/dimensions.js';

export type PropertyField = `${typeof PROPERTY_PREFIX}${string}`;

/** What a condition or a row is about: the values of a breakdown, or those that a property of events has. */
export type Field = Breakdown | ColumnBreakdown | PropertyField;

/** A session, or an event, passes that has a value that matches; with `not` one that has none. */
export interface FieldCondition<Name extends Field = Field> {
  field: Name;
  /** Called once for each distinct value, not for each event. */
  matches: (value: string) => boolean;
  not: boolean;
}
export type PropertyCondition = FieldCondition<PropertyField>;

/**
 * Which single events are meant: by a goal, a step of a funnel, or what visitors come back by. All that is given here must
 * be true of one event.
 */
export interface EventRule {
  /** Called once for each kind. */
  matchesKind: (kind: Omit<EventKind, 'currency'>) => boolean;
  /** Where it happened; called once for each page. Default: anywhere. */
  matchesPage?: (page: string) => boolean;
  /** How far the page was scrolled, in whole percent. Default: not looked at. */
  minScroll?: number;
  /** Each about the properties of the event itself. */
  properties?: readonly PropertyCondition[];
}

/** A session passes that has an event one of the rules means, as of goals; with `not` one that has none. */
export interface RuleCondition {
  rules: readonly EventRule[];
  not: boolean;
}

export type Condition = FieldCondition | RuleCondition;

export const isOfField = (condition: Condition): condition is FieldCondition => 'field' in condition;

/** Whether conditions are about sessions, as a whole, or about single events. */
export type ConditionLevel = 'session' | 'event';

export const isPropertyField = (name: string): name is PropertyField => name.startsWith(PROPERTY_PREFIX);

/** The property that a field is about; undefined for a breakdown. */
export const propertyKey = (field: string): string | undefined =>
  isPropertyField(field) ? field.slice(PROPERTY_PREFIX.length) : undefined;
