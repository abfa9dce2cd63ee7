/** Events in words: what happened, and what there is to say of it. What comes out is text, and is shown as text. */
import type { StreamEvent } from '@liveinsight/schema';
import type { Format } from '../format/format.js';
import { defineMessages } from './define-messages.js';

export const EVENT_MESSAGES = defineMessages({
  en: {
    page_view: 'Page view',
    click: 'Click',
    conversion: 'Conversion',
    heartbeat: 'Heartbeat',
    page_exit: 'Page leave',
    scroll: 'Scroll',
    form_submit: 'Form submit',
    web_vital: 'Web vital',
    error: 'Error',
    outbound_click: 'Outbound link click',
    file_download: 'File download',
    rage_click: 'Rage click',
    engaged: (duration: string) => `${duration} engaged`,
    seen: (share: string) => `${share} scrolled`,
  },
  ko: {
    page_view: '페이지뷰',
    click: '클릭',
    conversion: '전환',
    heartbeat: '활동 신호',
    page_exit: '페이지 종료',
    scroll: '스크롤',
    form_submit: '양식 제출',
    web_vital: '웹 바이탈',
    error: '오류',
    outbound_click: '외부 링크 클릭',
    file_download: '파일 다운로드',
    rage_click: '반복 클릭',
    engaged: (duration: string) => `${duration} 참여`,
    seen: (share: string) => `스크롤 ${share}`,
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
