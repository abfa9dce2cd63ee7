/** What a webhook is told of an alert. Pure. */
import type { AlertMessage } from '@liveinsight/schema';
import { instant, type MessageFacts, type WaitingMessage } from './alert-state.js';

export function toAlertMessage(site: string, alertId: string, message: WaitingMessage): AlertMessage {
  const { kind, facts, value, firedAt, resolvedAt } = message;
  return {
    type: kind === 'fired' ? 'alert.fired' : 'alert.resolved',
    timestamp: instant(resolvedAt ?? firedAt),
    text: toSentence(site, message),
    data: {
      site,
      alert: { id: alertId, ...facts },
      value,
      fired_at: instant(firedAt),
      ...(resolvedAt === undefined ? {} : { resolved_at: instant(resolvedAt) }),
    },
  };
}

function toSentence(site: string, { kind, facts, value }: WaitingMessage): string {
  const { name, comparison, threshold, window_minutes } = facts;
  const label = kind === 'fired' ? 'Alert' : 'Over';
  const now = value === null ? '' : `: ${formatValue(facts, value)}`;
  const minutes = window_minutes === 1 ? '1 minute' : `${window_minutes} minutes`;
  return `${label}: ${name} (${site})${now}; ${describeMetric(facts)} ${comparison} ${formatValue(facts, threshold)} within ${minutes}`;
}

const describeMetric = ({ metric, dimension, value, goal }: MessageFacts): string => {
  const number = metric.replaceAll('_', ' ');
  if (goal !== undefined) return `${number} of the goal ${goal}`;
  return dimension === undefined ? number : `${number} of ${dimension.replaceAll('_', ' ')} ${value}`;
};

const formatValue = ({ metric }: MessageFacts, value: number): string =>
  metric.endsWith('_rate') ? `${Math.round(value * 1_000) / 10} %` : String(value);
