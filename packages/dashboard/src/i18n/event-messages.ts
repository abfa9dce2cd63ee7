/** Names of events that every site has, and of what they tell. */
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
    dead_click: 'Dead click',
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
    dead_click: '반응 없는 클릭',
    engaged: (duration: string) => `${duration} 참여`,
    seen: (share: string) => `스크롤 ${share}`,
  },
});
