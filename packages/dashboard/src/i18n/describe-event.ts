/** Events in words: what happened, and what there is to say of it. What comes out is text, and is shown as text. */
import type { StreamEvent } from '@liveinsight/schema';
import type { Format } from '../format/format.js';
import type { EVENT_MESSAGES } from './event-messages.js';
import { nameIn } from './value-label.js';

export interface EventDescription {
  what: string;
  detail: string;
}

type EventMessages = (typeof EVENT_MESSAGES)['en'];

export const describeEvent = (
  event: StreamEvent,
  messages: EventMessages,
  format: Format,
): EventDescription => ({
  what: event.event_type === 'custom' ? nameIn(messages, event.name) : messages[event.event_type],
  detail: describeDetail(event, messages, format),
});

function describeDetail(event: StreamEvent, messages: EventMessages, format: Format): string {
  switch (event.event_type) {
    case 'page_view':
      return event.page_title ?? '';
    case 'click':
    case 'form_submit':
      return event.element_text || event.element_id || event.element_tag?.toLowerCase() || '';
    case 'conversion':
      return [
        event.conversion_type,
        event.value === undefined ? '' : format.money(event.value, event.currency),
      ]
        .filter(Boolean)
        .join(', ');
    case 'page_exit':
    case 'heartbeat':
    case 'scroll':
      return [
        event.engaged_ms === undefined ? '' : messages.engaged(format.duration(event.engaged_ms)),
        event.scroll_pct === undefined
          ? ''
          : messages.seen(format.percent(Math.round(event.scroll_pct) / 100)),
      ]
        .filter(Boolean)
        .join(', ');
    case 'custom':
      return describeProps(event.name, event.props ?? {}, format);
  }
}

/** What an event that the tracker sends by itself is about. */
const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ['error', 'message'],
  ['outbound_click', 'url'],
  ['file_download', 'url'],
  ['rage_click', 'text'],
  ['dead_click', 'text'],
]);

type Props = NonNullable<StreamEvent['props']>;

function describeProps(event: string, props: Props, format: Format): string {
  const subject = props[SUBJECTS.get(event) ?? ''];
  if (typeof subject === 'string') return subject;
  const { name, value } = props;
  if (event === 'web_vital' && typeof name === 'string' && typeof value === 'number')
    return `${name} ${name === 'CLS' ? value.toFixed(2) : `${format.number(value)} ms`}`;
  return Object.entries(props)
    .slice(0, 4)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
}
