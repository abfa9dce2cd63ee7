/** Events in words: what happened, and what there is to say of it. What comes out is text, and is shown as text. */
import type { StreamEvent } from '@liveinsight/schema';
import type { Format } from '../format/format.js';
import { defineMessages } from './define-messages.js';

export const EVENT_MESSAGES = defineMessages({
  en: {
    page_view: 'View',
    click: 'Click',
    conversion: 'Conversion',
    heartbeat: 'Still here',
    page_exit: 'Left',
    scroll: 'Scroll',
    form_submit: 'Form',
    engaged: (duration: string) => `${duration} engaged`,
    seen: (share: string) => `${share} seen`,
  },
  ko: {
    page_view: '조회',
    click: '클릭',
    conversion: '전환',
    heartbeat: '머무는 중',
    page_exit: '나감',
    scroll: '스크롤',
    form_submit: '양식',
    engaged: (duration: string) => `${duration} 참여`,
    seen: (share: string) => `${share} 읽음`,
  },
});

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
  what: event.event_type === 'custom' ? event.name : messages[event.event_type],
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
      return formatProps(event.props);
  }
}

const formatProps = (props: StreamEvent['props']): string =>
  Object.entries(props ?? {})
    .slice(0, 4)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
