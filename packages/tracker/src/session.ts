/** Pure: when a session goes on and when another begins, and the ordinals that make its numbers add up. */
import { MAX_NAME_CHARS, SESSION_TIMEOUT_MS } from '@liveinsight/schema/limits';
import type { Utm, WireContext, WireSession } from './wire.js';

const LONGEST_MS = 864e5;
/** Ordinals stay at the one after this: the numbers need to know of the first two. */
const MAX_COUNTED = 300;

export interface Session {
  _wire: WireSession;
  _context: WireContext;
  _visitor: string;
  _start: number;
  /** When the last event of any tab was. */
  _last: number;
  /** Pages of the views, latest first. */
  _pages: string[];
  /** Types of the conversions, latest first. */
  _conversions: string[];
  /** Truthy once the visitor has moved a pointer, touched, scrolled, clicked or pressed a key. */
  _acted?: unknown;
  /** Milliseconds that pages were visible and focused; far below 0 once the session is engaged. */
  _engaged?: number;
}

/**
 * Adds to `utm` the campaign that `search` names, if any: source, medium, campaign, term and content, no `utm_id`; what else names a
 * source; and that there is a click id, whose value is of one person.
 */
export const readUtm = (search: string, utm: Utm): void => {
  for (const [key, value] of new URLSearchParams(search)) {
    if (value && /^(utm_[cmst][a-z]+|ref|source|(..?clk?|rdt_c|ScC)id|.braid|li_fat_id)$/.test(key))
      utm[key.replace(/^source/, 'ref').replace('utm_', '')] = /id$/.test(key)
        ? '1'
        : value.slice(0, MAX_NAME_CHARS);
  }
};

/** Whether another session begins: after 30 minutes of inactivity, after a day, and where `utm` names another campaign. Links within a site have a `ref` too. */
export const isOver = (session: Session, now: number, utm: Utm): boolean =>
  now - session._last > SESSION_TIMEOUT_MS ||
  now - session._start > LONGEST_MS ||
  Object.keys(utm).some((name) => name !== 'ref' && utm[name] !== session._wire.utm[name]);

/**
 * From so much time on a session is engaged, as in Google Analytics, and from the second view: where the visitor has done something, which
 * programs that only load pages do not. A conversion is enough.
 */
const ENGAGED_MS = 1e4;

export interface Engagement {
  engaged_ms?: number;
  conversion_type?: string;
}

/** Whether the session becomes engaged by an event with these fields: true once. */
export const engage = (session: Session, fields: Engagement): true | undefined => {
  const total = (session._engaged || 0) + (fields.engaged_ms || 0);
  const isNow =
    total >= 0 && (fields.conversion_type || (session._acted && (session._pages[1] || total >= ENGAGED_MS)));
  session._engaged = isNow ? -1e15 : total;
  return isNow ? true : undefined;
};

/** Counts a view of `page`. */
export const countView = ({ _pages }: Session, page: string) => {
  _pages.splice(MAX_COUNTED);
  return { from_page: _pages[0], first_on_page: !_pages.includes(page), view: _pages.unshift(page) };
};

/** Counts a conversion. */
export const countConversion = ({ _conversions }: Session, type: string) => {
  _conversions.splice(MAX_COUNTED);
  return {
    nth_of_type: _conversions.filter((other) => other === type).length + 1,
    nth: _conversions.unshift(type),
  };
};
