/** Describes alerts: their rule and status, as plain text. Pure. */
import type { Alert, AlertMetric, AlertStatus, SettingInputs } from '@liveinsight/schema';
import type { Format } from '../format/format.js';
import { BREAKDOWN_NAMES } from './breakdown-names.js';
import { defineMessages } from './define-messages.js';
import type { Language } from './languages.js';
import { valueLabel } from './value-label.js';

const metricsEn: Record<AlertMetric, string> = {
  active_sessions: 'Active sessions',
  visitors: 'Visitors',
  sessions: 'New sessions',
  page_views: 'Page views',
  events: 'Events',
  clicks: 'Clicks',
  conversions: 'Conversions',
  conversion_rate: 'Conversion rate',
  bounce_rate: 'Bounce rate',
};
const statusesEn: Record<AlertStatus | 'off' | 'unknown', string> = {
  ok: 'OK',
  pending: 'Pending',
  firing: 'Firing',
  off: 'Off',
  unknown: 'Not evaluated yet',
};

export const ALERT_METRIC_NAMES = defineMessages({
  en: metricsEn,
  ko: {
    active_sessions: '활성 세션',
    visitors: '방문자',
    sessions: '새 세션',
    page_views: '페이지뷰',
    events: '이벤트 수',
    clicks: '클릭 수',
    conversions: '전환 수',
    conversion_rate: '전환율',
    bounce_rate: '이탈률',
  },
});

export const ALERT_STATUS_NAMES = defineMessages({
  en: statusesEn,
  ko: { ok: '정상', pending: '대기', firing: '발생', off: '꺼짐', unknown: '평가 전' },
});

export const ALERT_MESSAGES = defineMessages({
  en: {
    above: '>',
    below: '<',
    rule: (what: string, side: string, threshold: string, minutes: string) =>
      `${what} ${side} ${threshold} over ${minutes}`,
    lasting: (rule: string, minutes: string) => `${rule}, for ${minutes}`,
    of: (what: string, dimension: string, value: string) => `${what} where ${dimension} = ${value}`,
    minutes: (count: string) => `${count} min`,
    hours: (count: string) => `${count} h`,
    fires: (name: string) => `Alert: ${name}`,
    is_now: (value: string) => `now ${value}`,
    since: (when: string) => `since ${when}`,
    dismiss: (name: string) => `Dismiss: ${name}`,
    more: (count: string) => `and ${count} more`,
    fewer: 'Show less',
    to_alerts: 'View alerts',
  },
  ko: {
    above: '초과',
    below: '미만',
    rule: (what: string, side: string, threshold: string, minutes: string) =>
      `${minutes} 동안 ${what} ${threshold} ${side}`,
    lasting: (rule: string, minutes: string) => `${rule}, ${minutes} 지속`,
    of: (what: string, dimension: string, value: string) => `${what}(${dimension} = ${value})`,
    minutes: (count: string) => `${count}분`,
    hours: (count: string) => `${count}시간`,
    fires: (name: string) => `알림: ${name}`,
    is_now: (value: string) => `현재 ${value}`,
    since: (when: string) => `${when}부터`,
    dismiss: (name: string) => `닫기: ${name}`,
    more: (count: string) => `외 ${count}개`,
    fewer: '접기',
    to_alerts: '알림 보기',
  },
});

export const alertStatus = ({ enabled, state }: Alert): keyof typeof statusesEn =>
  enabled ? (state?.status ?? 'unknown') : 'off';

export const isRate = (metric: AlertMetric): boolean => metric.endsWith('_rate');

export const alertNumber = (metric: AlertMetric, value: number, format: Format): string =>
  isRate(metric) ? format.percent(value) : format.number(value);

export function describeRule(rule: SettingInputs['alert'], language: Language, format: Format): string {
  const messages = ALERT_MESSAGES[language];
  const { metric, dimension, value, comparison, threshold, window_minutes, for_minutes = 0 } = rule;
  const name = ALERT_METRIC_NAMES[language][metric];
  const what =
    dimension === undefined || value === undefined
      ? name
      : messages.of(
          name,
          BREAKDOWN_NAMES[language][dimension],
          valueLabel(dimension, value, language, format),
        );
  const span = (minutes: number) =>
    minutes >= 60 && minutes % 60 === 0
      ? messages.hours(format.number(minutes / 60))
      : messages.minutes(format.number(minutes));
  const limit = alertNumber(metric, threshold, format);
  const sentence = messages.rule(what, messages[comparison], limit, span(window_minutes));
  return for_minutes > 0 ? messages.lasting(sentence, span(for_minutes)) : sentence;
}
