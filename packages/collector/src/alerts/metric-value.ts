/** The number that an alert watches, from the batches of its window. Pure. */

import type { AlertDimension, AlertMetric } from '@liveinsight/schema';
import { boundKey } from '../events/bound-key.js';
import { eventName, sessionValue } from '../events/dimensions.js';
import { namedPage } from '../events/page-path.js';
import { currentPage, type PageSeen, pageSeen } from '../ingest/current-page.js';
import { toTotals } from '../query/derived-metrics.js';
import type { Goal } from '../query/goal.js';
import { groupBy } from '../query/group-by.js';
import { isMeant } from '../query/raw-filters.js';
import { share } from '../query/share.js';
import { type AggregateOptions, addBatch, emptyRollup, type Rollup } from '../rollup/aggregate.js';
import type { StoredBatch } from '../storage/event-store.js';
import { MINUTE_MS } from '../time/ms.js';
import type { AlertRule, Measurement } from './alert-state.js';

/** What arrived for a site up to `to`. */
export interface LatestBatches {
  batches: StoredBatch[];
  /** Arrival (ms) from which on they are all there. */
  begins: number;
  to: number;
}

/** @param goal that the rule is about */
export function measure(
  rule: AlertRule,
  latest: LatestBatches,
  options: AggregateOptions,
  goal?: Goal,
): Measurement {
  const from = latest.to - rule.window_minutes * MINUTE_MS;
  const batches = latest.batches.filter(({ received_at }) => received_at > from);
  const value = goal ? computeGoalValue(rule, batches, options, goal) : computeValue(rule, batches, options);
  if (from >= latest.begins) return { known: true, value };
  // A share of what was looked at says nothing about the rest.
  return { known: false, atLeast: RATES.has(rule.metric) ? 0 : value };
}

const RATES = new Set<AlertMetric>(['conversion_rate', 'bounce_rate']);

/** Whether it is known of all as a sum, which rollups hold however much there is. */
export const isSum = (rule: AlertRule): rule is SumRule =>
  rule.dimension === undefined && rule.goal === undefined && SUMS.some((known) => known === rule.metric);

const SUMS = ['sessions', 'page_views', 'events', 'clicks', 'conversions'] as const;
export type SumRule = AlertRule & { metric: (typeof SUMS)[number] };

/** By the definition that statistics have, too. */
export const numberIn = (
  rollup: Rollup,
  additiveOnly: boolean,
  metric: Exclude<AlertMetric, 'active_sessions'>,
): number => toTotals({ rollup, additiveOnly })[metric] ?? 0;

function computeValue(rule: AlertRule, batches: StoredBatch[], options: AggregateOptions): number {
  if (rule.metric === 'active_sessions') return activeSessions(rule, batches, options.countBots);
  const rollup = emptyRollup();
  for (const batch of batches) addBatch(rollup, batch, options);
  if (rule.dimension === undefined || rule.value === undefined) return numberIn(rollup, false, rule.metric);
  const sum = SUMS.find((known) => known === rule.metric);
  return (sum && rollup.rows[rule.dimension].get(narrowedTo(rule))?.[sum]) ?? 0;
}

function computeGoalValue(
  { metric }: AlertRule,
  batches: StoredBatch[],
  options: AggregateOptions,
  { rule }: Goal,
): number {
  const counted = batches.filter(({ bot }) => options.countBots || !bot);
  const met = counted.flatMap(({ session_id, events }) =>
    events.filter((event) => isMeant(event, rule)).map(() => session_id),
  );
  if (metric === 'conversions') return met.length;
  const rollup = emptyRollup();
  for (const batch of counted) addBatch(rollup, batch, options);
  return share(new Set(met).size, numberIn(rollup, false, 'sessions'));
}

/** What the rule is narrowed to; a page by any spelling of it. */
const narrowedTo = ({ dimension, value = '' }: AlertRule): string =>
  dimension === 'page' ? namedPage(value) : boundKey(value);

/** Sessions that sent something: as `/api/realtime` counts them over 5 and 30 minutes, and for a page those that are on it. */
function activeSessions(rule: AlertRule, batches: StoredBatch[], countBots = false): number {
  const { dimension } = rule;
  const value = narrowedTo(rule);
  const counted = batches.filter(({ bot }) => countBots || !bot);
  if (dimension === 'page')
    return [...groupBy(counted, ({ session_id }) => session_id).values()].filter(
      (own) => (pageOfSession(own) ?? '') === value,
    ).length;
  const chosen = counted.filter(
    (batch) => dimension === undefined || getValues(batch, dimension).some((one) => one === value),
  );
  return new Set(chosen.map(({ session_id }) => session_id)).size;
}

const pageOfSession = (batches: StoredBatch[]) =>
  batches.reduce<PageSeen | undefined>(
    (before, { events }) => currentPage(before, events.map(pageSeen)),
    undefined,
  )?.page;

function getValues(batch: StoredBatch, dimension: Exclude<AlertDimension, 'page'>): (string | undefined)[] {
  switch (dimension) {
    case 'event_name':
      return batch.events.map(eventName);
    case 'conversion_type':
      return batch.events.map((event) =>
        event.event_type === 'conversion' ? event.conversion_type : undefined,
      );
    default:
      return [sessionValue(batch, dimension)];
  }
}
