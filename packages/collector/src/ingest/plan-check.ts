/** Compares stored events with the tracking plan, and counts how they differ: in memory, within a budget. */
import {
  findPlanDifferences,
  type PlanData,
  type PlanDeviation,
  type PlanDifference,
  type PlanDifferenceCode,
  type PlannedEvent,
  type TrackingPlan,
} from '@liveinsight/schema';
import type { StoredEvent } from '../storage/event-store.js';
import { type CountedReason, createReasonCounts } from './reason-counts.js';

export interface PlanCheck {
  events: NonNullable<PlanData['events']>;
  conversions: PlanData['conversions'];
  /** @param ids of those that were stored now: one that is sent again counts once */
  add(site: string, events: readonly StoredEvent[], ids: readonly string[]): void;
  /** What differed within that time (ms). */
  between(site: string, from: number, to: number): { knownFrom: number; differences: PlanDeviation[] };
}

/** Of one event. It has at most 64 properties, and who sends junk is to cost little. */
const MAX_DIFFERENCES_OF_EVENT = 16;

export function createPlanCheck(plan: TrackingPlan, now: () => number): PlanCheck {
  // Two budgets: whoever sends names at random takes no room from what is wrong with planned events.
  const ofPlan = createReasonCounts<PlanDifferenceCode>(now);
  const ofSenders = createReasonCounts<PlanDifferenceCode>(now);

  const find = (event: StoredEvent): PlanDifference[] => {
    if (event.event_type === 'custom') return findPlanDifferences(plan, 'events', event.name, event.props);
    if (event.event_type === 'conversion')
      return findPlanDifferences(plan, 'conversions', event.conversion_type, event.props);
    return [];
  };

  return {
    events: describe(plan.events),
    conversions: plan.conversions ? describe(plan.conversions) : null,
    add(site, events, ids) {
      const stored = new Set(ids);
      for (const event of events) {
        if (!stored.has(event.event_id)) continue;
        for (const { code, event: name, property, message } of find(event).slice(
          0,
          MAX_DIFFERENCES_OF_EVENT,
        )) {
          const counts = code.startsWith('unknown') ? ofSenders : ofPlan;
          counts.add(site, [{ code, event: name, path: property ?? '', message }]);
        }
      }
    },
    between(site, from, to) {
      const found = [ofPlan, ofSenders].map((counts) => counts.between(site, from, to));
      return {
        knownFrom: Math.max(...found.map(({ knownFrom }) => knownFrom)),
        differences: found
          .flatMap(({ rows }) => rows)
          .sort((a, b) => b.count - a.count)
          .map(toDeviation),
      };
    },
  };
}

const describe = (events: Record<string, PlannedEvent>) =>
  Object.entries(events).map(([name, { description, props = {} }]) => ({
    name,
    description,
    properties: Object.keys(props),
  }));

const toDeviation = ({ code, event = '', path, message, count }: CountedReason<PlanDifferenceCode>) => ({
  code,
  event,
  ...(path === '' ? {} : { property: path }),
  message,
  count,
});
