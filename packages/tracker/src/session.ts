/** Pure: when a session goes on and when another begins, and the ordinals that make its numbers add up. */
import { MAX_NAME_CHARS, SESSION_TIMEOUT_MS } from '@liveinsight/schema/limits';
import { newId } from './ids.js';
import { cut } from './text.js';
import type { Utm, WireSession } from './wire.js';

const LONGEST_MS = 864e5;
const REMEMBERED_VIEWS = 300;

export interface Session {
  _wire: WireSession;
  _visitor: string;
  _start: number;
  /** When the last event of any tab was. */
  _last: number;
  _views: number;
  /** Pages of the views, latest first. */
  _pages: string[];
  /** Conversions counted: under `:` all, under `:type` those of a type. */
  _nth: Record<string, number>;
}

export const isOver = (session: Session, now: number): boolean =>
  Math.abs(now - session._last) > SESSION_TIMEOUT_MS || now - session._start > LONGEST_MS;

/** The campaign that `search` names, if any. The collector ignores names it does not know. */
export const readUtm = (search: string): Utm => {
  const utm: Utm = {};
  for (const [key, value] of new URLSearchParams(search)) {
    if (key.startsWith('utm_')) utm[key.slice(4)] = cut(value, MAX_NAME_CHARS);
  }
  return utm;
};

/** Whether `utm` names a campaign, and another than the session's. */
export const isOtherCampaign = (session: Session, utm: Utm): boolean =>
  Object.keys(utm).some((name) => utm[name] !== session._wire.utm[name]);

export const newSession = (
  now: number,
  visitor: string,
  entry_page: string,
  referrer: string | undefined,
  utm: Utm,
): Session => ({
  _wire: { session_id: newId(), entry_page, referrer, utm },
  _visitor: visitor,
  _start: now,
  _last: now,
  _views: 0,
  _pages: [],
  _nth: {},
});

/** Counts a view of `page`. */
export const countView = (session: Session, page: string) => {
  const pages = session._pages;
  session._pages = [page, ...pages].slice(0, REMEMBERED_VIEWS);
  return { view: ++session._views, from_page: pages[0], first_on_page: !pages.includes(page) };
};

/** Counts a conversion. */
export const countConversion = ({ _nth: nth }: Session, type: string) => {
  for (const key of [':', `:${type}`]) nth[key] = (nth[key] || 0) + 1;
  return { nth: nth[':'], nth_of_type: nth[`:${type}`] };
};
