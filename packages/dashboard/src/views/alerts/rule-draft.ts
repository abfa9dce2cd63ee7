/** An alert's rule as the fields of its form, and back. Pure. */
import type { Alert, AlertChannel, AlertDimension, AlertMetric, SettingInputs } from '@liveinsight/schema';
import { isRate } from '../../i18n/alert-messages.js';

/** In the order in which they are offered. */
const OFFERED: Record<AlertDimension, number> = {
  page: 1,
  source: 2,
  event_name: 3,
  conversion_type: 4,
  channel: 5,
  utm_campaign: 6,
  country: 7,
  device: 8,
};
const DIMENSIONS = Object.keys(OFFERED) as AlertDimension[];
const but = (...missing: AlertDimension[]) => DIMENSIONS.filter((one) => !missing.includes(one));

/** By what each metric can be narrowed to one value: of a metric that is missing here, the compiler asks. */
const DIMENSIONS_OF: Record<AlertMetric, readonly AlertDimension[]> = {
  active_sessions: DIMENSIONS,
  visitors: [],
  sessions: but('event_name', 'conversion_type'),
  page_views: but('event_name', 'conversion_type'),
  events: but('conversion_type'),
  clicks: but('event_name', 'conversion_type'),
  conversions: but('event_name'),
  conversion_rate: [],
  bounce_rate: [],
};

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
  /** Kept as it was: it is not on the form. */
  channel?: AlertChannel;
  enabled: boolean;
}

export const dimensionsFor = (metric: AlertMetric): readonly AlertDimension[] => DIMENSIONS_OF[metric];

/** The chosen dimension, where the metric that was chosen since has it. */
export const chosenDimension = ({ metric, dimension }: RuleDraft): AlertDimension | '' =>
  DIMENSIONS_OF[metric].find((one) => one === dimension) ?? '';

export function toDraft(alert: Alert | undefined): RuleDraft {
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
    ...(alert?.channel === undefined ? {} : { channel: alert.channel }),
    enabled: alert?.enabled ?? true,
  };
}

export function toRule(draft: RuleDraft): SettingInputs['alert'] {
  const { metric, value, webhook } = draft;
  const dimension = chosenDimension(draft);
  const threshold = Number(draft.threshold) / (isRate(metric) ? 100 : 1);
  return {
    name: draft.name.trim(),
    metric,
    ...(dimension === '' ? {} : { dimension, value: value.trim() }),
    comparison: draft.comparison,
    threshold,
    window_minutes: Number(draft.window_minutes),
    for_minutes: Number(draft.for_minutes),
    cooldown_minutes: Number(draft.cooldown_minutes),
    ...(webhook.trim() === '' ? {} : { webhook: webhook.trim() }),
    ...(draft.channel === undefined ? {} : { channel: draft.channel }),
    enabled: draft.enabled,
  };
}
