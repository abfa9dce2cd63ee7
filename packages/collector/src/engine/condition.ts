/** What a question is restricted to, as scans understand it. */
import type { Breakdown } from '@liveinsight/schema';
import { PROPERTY_PREFIX } from '../events/dimensions.js';

export type PropertyField = `${typeof PROPERTY_PREFIX}${string}`;

/** What a condition is about: the values of a breakdown, or those that a property of events has. */
export type Field = Breakdown | PropertyField;

/** A session, or an event, passes that has a value that matches; with `not` one that has none. */
export interface Condition {
  field: Field;
  /** Called once for each distinct value, not for each event. */
  matches: (value: string) => boolean;
  not: boolean;
}

/** Whether conditions are about sessions, as a whole, or about single events. */
export type ConditionLevel = 'session' | 'event';

export const isPropertyField = (name: string): name is PropertyField => name.startsWith(PROPERTY_PREFIX);

/** The property that a field is about; undefined for a breakdown. */
export const propertyKey = (field: string): string | undefined =>
  isPropertyField(field) ? field.slice(PROPERTY_PREFIX.length) : undefined;
