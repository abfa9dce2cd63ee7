/** The properties of an event as questions name them. Pure. */
import type { PropValue } from '@liveinsight/schema';
import type { StoredEvent } from '../storage/event-store.js';

/** Before the name of a property, where names of other kinds stand too. */
export const PROPERTY_PREFIX = 'prop:';

/** A text or a number; a boolean is the text `true` or `false`. */
export type PropertyValue = string | number;

/**
 * Calls `take` with each property: those of an object within `props` by the way to them, as `cart.total`. A list has a
 * value for each of its items. What is null has none.
 */
export function visitProperties(
  { props }: StoredEvent,
  take: (key: string, value: PropertyValue) => void,
): void {
  if (props) for (const [key, value] of Object.entries(props)) visit(key, value, take);
}

function visit(key: string, value: PropValue, take: (key: string, value: PropertyValue) => void): void {
  if (value === null) return;
  if (Array.isArray(value)) for (const item of value) visit(key, item, take);
  else if (typeof value === 'object')
    for (const [name, inner] of Object.entries(value)) visit(`${key}.${name}`, inner, take);
  else take(key, typeof value === 'boolean' ? String(value) : value);
}
