/** Pure: when a session goes on and when another begins, and the ordinals that make its numbers add up. */
import { MAX_NAME_CHARS, MAX_URL_CHARS, SESSION_TIMEOUT_MS } from '@liveinsight/schema/limits';
import { uuid } from './ids.js';
import type { Utm, WireSession } from './wire.js';

const LONGEST_MS = 864e5;
const REMEMBERED_PAGES = 300;

export interface Session {
  wire: WireSession;
  start: number;
  /** When the last event of any tab was. */
  last: number;
  views: number;
  /** Pages seen, each once, in the order of their last views. */
  pages: string[];
  /** Conversions counted: under `:` all, under `:type` those of a type. */
  nth: Record<string, number>;
}

export const expired = (session: Session | undefined, now: number): boolean =>
  !session || Math.abs(now - session.last) > SESSION_TIMEOUT_MS || now - session.start > LONGEST_MS;

/** The campaign that `search` names, if any. The collector ignores names it does not know. */
export const readUtm = (search: string): Utm => {
  const utm: Utm = {};
  for (const [key, value] of new URLSearchParams(search)) {
    if (key.startsWith('utm_')) utm[key.slice(4)] = value.slice(0, MAX_NAME_CHARS);
  }
  return utm;
};

export const newSession = (now: number, page: string, referrer: string, utm: Utm): Session => ({
  wire: { session_id: uuid(), entry_page: page, referrer: referrer.slice(0, MAX_URL_CHARS), utm },
  start: now,
  last: now,
  views: 0,
  pages: [],
  nth: {},
});

/** Counts a view of `page`. */
export const countView = (session: Session, page: string) => {
  const { pages } = session;
  const first_on_page = !pages.includes(page);
  const from_page = pages[0];
  session.pages = [page, ...pages.filter((other) => other !== page)].slice(0, REMEMBERED_PAGES);
  return { view: ++session.views, from_page, first_on_page };
};

/** Counts a conversion. */
export const countConversion = (session: Session, type: string) => {
  const count = (key: string) => {
    session.nth[key] = (session.nth[key] || 0) + 1;
    return session.nth[key];
  };
  return { nth: count(':'), nth_of_type: count(`:${type}`) };
};
