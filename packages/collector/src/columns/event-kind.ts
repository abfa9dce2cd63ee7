/** Kinds of events as texts of a dictionary. Pure. */
import { OTHER } from '../events/over-budget.js';
import type { EventKind } from './chunk.js';

/** Type and currency have no line breaks. */
export const kindKey = (type: string, currency: string | undefined, label: string): string =>
  `${type}\n${currency ?? ''}\n${label}`;

export function parseKind(key: string): EventKind {
  const [type = '', currency = ''] = key.split('\n', 2);
  const label = key.slice(type.length + currency.length + 2);
  return {
    type,
    ...(type === 'conversion' ? { name: type, conversionType: label } : { name: label }),
    ...(currency === '' ? {} : { currency }),
  };
}

/** Types are few: names and types of conversions are what can be too many. */
export function otherKind(key: string): string {
  const { type, currency } = parseKind(key);
  return type === 'custom' || type === 'conversion' ? kindKey(type, currency, OTHER) : key;
}
