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
  /** Types of the conversions, latest first. */
  _conversions: string[];
}

/** The campaign that `search` names, if any. */
export const readUtm = (search: string): Utm => {
  const utm: Utm = {};
  for (const [key, value] of new URLSearchParams(search)) {
    // Source, medium, campaign, term and content; no `utm_id`.
    if (value && /^utm_[cmst][a-z]+$/.test(key)) utm[key.slice(4)] = cut(value, MAX_NAME_CHARS);
  }
  return utm;
};

/** Whether another session begins: after 30 minutes of inactivity, after a day, and where `utm` names another campaign. */
export const isOver = (session: Session, now: number, utm: Utm): boolean =>
  now - session._last > SESSION_TIMEOUT_MS ||
  now - session._start > LONGEST_MS ||
  Object.keys(utm).some((name) => utm[name] !== session._wire.utm[name]);

/** Puts `one` first, and says what was first before, how often it was there, and how many there are now. */
const count = (list: string[], one: string): [before: string | undefined, times: number, all: number] => {
  list.splice(MOST_COUNTED);
  return [list[0], list.filter((other) => other === one).length, list.unshift(one)];
};

/** Counts a view of `page`. */
export const countView = ({ _pages }: Session, page: string) => {
  const [from_page, times, view] = count(_pages, page);
  return { from_page, first_on_page: !times, view };
};

/** Counts a conversion. */
export const countConversion = ({ _conversions }: Session, type: string) => {
  const [, times, nth] = count(_conversions, type);
  return { nth, nth_of_type: times + 1 };
};
