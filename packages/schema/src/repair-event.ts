/**
 * One bad field never costs an event: what is unambiguous is converted, what is too long is cut, and what means nothing is left out.
 * Id, time and type of an event are never guessed.
 */
import type * as v from 'valibot';
import type { JsonObject } from './fields.js';
import { isJsonObject } from './fields.js';
import {
  MAX_ELEMENT_CHARS,
  MAX_NAME_CHARS,
  MAX_PROP_CHARS,
  MAX_PROPS,
  MAX_PROPS_DEPTH,
  MAX_TITLE_CHARS,
  MAX_URL_CHARS,
} from './limits.js';
import type { Props, PropValue } from './props.js';

/** Fields that say which event it is, and what it is about: without one of them there is no event to keep. */
const IDENTITY = ['event_id', 'event_type', 'timestamp'];
const ADDRESSES = ['page_url', 'from_page', 'href'];
const REQUIRED = ['name', 'conversion_type'];

const MAX_CHARS: Record<string, number> = {
  page_url: MAX_URL_CHARS,
  from_page: MAX_URL_CHARS,
  href: MAX_URL_CHARS,
  page_title: MAX_TITLE_CHARS,
  name: MAX_NAME_CHARS,
  conversion_type: MAX_NAME_CHARS,
  element_tag: MAX_ELEMENT_CHARS,
  element_id: MAX_ELEMENT_CHARS,
  element_class: MAX_ELEMENT_CHARS,
  element_text: MAX_ELEMENT_CHARS,
};

export interface Repaired {
  event: JsonObject;
  /** Fields and properties that were left out or cut. */
  lost: number;
}

/**
 * The event without the problem that `found` names; undefined where that can't be.
 * @param tried fields that were converted before, to no avail
 */
export function repairEvent(
  event: JsonObject,
  found: v.BaseIssue<unknown>,
  tried: Set<string>,
): Repaired | undefined {
  const key = found.path?.[0]?.key;
  if (typeof key !== 'string' || IDENTITY.includes(key)) return undefined;
  const value = event[key];
  if (!tried.has(key)) {
    tried.add(key);
    if (key === 'props' && isJsonObject(value)) {
      const { props, lost } = fitProps(value);
      return { event: { ...event, props }, lost };
    }
    const converted = convert(key, value, found);
    if (converted !== undefined) {
      const isCut =
        typeof value === 'string' && typeof converted === 'string' && converted.length < value.trim().length;
      return { event: { ...event, [key]: converted }, lost: isCut ? 1 : 0 };
    }
  }
  if (REQUIRED.includes(key)) return undefined;
  const { [key]: _, ...others } = event;
  // Null says as little as a field that is not there.
  return { event: others, lost: value === null ? 0 : 1 };
}

function convert(key: string, value: unknown, { type }: v.BaseIssue<unknown>): unknown {
  if (typeof value === 'string') {
    if (type === 'number') return toNumber(value);
    if (key === 'currency') return value.trim().toUpperCase();
    const max = MAX_CHARS[key];
    return max === undefined ? undefined : value.slice(0, max).toWellFormed();
  }
  if (typeof value !== 'number') return undefined;
  if (type === 'string' && !ADDRESSES.includes(key)) return String(value);
  return type === 'integer' && key.endsWith('_ms') ? Math.round(value) : undefined;
}

/** Text that is nothing but a number: `1,234.50` is one thing here and another there. */
export function toNumber(text: string): number | undefined {
  return /^\s*[-+]?(\d+(?:\.\d*)?|\.\d+)(e[-+]?\d+)?\s*$/i.test(text) ? Number(text) : undefined;
}

/** What of the properties the wire takes, and how many it does not. */
function fitProps(props: JsonObject): { props: Props; lost: number } {
  let room = MAX_PROPS;
  let lost = 0;

  const fitMembers = (members: [string, unknown][], level: number): [string, PropValue][] => {
    const fitted: [string, PropValue][] = [];
    for (const [name, member] of members) {
      if (room === 0) {
        lost += members.length - fitted.length;
        break;
      }
      room -= 1;
      const value = name === '__proto__' ? undefined : fit(member, level);
      if (value === undefined) lost += 1;
      else fitted.push([fitText(name, MAX_NAME_CHARS), value]);
    }
    return fitted;
  };

  const fit = (value: unknown, level: number): PropValue | undefined => {
    if (typeof value === 'string') return fitText(value, MAX_PROP_CHARS);
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
    if (typeof value !== 'object' || level === MAX_PROPS_DEPTH) return undefined;
    const members = fitMembers(Object.entries(value), level + 1);
    return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
  };

  const fitText = (text: string, max: number): string => {
    if (text.length <= max) return text;
    lost += 1;
    return text.slice(0, max).toWellFormed();
  };

  return { props: Object.fromEntries(fitMembers(Object.entries(props), 1)), lost };
}
