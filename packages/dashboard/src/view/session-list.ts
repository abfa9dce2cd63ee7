/** Who is here: one row per session, the most recently seen on top. */
import type { ActiveSession } from '@liveinsight/schema';
import { durationOf, whoOf } from '../words.js';
import { element, setText } from './element.js';
import { shortId } from './event-list.js';
import { type KeyedList, keyedList } from './keyed-list.js';

export const MOST_SESSIONS = 40;

export function sessionList(parent: Element): KeyedList<ActiveSession> {
  return keyedList(parent, ({ session_id }) => session_id, row);
}

function row(first: ActiveSession) {
  const page = element('span', 'page');
  const time = element('span', 'time');
  const who = element('span', 'detail');
  const count = element('span', 'count');
  const node = element('li', '', page, time, who, count);
  node.dataset.sessionId = first.session_id;
  const update = (session: ActiveSession) => {
    setText(page, session.current_page);
    setText(time, durationOf(session.duration_ms));
    setText(who, whoOf(session));
    const views = countOf(session.page_views, 'view');
    setText(count, `${views}, ${countOf(session.events, 'event')} ${shortId(session.session_id)}`);
  };
  update(first);
  return { node, update };
}

const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
