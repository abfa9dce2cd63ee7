/** Takes out of a batch what rules of the site leave out. Pure. */
import type { ExclusionRule, ExclusionRules, Sender } from '../exclusions/rules.js';
import type { StoredEvent } from '../storage/event-store.js';
import type { RejectionReason } from './rejections.js';

export interface ExcludedEvent {
  id: string;
  rule: ExclusionRule;
}

export function excludeEvents(
  events: StoredEvent[],
  rules: ExclusionRules,
  sender: Sender,
): { events: StoredEvent[]; excluded: ExcludedEvent[] } {
  if (rules.isEmpty) return { events, excluded: [] };
  const ofSender = rules.findForSender(sender);
  const excluded = events.flatMap(({ event_id: id, page_url }): ExcludedEvent[] => {
    const rule = ofSender ?? rules.findForPage(page_url);
    return rule ? [{ id, rule }] : [];
  });
  const ids = new Set(excluded.map(({ id }) => id));
  return {
    events: excluded.length > 0 ? events.filter(({ event_id }) => !ids.has(event_id)) : events,
    excluded,
  };
}

/** How many events each rule has left out. */
export function countByRule(excluded: readonly ExcludedEvent[]): { rule: ExclusionRule; events: number }[] {
  const counts = new Map<ExclusionRule, number>();
  for (const { rule } of excluded) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, events]) => ({ rule, events }));
}

export const toReason = ({ by, value }: ExclusionRule): RejectionReason => ({
  code: 'excluded',
  path: `${by} ${value}`,
  message: '',
});
