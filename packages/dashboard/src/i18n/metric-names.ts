/** What the numbers are called. */
import type { Metric } from '../series/metrics.js';
import { defineMessages } from './define-messages.js';

const en: Record<Metric, string> = {
  visitors: 'Visitors',
  sessions: 'Sessions',
  page_views: 'Page views',
  views_per_session: 'Views per session',
  conversions: 'Conversions',
  conversion_rate: 'Conversion rate',
  revenue: 'Revenue',
  bounce_rate: 'Bounce rate',
  average_session_duration_ms: 'Session duration',
  average_engaged_ms: 'Engaged per view',
  events: 'Events',
  clicks: 'Clicks',
};

export const METRIC_MESSAGES = defineMessages({
  en,
  ko: {
    visitors: '방문자',
    sessions: '세션',
    page_views: '페이지 조회',
    views_per_session: '세션당 조회',
    conversions: '전환',
    conversion_rate: '전환율',
    revenue: '매출',
    bounce_rate: '이탈률',
    average_session_duration_ms: '세션 시간',
    average_engaged_ms: '조회당 참여 시간',
    events: '이벤트',
    clicks: '클릭',
  },
});
