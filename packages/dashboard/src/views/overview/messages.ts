import { defineMessages } from '../../i18n/define-messages.js';

export const OVERVIEW = defineMessages({
  en: {
    title: 'Overview',
    as_of: (time: string) => `Data up to ${time}`,
    totals: 'Summary',
    interval: 'Interval',
    interval_5m: '5 minutes',
    interval_hour: 'Hours',
    interval_day: 'Days',
    interval_week: 'Weeks',
    interval_month: 'Months',
    currency: 'Currency',
    all_in: (currency: string) => `All in ${currency}`,
    no_rate: (currencies: string) => `excl. ${currencies}: no exchange rate`,
    same: 'no change',
    compared: (from: string, to: string) => `Compared to ${from} – ${to}.`,
    so_far: (time: string) =>
      `This period is incomplete (data up to ${time}) and compared to the same part of the previous one.`,
    not_comparable: (from: string, to: string) => `No comparison: data for ${from} – ${to} is incomplete.`,
    was: (value: string) => `vs. ${value}`,
    week: 'Traffic by day and hour',
    page_views_at: (day: string, hour: string, views: string) => `${day} ${hour}: ${views} page views`,
    not_taken: (count: string) => `Rejected events: ${count}`,
    not_taken_hint: (since: string) => `Counted by this collector process since ${since}.`,
  },
  ko: {
    title: '개요',
    as_of: (time: string) => `${time}까지의 데이터`,
    totals: '요약',
    interval: '간격',
    interval_5m: '5분',
    interval_hour: '시간',
    interval_day: '일',
    interval_week: '주',
    interval_month: '월',
    currency: '통화',
    all_in: (currency: string) => `전체 (${currency})`,
    no_rate: (currencies: string) => `${currencies} 제외: 환율 없음`,
    same: '변화 없음',
    compared: (from: string, to: string) => `비교 기간: ${from} – ${to}.`,
    so_far: (time: string) =>
      `아직 끝나지 않은 기간으로(${time}까지의 데이터), 이전 기간의 같은 시점까지와 비교합니다.`,
    not_comparable: (from: string, to: string) =>
      `비교할 수 없음: ${from} – ${to}의 데이터가 완전하지 않습니다.`,
    was: (value: string) => `이전 ${value}`,
    week: '요일 및 시간대별 트래픽',
    page_views_at: (day: string, hour: string, views: string) => `${day} ${hour}: 페이지뷰 ${views}회`,
    not_taken: (count: string) => `거부된 이벤트: ${count}건`,
    not_taken_hint: (since: string) => `이 수집기 프로세스가 ${since}부터 집계했습니다.`,
  },
});

/** Tabs that are called otherwise than their columns. */
export const TAB_NAMES = defineMessages({
  en: { event_name: 'Events', click_target: 'Clicks', conversion_type: 'Conversions', device: 'Type' },
  ko: { event_name: '이벤트', click_target: '클릭', conversion_type: '전환', device: '유형' },
});
