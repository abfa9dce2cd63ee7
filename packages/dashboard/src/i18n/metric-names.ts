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
  average_session_duration_ms: 'Avg. session duration',
  average_engaged_ms: 'Avg. engagement time',
  events: 'Events',
  clicks: 'Clicks',
};

export const METRIC_MESSAGES = defineMessages({
  en,
  ko: {
    visitors: '방문자',
    sessions: '세션',
    page_views: '페이지뷰',
    views_per_session: '세션당 페이지뷰',
    conversions: '전환 수',
    conversion_rate: '전환율',
    revenue: '매출',
    bounce_rate: '이탈률',
    average_session_duration_ms: '평균 세션 시간',
    average_engaged_ms: '평균 참여 시간',
    events: '이벤트 수',
    clicks: '클릭 수',
  },
});
