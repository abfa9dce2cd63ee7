/** Pure: when a session goes on and when another begins, and the ordinals that make its numbers add up. */
import { MAX_NAME_CHARS, SESSION_TIMEOUT_MS } from '@liveinsight/schema/limits';
import { cut } from './text.js';
import type { Utm, WireSession } from './wire.js';

const LONGEST_MS = 864e5;
/** Ordinals stay at the one after this: the numbers need to know of the first two. */
const MOST_COUNTED = 300;

export interface Session {
  _wire: WireSession;
  _visitor: string;
  _start: number;
  /** When the last event of any tab was. */
  _last: number;
  /** Pages of the views, latest first. */
  _pages: string[];
  /** Types of the conversions, latest last. */
  _conversions: string[];
}

/** The campaign that `search` names, if any. The collector ignores names it does not know. */
export const readUtm = (search: string): Utm => {
  const utm: Utm = {};
  for (const [key, value] of new URLSearchParams(search)) {
    if (key.startsWith('utm_')) utm[key.slice(4)] = cut(value, MAX_NAME_CHARS);
  }
  return utm;
};

/** Whether another session begins: after 30 minutes of inactivity, after a day, and where `utm` names another campaign. */
export const isOver = (session: Session, now: number, utm: Utm): boolean =>
  now - session._last > SESSION_TIMEOUT_MS ||
  now - session._start > LONGEST_MS ||
  Object.keys(utm).some((name) => utm[name] !== session._wire.utm[name]);

/** Counts a view of `page`. */
export const countView = ({ _pages: pages }: Session, page: string) => {
  pages.splice(MOST_COUNTED);
  return { from_page: pages[0], first_on_page: !pages.includes(page), view: pages.unshift(page) };
};

/** Counts a conversion. */
export const countConversion = ({ _conversions: types }: Session, type: string) => {
  types.splice(MOST_COUNTED);
  return { nth: types.push(type), nth_of_type: types.filter((other) => other === type).length };
};
