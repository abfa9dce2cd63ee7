/** The stream of events, newest on top. */
import type { StreamEvent } from '@liveinsight/schema';
import { detailOf, nameOf } from '../words.js';
import { element } from './element.js';
import { type KeyedList, keyedList } from './keyed-list.js';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

export function eventList(parent: Element): KeyedList<StreamEvent> {
  return keyedList(
    parent,
    ({ event_id }) => event_id,
    (event) => ({ node: row(event) }),
  );
}

function row(event: StreamEvent): Element {
  const time = element('time', '', clock.format(new Date(event.received_at)));
  time.setAttribute('datetime', event.received_at);
  const node = element(
    'li',
    '',
    time,
    element('span', `kind ${event.event_type}`, nameOf(event)),
    element('span', 'page', event.page),
    element('span', 'detail', detailOf(event)),
    element('span', 'session', `${event.bot ? 'bot ' : ''}${shortId(event.session_id)}`),
  );
  node.dataset.eventId = event.event_id;
  node.dataset.sessionId = event.session_id;
  return node;
}

/** Of a long id the end: those of one minute begin alike. */
export const shortId = (id: string) => `#${id.length > 16 ? id.slice(-6) : id}`;
