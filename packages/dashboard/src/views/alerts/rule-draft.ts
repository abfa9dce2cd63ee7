/** An alert's rule as the fields of its form, and back. Pure. */
import type { Alert, AlertDimension, AlertMetric, SettingInputs } from '@liveinsight/schema';
import { isRate } from '../../words/alert-words.js';

/** What is known of one value of a dimension as well. */
const OF_A_VALUE: readonly AlertMetric[] = [
  'active_sessions',
  'sessions',
  'page_views',
  'events',
  'clicks',
  'conversions',
];

export const DIMENSIONS = [
  'page',
  'source',
  'channel',
  'utm_campaign',
  'country',
  'device',
  'event_name',
  'conversion_type',
] as const satisfies readonly AlertDimension[];

/** As typed. */
export interface RuleDraft {
  name: string;
  metric: AlertMetric;
  dimension: AlertDimension | '';
  value: string;
  comparison: 'above' | 'below';
  /** Of shares in per cent. */
  threshold: string;
  window_minutes: string;
  for_minutes: string;
  cooldown_minutes: string;
  webhook: string;
  enabled: boolean;
}

export const hasDimensions = (metric: AlertMetric): boolean => OF_A_VALUE.includes(metric);

export function draftOf(alert: Alert | undefined): RuleDraft {
  const share = alert && isRate(alert.metric);
  return {
    name: alert?.name ?? '',
    metric: alert?.metric ?? 'active_sessions',
    dimension: alert?.dimension ?? '',
    value: alert?.value ?? '',
    comparison: alert?.comparison ?? 'above',
    threshold: alert ? String(share ? Math.round(alert.threshold * 1e6) / 1e4 : alert.threshold) : '',
    window_minutes: String(alert?.window_minutes ?? 5),
    for_minutes: String(alert?.for_minutes ?? 0),
    cooldown_minutes: String(alert?.cooldown_minutes ?? 10),
    webhook: alert?.webhook ?? '',
    enabled: alert?.enabled ?? true,
  };
}

export function ruleOf(draft: RuleDraft): SettingInputs['alert'] {
  const { metric, dimension, value, webhook } = draft;
  const threshold = Number(draft.threshold) / (isRate(metric) ? 100 : 1);
  return {
    name: draft.name.trim(),
    metric,
    ...(dimension !== '' && hasDimensions(metric) ? { dimension, value: value.trim() } : {}),
    comparison: draft.comparison,
    threshold,
    window_minutes: Number(draft.window_minutes),
    for_minutes: Number(draft.for_minutes),
    cooldown_minutes: Number(draft.cooldown_minutes),
    ...(webhook.trim() === '' ? {} : { webhook: webhook.trim() }),
    enabled: draft.enabled,
  };
}
