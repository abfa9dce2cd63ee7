/** What events say by `props`, as columns have it. Pure. */
import type { PropValue } from '@liveinsight/schema';
import type { StoredEvent } from '../storage/event-store.js';
import { findTopFrame } from './stack-frame.js';

/** A value of a column: booleans and lists are texts. */
export type Property = readonly [key: string, value: string | number];

/**
 * Flat, in the order they were sent: members of objects have a path as `cart.total`, null is none. The stack of an error
 * is too long to be a value and never the same: it becomes `frame`, the place where it was thrown.
 */
export function toProperties(event: StoredEvent): Property[] {
  const properties: Property[] = [];
  if (event.props) addMembers(properties, '', event.props);
  if (event.event_type !== 'custom' || event.name !== 'error') return properties;
  return properties.flatMap(([key, value]): Property[] => {
    if (key !== 'stack') return [[key, value]];
    const frame = findTopFrame(String(value));
    return frame === undefined ? [] : [['frame', frame]];
  });
}

function addMembers(properties: Property[], path: string, members: { [key: string]: PropValue }): void {
  for (const [key, value] of Object.entries(members)) add(properties, path + key, value);
}

function add(properties: Property[], key: string, value: PropValue): void {
  if (value === null) return;
  switch (typeof value) {
    case 'number':
      // Not -0, which is the same number.
      properties.push([key, value + 0]);
      break;
    case 'object':
      if (Array.isArray(value)) properties.push([key, JSON.stringify(value)]);
      else addMembers(properties, `${key}.`, value);
      break;
    default:
      properties.push([key, String(value)]);
  }
}
